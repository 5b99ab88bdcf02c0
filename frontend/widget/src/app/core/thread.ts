import { findLast, last } from "./lists";
import type { Message, MessagePage } from "./types";

/** The messages of one conversation as far as they are known. */
export interface Thread {
  /** Ascending by `no`, each once. */
  items: Message[];
  /** Up to this `no` nothing is missing; what lies above came early (an own message just acknowledged). */
  synced: number;
  /** Whether there may be earlier ones. */
  earlier: boolean;
  agentReadNo: number;
}

function merge(items: Message[], more: Message[]): Message[] {
  if (!more.length) return items;
  const byNo = new Map(items.map((message) => [message.no, message]));
  for (const message of more) byNo.set(message.no, message);
  return [...byNo.values()].sort((a, b) => a.no - b.no);
}

/** The latest page, asked for with `before`. */
export function firstPage(page: MessagePage, limit: number): Thread {
  return {
    items: merge([], page.items),
    synced: Math.max(last(page.items)?.no ?? 0, 0),
    earlier: page.items.length >= limit,
    agentReadNo: page.agent_read_no,
  };
}

/** A page asked for with `after = synced`. */
export function laterPage(thread: Thread, page: MessagePage): Thread {
  return {
    ...thread,
    items: merge(thread.items, page.items),
    synced: Math.max(thread.synced, last(page.items)?.no ?? 0),
    agentReadNo: Math.max(thread.agentReadNo, page.agent_read_no),
  };
}

/** A page asked for with `before` the first known one. */
export function earlierPage(thread: Thread, page: MessagePage, limit: number): Thread {
  return { ...thread, items: merge(thread.items, page.items), earlier: page.items.length >= limit };
}

/** A single message that came by another way than the pages: it must not move `synced`, or what lies before it would be skipped. */
export function withMessage(thread: Thread, message: Message): Thread {
  return { ...thread, items: merge(thread.items, [message]) };
}

/** The last message from the other side. */
export function lastReceived(thread: Thread): number {
  return findLast(thread.items, (message) => !message.author.mine && message.author.kind !== "system")?.no ?? 0;
}
