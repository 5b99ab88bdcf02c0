import type { LocationQuery } from "vue-router";

export type Unit = "minutes" | "days" | "between";

/** What the page asks, as its fields hold it; times are wall times in the calendar's zone. */
export interface Question {
  calendar: string;
  unit: Unit;
  /** Hours and minutes of working time, in minutes. */
  minutes: number;
  days: number;
  mode: "same_time" | "end_of_day";
  start: string;
  end: string;
  pauses: { from: string; to: string }[];
}

/** What the server answers. */
export interface Answer {
  due?: string | null;
  minutes?: number;
  paused?: boolean;
  opening?: string;
  tz: string;
  working_minutes: number;
  warnings?: { warning: string; year?: number; date?: string; field?: string }[];
  spans: { date: string; from: string; to: string }[];
  spans_omitted?: number;
  notes: { date: string; worked: boolean; reason: string }[];
  pauses: { from: string; to: string | null; minutes: number }[];
  explanation: string[];
}

/** How far the wall clock of a zone is ahead of UTC at an instant, in minutes. */
function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(instant);
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(
    value("year"),
    value("month") - 1,
    value("day"),
    value("hour"),
    value("minute"),
    value("second"),
  );
  return Math.round((wall - Math.floor(instant / 1000) * 1000) / 60_000);
}

/** RFC 3339 of a wall time `2026-09-18T17:00` in a zone; undefined when it is none. */
export function instantOf(wall: string, zone: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(wall)) return undefined;
  const text = wall.slice(0, 16);
  const utc = Date.parse(`${text}:00Z`);
  if (Number.isNaN(utc)) return undefined;
  let offset = offsetAt(utc - offsetAt(utc, zone) * 60_000, zone);
  // Between two offsets the first guess can lie on the other side of the change.
  if (offsetAt(utc - offset * 60_000, zone) !== offset) offset = offsetAt(utc - 86_400_000, zone);
  const sign = offset < 0 ? "-" : "+";
  const two = (value: number) => String(value).padStart(2, "0");
  return `${text}:00${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
}

/** The wall time `2026-09-18T17:00` of an instant in a zone. */
export function wallOf(instant: number, zone: string): string {
  return new Date(instant + offsetAt(instant, zone) * 60_000).toISOString().slice(0, 16);
}

const isWall = (text: string) => instantOf(text, "UTC") !== undefined;

/** The body of the call; undefined while a field is missing. */
export function bodyOf(question: Question, zone: string): Record<string, unknown> | undefined {
  const start = instantOf(question.start, zone);
  const end = instantOf(question.end, zone);
  if (!question.calendar || !start || (question.unit === "between" && !end)) return undefined;
  const amount = question.unit === "days" ? question.days : question.minutes;
  if (question.unit !== "between" && !(Number.isInteger(amount) && amount >= 0)) return undefined;
  const pauses = question.pauses
    .filter((pause) => isWall(pause.from))
    .map((pause) => [instantOf(pause.from, zone), instantOf(pause.to, zone) ?? null]);
  const common = { calendar: question.calendar, start, pauses };
  if (question.unit === "between") return { kind: "working_minutes_between", end, ...common };
  if (question.unit === "days") return { kind: "clock_with_pauses", days: amount, mode: question.mode, ...common };
  return { kind: "clock_with_pauses", minutes: amount, ...common };
}

/** The part of the address that holds a question, to be shared. */
export function toQuery(question: Question): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = { calendar: question.calendar, start: question.start };
  if (question.unit === "minutes") query["minutes"] = String(question.minutes);
  if (question.unit === "days") Object.assign(query, { days: String(question.days), mode: question.mode });
  if (question.unit === "between") query["end"] = question.end;
  const pauses = question.pauses.filter((pause) => pause.from).map((pause) => `${pause.from}~${pause.to}`);
  if (pauses.length) query["pause"] = pauses;
  return query;
}

/** The question of an address, over what stands there without one. */
export function fromQuery(query: LocationQuery, base: Question): Question {
  const one = (name: string) => [query[name]].flat()[0] ?? undefined;
  const whole = (text: string | undefined) => (text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined);
  const [minutes, days, end] = [whole(one("minutes")), whole(one("days")), one("end")];
  const start = one("start");
  const pauses = [query["pause"]]
    .flat()
    .filter((text): text is string => typeof text === "string" && text.includes("~"))
    .map((text) => ({ from: text.split("~")[0] ?? "", to: text.split("~")[1] ?? "" }))
    .filter((pause) => isWall(pause.from));
  return {
    ...base,
    calendar: one("calendar") ?? base.calendar,
    unit: end !== undefined ? "between" : days !== undefined ? "days" : minutes !== undefined ? "minutes" : base.unit,
    minutes: minutes ?? base.minutes,
    days: days ?? base.days,
    mode: one("mode") === "end_of_day" ? "end_of_day" : "same_time",
    start: start && isWall(start) ? start : base.start,
    end: end && isWall(end) ? end : base.end,
    pauses,
  };
}

/** A piece of a day, in minutes after midnight. */
export interface Piece {
  from: number;
  to: number;
}
/** A day of the strip. */
interface StripDay {
  date: string;
  counted: Piece[];
  paused: Piece[];
  minutes: number;
}

/** The pieces by day of a stretch between two instants that carry the offset of their zone. */
function pieces(from: string, to: string): { date: string; piece: Piece }[] {
  const minute = (text: string) => Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16));
  const last = to.slice(0, 10);
  const found: { date: string; piece: Piece }[] = [];
  for (let date = from.slice(0, 10); date <= last && found.length < 400;) {
    const piece = { from: date === from.slice(0, 10) ? minute(from) : 0, to: date === last ? minute(to) : 1440 };
    if (piece.to > piece.from) found.push({ date, piece });
    date = new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  }
  return found;
}

/** The days from the start to the end with what counted and what stood still on each. */
export function strip(answer: Pick<Answer, "spans" | "pauses">, start: string, end: string, most = 62): StripDay[] {
  const days = new Map<string, StripDay>();
  const first = start.slice(0, 10);
  for (let date = first; date <= end.slice(0, 10) && days.size < most;) {
    days.set(date, { date, counted: [], paused: [], minutes: 0 });
    date = new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  }
  for (const span of answer.spans)
    for (const { date, piece } of pieces(span.from, span.to)) {
      const day = days.get(date);
      day?.counted.push(piece);
      if (day) day.minutes += piece.to - piece.from;
    }
  for (const pause of answer.pauses)
    for (const { date, piece } of pieces(pause.from, pause.to ?? end)) days.get(date)?.paused.push(piece);
  return [...days.values()];
}
