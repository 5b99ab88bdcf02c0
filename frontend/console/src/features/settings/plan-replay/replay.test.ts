import { describe, expect, it } from "vitest";
import type { RuleReplay } from "@/api/types";
import { changesOf, csv, lateShare, periodOf, presetOf, turned, turnOf, wordOf } from "./replay";

const tally = (met: number, breached: number) => ({ clocks: met + breached, met, breached, open: 0, cancelled: 0 });
const rule = (present: number, candidate: number, changed = 0): RuleReplay => ({
  key: "handle",
  name: { zh: "处理", en: "Handling" },
  present: tally(10 - present, present),
  candidate: tally(10 - candidate, candidate),
  changed,
  examples: [],
});
const clock = (state: "met" | "met_late" | "warning", verdict: "met" | "breached" | null) => ({
  started_at: "2026-09-18T08:30:00.000Z",
  due_at: "2026-09-18T09:30:00.000Z",
  state,
  verdict,
});

describe("the replay of a plan", () => {
  it("knows periods by name", () => {
    expect(periodOf("days30", "2026-03-01")).toEqual({ from: "2026-01-31", to: "2026-03-01" });
    expect(periodOf("year", "2026-03-01")).toEqual({ from: "2026-01-01", to: "2026-03-01" });
    expect(presetOf(periodOf("days90", "2026-03-01"), "2026-03-01")).toBe("days90");
    expect(presetOf({ from: "2026-02-02", to: "2026-03-01" }, "2026-03-01")).toBeUndefined();
  });
  it("says how a rule comes out", () => {
    expect(turnOf(rule(1, 3, 5))).toEqual({ turn: "worse", n: 2 });
    expect(turnOf(rule(3, 1, 5))).toEqual({ turn: "better", n: 2 });
    expect(turnOf(rule(1, 1, 5))).toEqual({ turn: "moved", n: 5 });
    expect(turnOf(rule(1, 1))).toEqual({ turn: "unchanged", n: 0 });
    expect(lateShare(tally(2, 1))).toBe(33.3);
    expect(lateShare(tally(0, 0))).toBeUndefined();
  });
  it("tells another result from another deadline", () => {
    const change = {
      case_id: "1",
      number: "T-1",
      present: clock("met", "met"),
      candidate: clock("met_late", "breached"),
    };
    expect(turned(change)).toBe(true);
    expect(turned({ ...change, candidate: change.present })).toBe(false);
    expect(turned({ ...change, present: null })).toBe(true);
    expect(wordOf(change.candidate)).toBe("planReplay.verdicts.met_late");
    expect(wordOf(clock("warning", null))).toBe("planReplay.verdicts.running");
    const listed = changesOf({ cases: 1, changed_cases: 1, rules: [{ ...rule(0, 1, 1), examples: [change] }] });
    expect(listed.map((one) => [one.number, one.rule.key])).toEqual([["T-1", "handle"]]);
  });
  it("writes tables that spreadsheets read as text", () => {
    expect(
      csv([
        ["a", 'b"c', "=1+1"],
        ["x,y", "", "-2"],
      ]),
    ).toBe('\uFEFFa,"b""c",\'=1+1\r\n"x,y",,\'-2\r\n');
  });
});
