import { expect, it } from "vitest";
import { assignLimit, fromForm, toForm } from "./limits";
import type { DocLimit } from "./model";

const limits: DocLimit[] = [
  { unit: "working_minutes", minutes: 60 },
  { unit: "working_minutes", minutes: 90 },
  { unit: "working_minutes", minutes: 0 },
  { unit: "working_days", days: 5, mode: "end_of_day" },
  { unit: "calendar_minutes", minutes: 1440 },
  { unit: "calendar_minutes", minutes: 15 * 1440 },
  { unit: "calendar_minutes", minutes: 45 },
];

it("gives back every limit that it shows", () => {
  for (const limit of limits) expect(fromForm(toForm(limit))).toEqual(limit);
});

it("tells limits in the unit that people would use", () => {
  expect(limits.map((limit) => toForm(limit)).map(({ amount, unit }) => `${amount} ${unit}`)).toEqual([
    "1 working_hours",
    "90 working_minutes",
    "0 working_minutes",
    "5 working_days",
    "24 hours",
    "15 days",
    "45 minutes",
  ]);
});

it("makes whole numbers of what was typed", () => {
  expect(fromForm({ amount: 1.5, unit: "working_hours", mode: "same_time" })).toEqual({
    unit: "working_minutes",
    minutes: 90,
  });
  expect(fromForm({ amount: Number.NaN, unit: "working_days", mode: "same_time" })).toEqual({
    unit: "working_days",
    days: 0,
    mode: "same_time",
  });
  expect(fromForm({ amount: -3, unit: "hours", mode: "same_time" })).toEqual({ unit: "calendar_minutes", minutes: 0 });
});

it("leaves nothing of the former unit behind", () => {
  const policy = { unit: "working_days", days: 5, mode: "same_time", warn_at: [50], pause_on: [] };
  assignLimit(policy, { unit: "working_minutes", minutes: 120 });
  expect(policy).toEqual({ unit: "working_minutes", minutes: 120, warn_at: [50], pause_on: [] });
});
