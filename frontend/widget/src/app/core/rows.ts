import { dayLabel, type Locale } from "@heard/shared";
import { systemLine, type Texts } from "../i18n";
import { last } from "./lists";
import type { Outgoing } from "./outbox";
import type { Message } from "./types";

const SAME_GROUP = 5 * 60_000;

/** How an own message fares. */
export type Fate = "waiting" | "refused" | "delivered" | "read" | null;

/** A line of the thread as it is drawn. */
export type Row =
  | { t: "day"; key: string; label: string }
  | { t: "system"; key: string; text: string }
  | { t: "diagnosis"; key: string; message: Message }
  | {
      t: "message";
      key: string;
      message: Message;
      outgoing: Outgoing | null;
      first: boolean;
      last: boolean;
      fate: Fate;
    };

/** Shown until the server's own arrives. */
function draftMessage(item: Outgoing): Message {
  return {
    id: item.key,
    no: Infinity,
    author: { kind: "contact", name: null, mine: true },
    body: item.body,
    attachments: item.attachments,
    quote: item.quote,
    recalled: false,
    system: null,
    client_key: item.key,
    created_at: item.at,
  };
}

interface Context {
  t: Texts;
  locale: Locale;
  now: number;
  agentReadNo: number;
}

type Entry = { message: Message; outgoing: Outgoing | null };
type Line = Exclude<Row, { t: "day" }>;

function lineOf({ message, outgoing }: Entry, context: Context): Line | null {
  const key = message.client_key ?? message.id;
  const mine = message.author.mine;
  if (message.recalled) {
    return { t: "system", key, text: mine ? context.t.recalledMine : context.t.recalledOther };
  }
  if (message.system) {
    if (message.system.code.startsWith("diagnosis_")) return { t: "diagnosis", key, message };
    const text = systemLine(context.t, message.system.code, message.system.params);
    return text === null ? null : { t: "system", key, text };
  }
  const fate: Fate = !mine
    ? null
    : outgoing
      ? outgoing.refused
        ? "refused"
        : "waiting"
      : message.no <= context.agentReadNo
        ? "read"
        : "delivered";
  return { t: "message", key, message, outgoing, first: true, last: true, fate };
}

function together(a: Row | undefined, b: Row): boolean {
  if (a?.t !== "message" || b.t !== "message") return false;
  const [x, y] = [a.message, b.message];
  const apart = Date.parse(y.created_at) - Date.parse(x.created_at);
  return (
    x.author.mine === y.author.mine &&
    x.author.kind === y.author.kind &&
    x.author.name === y.author.name &&
    apart < SAME_GROUP
  );
}

/** Known messages in order, then what is still on its way, with day separators and groups; each message once. */
export function threadRows(items: Message[], outbox: Outgoing[], context: Context): Row[] {
  const arrived = new Set(items.map((message) => message.client_key));
  const entries: Entry[] = items.map((message) => ({ message, outgoing: null }));
  for (const outgoing of outbox)
    if (!arrived.has(outgoing.key)) entries.push({ message: draftMessage(outgoing), outgoing });
  const rows: Row[] = [];
  let day = "";
  for (const entry of entries) {
    const line = lineOf(entry, context);
    if (!line) continue;
    const label = dayLabel(entry.message.created_at, context.now, context.locale);
    if (label !== day) rows.push({ t: "day", key: `day ${label}`, label });
    day = label;
    const before = last(rows);
    if (line.t === "message" && before?.t === "message" && together(before, line)) {
      before.last = false;
      line.first = false;
    }
    rows.push(line);
  }
  return quietFates(rows);
}

/** Only the newest of several that were read, or delivered, says so. */
function quietFates(rows: Row[]): Row[] {
  const said = new Set<Fate>();
  for (const row of [...rows].reverse()) {
    if (row.t !== "message" || (row.fate !== "read" && row.fate !== "delivered")) continue;
    if (said.has(row.fate) || said.has("read")) row.fate = null;
    else said.add(row.fate);
  }
  return rows;
}
