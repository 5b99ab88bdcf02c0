import type { Case, CasePromise, ClockLimit, Id } from "@/api/types";
import { fromInput } from "@/lib/time";

/** How the time of a promise is entered. */
export const promiseUnits = ["working_days", "working_hours", "hours", "instant"] as const;
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
  return { unit: unit === "hours" ? "calendar_minutes" : "working_minutes", minutes: amount * 60 };
}

/** Characters of a promise that the server takes. */
const longest = 2_000;

/** The words of a message as a promise. */
export const promisedIn = (message: string): string => [...message.trim()].slice(0, longest).join("");

/** The case that a promise in a conversation most likely belongs to: the first that is still open. */
export const likelyCase = (cases: readonly Pick<Case, "id" | "state">[]): Id | undefined => cases.find((one) => one.state !== "archived")?.id;

/** Whether something is still to be done for a promise: a broken one is to be kept all the same. */
export const isPending = (promise: Pick<CasePromise, "state" | "done_at">): boolean => !promise.done_at && (promise.state === "open" || promise.state === "broken");
