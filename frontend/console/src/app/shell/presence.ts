import type { Presence } from "@/api/types";

/** The states one can choose, and the usual reasons for being away. */
export const statuses = ["online", "busy", "away", "offline"] as const satisfies readonly Presence["status"][];
export const awayReasons = ["break", "meal", "training", "meeting", "follow_up"] as const;

export const statusColor = { online: "bg-online", busy: "bg-busy", away: "bg-away", offline: "bg-offline" } as const;
