import type { Clock } from "@/api/types";

/** How a clock is shown. */
export type ClockLook = "calm" | "warn" | "late" | "paused" | "met" | "metLate" | "off";

const looks: Record<Clock["assessment"]["state"], ClockLook> = {
  not_started: "off",
  running: "calm",
  warning: "warn",
  paused: "paused",
  met: "met",
  breached: "late",
  met_late: "metLate",
  cancelled: "off",
};

/** How a clock is shown now; one whose time has run out since it was asked for is late. */
export function lookOf(clock: Pick<Clock, "assessment">, now: number): ClockLook {
  const { state, due } = clock.assessment;
  const ticking = state === "running" || state === "warning";
  return ticking && due && new Date(due).getTime() < now ? "late" : looks[state];
}

const order: Record<ClockLook, number> = { late: 0, warn: 1, calm: 2, paused: 3, metLate: 4, met: 5, off: 6 };

/** What needs attention first, among equals what is due first; what is called off is left out. */
export function byPressure(clocks: readonly Clock[], now: number): Clock[] {
  const due = (clock: Clock) => new Date(clock.assessment.due ?? clock.assessment.due_if_resumed ?? 8.64e15).getTime();
  return clocks
    .filter((clock) => lookOf(clock, now) !== "off")
    .sort((a, b) => order[lookOf(a, now)] - order[lookOf(b, now)] || due(a) - due(b));
}

/** The years whose holidays are not known yet, on which a deadline that still counts rests. */
export function doubtedYears(clock: Pick<Clock, "assessment">, now: number): number[] {
  if (!["calm", "warn", "paused"].includes(lookOf(clock, now))) return [];
  return clock.assessment.doubts.flatMap((doubt) => (doubt.warning === "year_without_arrangement" ? [doubt.year] : []));
}
