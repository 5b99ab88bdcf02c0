import { expect, test } from "vitest";
import type { Plan } from "@/api/types";
import { byClass, linesOf, measuresFor, measuresIn, monthsUntil, perThousand, ratesOf } from "./pivot";

const row = (key: string | null, month: string, count: number, rated = 0, satisfaction: number | null = null) => ({
  key,
  name: key,
  by_key: month,
  by_name: null,
  count,
  rated,
  satisfaction,
  per_thousand: null,
});

test("the months of a period end with the present one", () => {
  expect(monthsUntil(new Date(2026, 1, 15), 3)).toEqual(["2025-12", "2026-01", "2026-02"]);
});

test("groups become lines, the most frequent first and the unknown last", () => {
  const rows = [
    row(null, "2026-07", 9),
    row("slow", "2026-07", 1, 1, 5),
    row("slow", "2026-08", 3, 3, 1),
    row("bug", "2026-08", 6),
    row("bug", "2026-09", 1),
  ];
  const lines = linesOf(rows, ["2026-07", "2026-08", "2026-09"]);
  expect(lines.map((line) => [line.key, line.months, line.total])).toEqual([
    ["bug", [0, 6, 1], 7],
    ["slow", [1, 3, 0], 4],
    [null, [9, 0, 0], 9],
  ]);
  expect(lines.map((line) => line.change)).toEqual([6, 2, -9]);
  expect(lines[1]?.satisfaction).toBe(2);
  expect(lines[0]?.share).toBe(0.35);
  expect(linesOf([], ["2026-09"])).toEqual([]);
});

test("counts by category are counts by the classes of a view", () => {
  const name = (zh: string) => ({ zh, en: zh });
  const plan = {
    categories: [
      { key: "feature", name: name("功能") },
      { key: "fault", parent: "feature", name: name("异常") },
      { key: "other", name: name("其他") },
    ],
    views: [
      {
        key: "content",
        name: name("内容"),
        classes: [{ key: "functional", name: name("功能性"), categories: ["feature"] }],
      },
    ],
  } as unknown as Plan;
  const lines = linesOf(
    byClass([row("fault", "2026-09", 2), row("feature", "2026-09", 1), row("other", "2026-09", 4)], plan, "content"),
    ["2026-09"],
  );
  expect(lines.map((line) => [line.key, line.name, line.total])).toEqual([
    ["content/functional", "功能性", 3],
    [null, null, 4],
  ]);
});

test("measures are those against this cause, the open ones first", () => {
  const about = { section: "cause", key: "bug" };
  const records = [
    {
      id: "1",
      actions: [
        { title: "done", done: true, about },
        { title: "other", done: false, about: { section: "category", key: "bug" } },
      ],
    },
    {
      id: "2",
      actions: [
        { title: "open", done: false, about },
        { title: "none", done: false },
      ],
    },
  ];
  expect(measuresFor(records, "cause", "bug").map((one) => [one.title, one.record])).toEqual([
    ["open", "2"],
    ["done", "1"],
  ]);
  expect(measuresFor(records, "cause", null)).toEqual([]);
});

test("rates are reckoned against the conversations of the month", () => {
  expect(perThousand(3, 400)).toBe(7.5);
  expect(perThousand(3, 0)).toBeNull();
  // More cases, and yet fewer for each conversation: the measure helped.
  const rates = ratesOf({ months: [10, 12, 1] }, [1000, 2000, 100]);
  expect(rates).toEqual({ months: [10, 6, 10], total: 7.42, change: -4 });
  expect(ratesOf({ months: [1, 1] }, [0, 0]).change).toBeNull();
});

test("measures stand at the month in which they were done or are due", () => {
  const early = { due_on: "2026-10-31", done_on: "2026-09-20" };
  const measures = [{ due_on: "2026-09-30" }, { due_on: null }, { due_on: "2026-10-01", done_on: null }, early];
  expect(measuresIn(measures, "2026-09")).toEqual([{ due_on: "2026-09-30" }, early]);
  expect(measuresIn(measures, "2026-10")).toEqual([{ due_on: "2026-10-01", done_on: null }]);
});
