import { expect, it } from "vitest";
import { bodyOf, fromQuery, instantOf, strip, toQuery, wallOf, type Question } from "./question";

const base: Question = {
  calendar: "cn-workday",
  unit: "minutes",
  minutes: 480,
  days: 5,
  mode: "same_time",
  start: "2026-09-18T17:00",
  end: "2026-09-20T17:00",
  pauses: [],
};

it("turns wall times of a zone into instants and back", () => {
  expect(instantOf("2026-09-18T17:00", "Asia/Shanghai")).toBe("2026-09-18T17:00:00+08:00");
  expect(instantOf("2026-07-01T12:00", "Europe/Berlin")).toBe("2026-07-01T12:00:00+02:00");
  expect(instantOf("2026-01-01T12:00", "America/New_York")).toBe("2026-01-01T12:00:00-05:00");
  expect(instantOf("2026-01-01T12:00", "Asia/Kolkata")).toBe("2026-01-01T12:00:00+05:30");
  // The night in which the clock is put back: the earlier of the two.
  expect(instantOf("2026-03-29T03:30", "Europe/Berlin")).toBe("2026-03-29T03:30:00+02:00");
  expect(instantOf("soon", "UTC")).toBeUndefined();
  expect(wallOf(Date.parse("2026-09-18T09:00:00Z"), "Asia/Shanghai")).toBe("2026-09-18T17:00");
});

it("asks what the fields say", () => {
  expect(bodyOf({ ...base, pauses: [{ from: "2026-09-18T17:30", to: "" }] }, "Asia/Shanghai")).toEqual({
    kind: "clock_with_pauses",
    calendar: "cn-workday",
    start: "2026-09-18T17:00:00+08:00",
    minutes: 480,
    pauses: [["2026-09-18T17:30:00+08:00", null]],
  });
  expect(bodyOf({ ...base, unit: "days", mode: "end_of_day" }, "UTC")).toMatchObject({ days: 5, mode: "end_of_day" });
  expect(bodyOf({ ...base, unit: "between" }, "UTC")).toMatchObject({ kind: "working_minutes_between" });
  expect(bodyOf({ ...base, start: "" }, "UTC")).toBeUndefined();
  expect(bodyOf({ ...base, minutes: 1.5 }, "UTC")).toBeUndefined();
});

it("shares a question by its address", () => {
  const questions: Question[] = [
    base,
    {
      ...base,
      unit: "days",
      days: 7,
      mode: "end_of_day",
      pauses: [{ from: "2026-09-18T17:30", to: "2026-09-19T10:00" }],
    },
    { ...base, unit: "between" },
  ];
  for (const question of questions) expect(fromQuery(toQuery(question), { ...base, minutes: 480 })).toEqual(question);
  expect(fromQuery({ start: "nonsense", minutes: "-3", pause: "x" }, base)).toEqual(base);
});

it("lays the spans out day by day", () => {
  const days = strip(
    {
      spans: [
        { date: "2026-09-18", from: "2026-09-18T22:00:00+08:00", to: "2026-09-19T02:00:00+08:00" },
        { date: "2026-09-20", from: "2026-09-20T09:00:00+08:00", to: "2026-09-20T10:00:00+08:00" },
      ],
      pauses: [{ from: "2026-09-20T08:00:00+08:00", to: null, minutes: 0 }],
    },
    "2026-09-18T21:00:00+08:00",
    "2026-09-20T10:00:00+08:00",
  );
  expect(days.map((day) => [day.date, day.minutes])).toEqual([
    ["2026-09-18", 120],
    ["2026-09-19", 120],
    ["2026-09-20", 60],
  ]);
  expect(days[2]?.paused).toEqual([{ from: 480, to: 600 }]);
});
