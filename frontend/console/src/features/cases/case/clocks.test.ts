import { describe, expect, it } from "vitest";
import type { Clock } from "@/api/types";
import { byPressure, doubtedYears, lookOf } from "./clocks";

const now = new Date("2026-09-18T08:30:00Z").getTime();
const clock = (key: string, state: string, due: string | null): Clock =>
  ({ key, assessment: { state, due, due_if_resumed: null } }) as unknown as Clock;

describe("clocks of a case", () => {
  it("are late as soon as their time has run out", () => {
    expect(lookOf(clock("a", "running", "2026-09-18T08:29:00Z"), now)).toBe("late");
    expect(lookOf(clock("a", "running", "2026-09-18T08:31:00Z"), now)).toBe("calm");
    expect(lookOf(clock("a", "met", "2026-09-18T08:00:00Z"), now)).toBe("met");
  });
  it("come in the order in which they press", () => {
    const clocks = [
      clock("met", "met", null),
      clock("off", "cancelled", null),
      clock("later", "running", "2026-09-20T00:00:00Z"),
      clock("soon", "running", "2026-09-19T00:00:00Z"),
      clock("late", "breached", "2026-09-17T00:00:00Z"),
      clock("held", "paused", null),
      clock("warn", "warning", "2026-09-21T00:00:00Z"),
    ];
    expect(byPressure(clocks, now).map((one) => one.key)).toEqual(["late", "warn", "soon", "later", "held", "met"]);
  });
  it("are doubted while a year's arrangement is missing and they still count", () => {
    const doubts = [
      { warning: "year_end_may_change", year: 2026 },
      { warning: "year_without_arrangement", year: 2027 },
    ];
    const doubted = (state: string) =>
      ({ assessment: { state, due: "2027-01-04T08:00:00Z", doubts } }) as unknown as Clock;
    expect(doubtedYears(doubted("running"), now)).toEqual([2027]);
    expect(doubtedYears(doubted("met"), now)).toEqual([]);
  });
});
