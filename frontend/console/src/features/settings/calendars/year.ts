import type { CalendarYearDay } from "@/api/types";

/** What a day looks like in the year: every kind has a shape of its own beside its colour. */
export type DayLook = "work" | "free" | "holiday" | "makeup" | "special";

export function lookOf(day: CalendarYearDay): DayLook {
  const worked = day.spans.length > 0;
  switch (day.reason) {
    case "exception":
      return "special";
    case "make_up":
    case "arranged_work":
      return worked ? "makeup" : "free";
    case "holiday":
    case "arranged_rest":
      return "holiday";
    default:
      return worked ? "work" : "free";
  }
}

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** The days of a year by month; `offset` is how many cells stand empty before the first in a week from Monday. */
export function monthsOf(days: CalendarYearDay[]): { month: number; offset: number; days: CalendarYearDay[] }[] {
  const months: { month: number; offset: number; days: CalendarYearDay[] }[] = [];
  for (const day of days) {
    const month = Number(day.date.slice(5, 7));
    const last = months.at(-1);
    if (last?.month === month) last.days.push(day);
    else months.push({ month, offset: Math.max(0, weekdays.indexOf(day.weekday)), days: [day] });
  }
  return months;
}
