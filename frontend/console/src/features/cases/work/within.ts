import type { ClockLimit } from "@/api/types";
import { limitOf, type PromiseUnit } from "./promise";

/** By when something is to be done, as it is entered. */
export interface Within {
  unit: PromiseUnit | "none";
  amount: number;
  at: string;
}

export const noLimit = (): Within => ({ unit: "none", amount: 1, at: "" });

/** Whether enough was entered. */
export const isWhole = (within: Within): boolean =>
  within.unit === "none" || (within.unit === "instant" ? within.at !== "" : Number(within.amount) > 0);

/** The limit that the server is told; nothing when there is to be none. */
export const limitWithin = (within: Within): ClockLimit | null =>
  within.unit === "none" ? null : limitOf(within.unit, Number(within.amount), within.at);
