import { expect, it } from "vitest";
import { isWhole, limitWithin, noLimit } from "./within";

it("is no limit until one is entered", () => {
  expect([limitWithin(noLimit()), isWhole(noLimit())]).toEqual([null, true]);
  expect(isWhole({ ...noLimit(), unit: "instant" })).toBe(false);
  expect(isWhole({ ...noLimit(), unit: "working_hours", amount: 0 })).toBe(false);
});

it("becomes the limit that was entered", () => {
  expect(limitWithin({ unit: "working_days", amount: 2, at: "" })).toEqual({
    unit: "working_days",
    days: 2,
    mode: "same_time",
  });
  expect(limitWithin({ unit: "instant", amount: 1, at: "2026-09-30T10:00" })).toEqual({
    unit: "instant",
    at: new Date("2026-09-30T10:00").toISOString(),
  });
});
