import { expect, it } from "vitest";
import type { CalendarDefinition, CalendarYearDay } from "@/api/types";
import { errorAt, inSpans, isKnown, isOvernight, nextSpan, readTime, toDefinition, toForm } from "./editor";
import { lookOf, monthsOf } from "./year";

const document: CalendarDefinition = {
  name: "客服",
  kind: "shifts",
  time_zone: "Asia/Shanghai",
  arrangement: "cn",
  week: { mon: ["09:00-12:00", "13:00-18:00"], sat: ["22:00-06:00"] },
  holidays: [{ date: "2026-12-24", name: "年会" }, { from: "2026-12-30", to: "2026-12-31" }, { yearly: "03-08" }],
  make_up: [{ date: "2026-12-26", as: "thu", name: "" }],
  exceptions: [{ date: "2026-11-11", spans: ["08:00-24:00"], name: "双十一" }],
};

it("edits a document without changing what was not touched", () => {
  expect(toDefinition(toForm(document))).toEqual(document);
});

it("leaves shifts and days out when every day counts", () => {
  const form = toForm(document);
  form.kind = "24x7";
  expect(toDefinition(form)).toEqual({ name: "客服", kind: "24x7", time_zone: "Asia/Shanghai" });
});

it("knows spans past midnight and proposes the next one", () => {
  expect(isOvernight(["22:00", "06:00"])).toBe(true);
  expect(isOvernight(["00:00", "24:00"])).toBe(false);
  expect(nextSpan([])).toEqual(["09:00", "18:00"]);
  expect(nextSpan([["09:00", "12:00"]])).toEqual(["13:00", "17:00"]);
  expect(nextSpan([["13:00", "23:00"]])).toEqual(["22:00", "24:00"]);
});

it("reads times as people type them", () => {
  const typed = ["9", "930", "0930", "9:30", "９", "24:00", "24:01", "12:75", "x", ""];
  const read = ["09:00", "09:30", "09:30", "09:30", undefined, "24:00", undefined, undefined, undefined, undefined];
  expect(typed.map(readTime)).toEqual(read);
});

it("finds the complaint that belongs to a field", () => {
  const errors = { "week.mon[1]": "a", "holidays[2].date": "b", name: "c" };
  expect(errorAt(errors, "week.mon")).toBe("a");
  expect(errorAt(errors, "holidays[2]")).toBe("b");
  expect(errorAt(errors, "holidays[20]")).toBeUndefined();
  expect(errorAt(errors, "name")).toBe("c");
});

it("shows each kind of day in its own way, month by month", () => {
  const day = (date: string, rest: object) =>
    ({ date, weekday: "thu", spans: [], why: "", ...rest }) as unknown as CalendarYearDay;
  expect(lookOf(day("2026-01-01", { reason: "arranged_rest" }))).toBe("holiday");
  expect(lookOf(day("2026-01-04", { reason: "arranged_work", spans: ["09:00-18:00"] }))).toBe("makeup");
  expect(lookOf(day("2026-01-10", { reason: "weekly" }))).toBe("free");
  expect(lookOf(day("2026-01-12", { reason: "weekly", spans: ["09:00-18:00"] }))).toBe("work");
  const months = monthsOf([day("2026-01-01", {}), day("2026-01-02", {}), day("2026-02-01", { weekday: "sun" })]);
  expect(months.map(({ month, offset, days }) => [month, offset, days.length])).toEqual([
    [1, 3, 2],
    [2, 6, 1],
  ]);
});

it("joins days of one name that follow one another, and knows which a calendar has", () => {
  const days = toForm({
    holidays: [
      { date: "2027-02-27", name: "年会" },
      { date: "2027-02-28", name: "年会" },
      { date: "2027-03-01", name: "年会" },
      { date: "2027-03-02", name: "盘点" },
      { yearly: "03-08", name: "盘点" },
    ],
  }).holidays;
  expect(inSpans(days)).toEqual([
    { form: "range", from: "2027-02-27", to: "2027-03-01", name: "年会" },
    { form: "date", from: "2027-03-02", to: "", name: "盘点" },
    { form: "yearly", from: "03-08", to: "", name: "盘点" },
  ]);
  expect(days.map((day) => isKnown(inSpans(days), day))).toEqual([true, true, true, true, true]);
  expect(isKnown(inSpans(days), { form: "date", from: "2027-03-03", to: "", name: "" })).toBe(false);
});
