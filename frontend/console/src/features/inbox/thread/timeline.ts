import type { Message } from "@/api/types";
import { dayOf } from "@/lib/time";
import type { OutboxEntry } from "./outbox";

/** What the thread shows, from top to bottom. */
type TimelineRow =
  | { kind: "day"; key: string; at: string }
  | { kind: "gap"; key: string; at: string }
  | { kind: "new"; key: string }
  | { kind: "system"; key: string; message: Message }
  | { kind: "message"; key: string; message: Message; first: boolean; last: boolean }
  | { kind: "pending"; key: string; entry: OutboxEntry; first: boolean };

/** Silence after which the time is written again. */
const gapMinutes = 15;
/** Messages of one author within this time belong together. */
const groupMinutes = 5;
const minutesBetween = (a: string, b: string) => (new Date(b).getTime() - new Date(a).getTime()) / 60_000;

/** Puts messages into rising order by number, each once; a newer copy replaces the one that was there. */
export function mergeMessages(have: readonly Message[], incoming: readonly Message[]): Message[] {
  if (!incoming.length) return have as Message[];
  const last = have.at(-1)?.no ?? 0;
  if (incoming.every((message, index) => message.no > (index ? (incoming[index - 1] as Message).no : last)))
    return [...have, ...incoming];
  const byNo = new Map(have.map((message) => [message.no, message]));
  for (const message of incoming) byNo.set(message.no, message);
  return [...byNo.values()].sort((a, b) => a.no - b.no);
}

/** The number of the first message that was not read, given how many of the contact's were not; undefined when all were. */
export function firstUnread(messages: readonly Message[], unread: number): number | undefined {
  if (unread <= 0) return undefined;
  let left = unread;
  let found: number | undefined;
  for (let index = messages.length - 1; index >= 0 && left > 0; index -= 1) {
    const message = messages[index] as Message;
    if (message.author.kind !== "contact" || message.kind === "system") continue;
    found = message.no;
    left -= 1;
  }
  return found;
}

/** Whether somebody of the team wrote to the customer below the line. */
export const isAnswered = (messages: readonly Message[], newFrom: number): boolean =>
  messages.some((message) => message.no > newFrom && message.kind === "text" && message.author.kind === "user");

const sameAuthor = (a: Message, b: Message) =>
  a.kind === b.kind && a.author.kind === b.author.kind && a.author.id === b.author.id;

/** Lays messages and what is still being sent out as rows with days, pauses and the line above what is new. */
export function layOut(
  messages: readonly Message[],
  pending: readonly OutboxEntry[],
  newFrom: number | undefined,
  zone: string,
): TimelineRow[] {
  const rows: TimelineRow[] = [];
  let before: Message | undefined;
  let day = "";
  for (const message of messages) {
    const today = dayOf(message.created_at, zone);
    const pause = before ? minutesBetween(before.created_at, message.created_at) : Infinity;
    let broken = true;
    if (today !== day) rows.push({ kind: "day", key: `day-${today}-${message.no}`, at: message.created_at });
    else if (pause >= gapMinutes) rows.push({ kind: "gap", key: `gap-${message.no}`, at: message.created_at });
    else broken = false;
    day = today;
    if (newFrom === message.no) {
      rows.push({ kind: "new", key: "new" });
      broken = true;
    }
    if (message.kind === "system") rows.push({ kind: "system", key: message.id, message });
    else {
      const goesOn = !broken && before !== undefined && pause < groupMinutes && sameAuthor(before, message);
      const previous = rows.at(-1);
      if (goesOn && previous?.kind === "message") previous.last = false;
      rows.push({ kind: "message", key: message.client_key ?? message.id, message, first: !goesOn, last: true });
    }
    before = message;
  }
  const sent = new Set(messages.map((message) => message.client_key));
  for (const entry of pending) {
    if (sent.has(entry.key)) continue;
    const previous = rows.at(-1);
    rows.push({
      kind: "pending",
      key: entry.key,
      entry,
      first: !(previous?.kind === "pending" && previous.entry.kind === entry.kind),
    });
  }
  return rows;
}
