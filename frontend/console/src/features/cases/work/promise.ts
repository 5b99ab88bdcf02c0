import type { Case, CasePromise, ClockLimit, Id } from "@/api/types";
import { fromInput } from "@/lib/time";

/** How the time of a promise is entered. */
export const promiseUnits = ["working_days", "working_hours", "days", "hours", "instant"] as const;
export type PromiseUnit = (typeof promiseUnits)[number];

/** Where a promise was made: in a case, in a conversation, with a message. */
export interface PromisePlace {
  case_id?: Id;
  conversation_id?: Id;
  message_id?: Id;
}

export function limitOf(unit: PromiseUnit, amount: number, at: string): ClockLimit {
  if (unit === "working_days") return { unit: "working_days", days: amount, mode: "same_time" } as ClockLimit;
  if (unit === "instant") return { unit: "instant", at: fromInput(at) ?? "" };
  if (unit === "working_hours") return { unit: "working_minutes", minutes: amount * 60 };
  return { unit: "calendar_minutes", minutes: amount * (unit === "days" ? 1440 : 60) };
}

const digits = "一二三四五六七八九十";
const englishNumbers = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const number = `(\\d{1,3}|[${digits}两]|${englishNumbers.join("|")})`;
const spans: readonly [PromiseUnit, RegExp][] = [
  ["working_days", new RegExp(`(?<![月\\d])${number}\\s*(?:个?工作日|(?:working|business)\\s+days?)`, "i")],
  ["working_hours", new RegExp(`${number}\\s*(?:个?工作小时|(?:working|business)\\s+hours?)`, "i")],
  ["hours", new RegExp(`${number}\\s*(?:个?小时|个?钟头|hours?\\b)`, "i")],
  ["days", new RegExp(`(?<![月第\\d])${number}\\s*(?:天|日(?=[内之以])|days?\\b)`, "i")],
];

/** The time that a message names, as `3 天内` or `within two working days`. */
export function spanIn(message: string): { unit: PromiseUnit; amount: number } | undefined {
  for (const [unit, pattern] of spans) {
    const said = pattern.exec(message)?.[1]?.toLowerCase();
    if (!said) continue;
    const amount =
      said === "两"
        ? 2
        : digits.includes(said)
          ? digits.indexOf(said) + 1
          : englishNumbers.includes(said)
            ? englishNumbers.indexOf(said) + 1
            : Number(said);
    if (amount > 0) return { unit, amount };
  }
  return undefined;
}

/** Characters of a promise that the server takes. */
const longest = 2_000;

/** The words of a message as a promise. */
export const promisedIn = (message: string): string => [...message.trim()].slice(0, longest).join("");

/** The case that a promise in a conversation most likely belongs to: the first that is still open. */
export const likelyCase = (cases: readonly Pick<Case, "id" | "state">[]): Id | undefined =>
  cases.find((one) => one.state !== "archived")?.id;

/** Whether something is still to be done for a promise: a broken one is to be kept all the same. */
export const isPending = (promise: Pick<CasePromise, "state" | "done_at">): boolean =>
  !promise.done_at && (promise.state === "open" || promise.state === "broken");

/** What the calculator is asked about a promise in working time; undefined for other limits, and while something lacks. */
export function questionOf(
  unit: PromiseUnit,
  amount: number,
  from: string | undefined,
  calendar: string | undefined,
): Record<string, unknown> | undefined {
  if (!from || !calendar || !Number.isInteger(amount) || amount <= 0) return undefined;
  const common = { kind: "clock_with_pauses", calendar, start: from, pauses: [] };
  if (unit === "working_days") return { ...common, days: amount, mode: "same_time" };
  return unit === "working_hours" ? { ...common, minutes: amount * 60 } : undefined;
}

/** When a promise in plain time is due, or the time that was agreed. */
export function dueOf(unit: PromiseUnit, amount: number, at: string, from: string | undefined): string | undefined {
  if (unit === "instant") return fromInput(at) ?? undefined;
  const hours = unit === "days" ? 24 : unit === "hours" ? 1 : 0;
  if (!from || !hours || !(amount > 0)) return undefined;
  return new Date(new Date(from).getTime() + amount * hours * 3_600_000).toISOString();
}
