import type { CalendarDefinition, Holiday, Weekday } from "@/api/types";

export const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const satisfies readonly Weekday[];
export type Day = (typeof days)[number];
/** From and to by the wall clock; an end that is not later lies on the next day. */
export type Span = [string, string];
export type HolidayForm = "date" | "range" | "yearly";

/** A calendar's document as the fields edit it. */
export interface CalendarForm {
  name: string;
  kind: "shifts" | "24x7";
  time_zone: string;
  /** The region of the official arrangement, or `none`. */
  arrangement: string;
  week: Record<Day, Span[]>;
  holidays: { form: HolidayForm; from: string; to: string; name: string }[];
  make_up: { date: string; as: Day; name: string }[];
  exceptions: { date: string; spans: Span[]; name: string }[];
}

const isDay = (text: string): text is Day => (days as readonly string[]).includes(text);
const readSpan = (text: string): Span => {
  const [from = "", to = ""] = text.split("-");
  return [from, to];
};
const writeSpan = ([from, to]: Span): string => `${from}-${to}`;

function readHoliday(holiday: Holiday): CalendarForm["holidays"][number] {
  const name = holiday.name ?? "";
  if (holiday.yearly) return { form: "yearly", from: holiday.yearly, to: "", name };
  if (holiday.from) return { form: "range", from: holiday.from, to: holiday.to ?? "", name };
  return { form: "date", from: holiday.date ?? "", to: "", name };
}

function writeHoliday({ form, from, to, name }: CalendarForm["holidays"][number]): Holiday {
  const named = name.trim() ? { name: name.trim() } : {};
  if (form === "yearly") return { yearly: from.trim(), ...named };
  return form === "range" ? { from, to, ...named } : { date: from, ...named };
}

/** The fields of a document. */
export function toForm(definition: CalendarDefinition): CalendarForm {
  const week = Object.fromEntries(days.map((day) => [day, (definition.week?.[day] ?? []).map(readSpan)]));
  return {
    name: definition.name ?? "",
    kind: definition.kind ?? "shifts",
    time_zone: definition.time_zone ?? "Asia/Shanghai",
    arrangement: definition.arrangement ?? "none",
    week: week as CalendarForm["week"],
    holidays: (definition.holidays ?? []).map(readHoliday),
    make_up: (definition.make_up ?? []).map(({ date, as, name }) => ({
      date,
      as: isDay(as) ? as : "mon",
      name: name ?? "",
    })),
    exceptions: (definition.exceptions ?? []).map(({ date, spans, name }) => ({
      date,
      spans: (spans ?? []).map(readSpan),
      name: name ?? "",
    })),
  };
}

/** The document of the fields. A calendar that is always open has no shifts and no days. */
export function toDefinition(form: CalendarForm): CalendarDefinition {
  const base: CalendarDefinition = { name: form.name.trim(), kind: form.kind, time_zone: form.time_zone };
  if (form.kind === "24x7") return base;
  const open = days.filter((day) => form.week[day].length > 0);
  return {
    ...base,
    ...(form.arrangement === "none" ? {} : { arrangement: form.arrangement }),
    week: Object.fromEntries(open.map((day) => [day, form.week[day].map(writeSpan)])),
    holidays: form.holidays.map(writeHoliday),
    make_up: form.make_up.map(({ date, as, name }) => ({ date, as, name: name.trim() })),
    exceptions: form.exceptions.map(({ date, spans, name }) => ({
      date,
      spans: spans.map(writeSpan),
      name: name.trim(),
    })),
  };
}

/** The day after, as dates are written. */
function dayAfter(date: string): string {
  const next = new Date(`${date}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}

/** Days that follow one another under one name, as one span of days. */
export function inSpans(holidays: CalendarForm["holidays"]): CalendarForm["holidays"] {
  const spans: CalendarForm["holidays"] = [];
  for (const day of holidays) {
    const last = spans.at(-1);
    const follows =
      last !== undefined &&
      day.form === "date" &&
      last.form !== "yearly" &&
      last.name === day.name &&
      dayAfter(last.to || last.from) === day.from;
    if (follows) spans.splice(-1, 1, { ...last, form: "range", to: day.from });
    else spans.push(day);
  }
  return spans;
}

/** Whether the calendar has all days of a holiday that a file names. */
export function isKnown(known: CalendarForm["holidays"], found: CalendarForm["holidays"][number]): boolean {
  if (found.form === "yearly") return known.some((one) => one.form === "yearly" && one.from === found.from);
  const end = (one: CalendarForm["holidays"][number]) => (one.form === "range" ? one.to : one.from);
  return known.some((one) => one.form !== "yearly" && one.from <= found.from && end(found) <= end(one));
}

/** Whether the span reaches into the next day. */
export const isOvernight = ([from, to]: Span): boolean => to !== "" && to <= from;

/** A time of day as people type it, `9`, `930`, `9：30` or `09:30`; undefined when it is none. */
export function readTime(text: string): string | undefined {
  const digits = text.trim().replace("：", ":");
  const found = /^(\d{1,2}):(\d{2})$/.exec(digits) ?? /^(\d{1,2})(\d{2})?$/.exec(digits);
  if (!found) return undefined;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return undefined;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** A span to add after those that are there. */
export function nextSpan(spans: Span[]): Span {
  const end = spans.at(-1)?.[1];
  if (!end) return ["09:00", "18:00"];
  const hour = Number(end.slice(0, 2)) + 1;
  const text = (value: number) => `${String(Math.min(value, 24)).padStart(2, "0")}:00`;
  return hour < 23 ? [text(hour), text(Math.min(hour + 4, 24))] : ["22:00", "24:00"];
}

/** The complaint at a place of the document or under it: `week.mon`, `holidays[2]`. */
export function errorAt(errors: Record<string, string>, place: string): string | undefined {
  if (errors[place] !== undefined) return errors[place];
  const found = Object.keys(errors).find((key) => key.startsWith(`${place}.`) || key.startsWith(`${place}[`));
  return found === undefined ? undefined : errors[found];
}
