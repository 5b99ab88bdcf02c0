import { shallowReactive } from "vue";
import type { Attachment, Id, Message } from "@/api/types";

/** A message on its way: kept in the browser until the server has acknowledged it. */
export interface OutboxEntry {
  /** Also the `client_key`, so that sending it again cannot make two messages. */
  key: string;
  conversation_id: Id;
  kind: "text" | "note";
  body: string;
  attachments: Attachment[];
  quote: { id: Id; no: number; author_name: string; preview: string } | null;
  mentions: Id[];
  then: "close" | "wait" | "snooze" | null;
  /** With `snooze`: when the conversation comes back. */
  snoozed_until: string | null;
  at: string;
  /** `waiting` for the line to come back; `refused` until the person decides. */
  state: "sending" | "waiting" | "refused";
  problem: { title: string; detail: string } | null;
}

interface OutboxStore {
  all(): OutboxEntry[];
  put(entry: OutboxEntry): void;
  remove(key: string): void;
}

export interface OutboxDeps {
  store: OutboxStore;
  /** Sends; the signal says that the line broke and came back meanwhile. */
  send(entry: OutboxEntry, signal: AbortSignal): Promise<Message>;
  /** Called before the entry leaves the outbox, so that the thread has the message without a gap. */
  sent(entry: OutboxEntry, message: Message): void;
  /** Whether another try may succeed without anybody changing anything. */
  passing(error: unknown): boolean;
  problem(error: unknown): { title: string; detail: string };
  pause(attempt: number): Promise<void>;
}

/** Sends messages in the order they were written, one after another within a conversation. */
export class Outbox {
  readonly entries = shallowReactive(new Map<string, OutboxEntry>());
  private readonly running = new Set<Id>();
  private readonly wakers = new Set<() => void>();

  constructor(private readonly deps: OutboxDeps) {}

  /** Takes up what an earlier page left behind. */
  restore(): void {
    for (const entry of this.deps.store.all()) {
      if (this.entries.has(entry.key)) continue;
      this.entries.set(entry.key, entry.state === "refused" ? entry : { ...entry, state: "waiting" });
    }
    for (const entry of this.entries.values()) void this.run(entry.conversation_id);
  }

  add(entry: OutboxEntry): void {
    this.set(entry);
    void this.run(entry.conversation_id);
  }

  /** Tries a refused message again. */
  retry(key: string): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    this.set({ ...entry, state: "sending", problem: null });
    this.wake();
    void this.run(entry.conversation_id);
  }

  discard(key: string): OutboxEntry | undefined {
    const entry = this.entries.get(key);
    this.entries.delete(key);
    this.deps.store.remove(key);
    return entry;
  }

  /** The line is back: whatever waits goes now. */
  wake(): void {
    for (const waker of [...this.wakers]) waker();
  }

  /** Forgets everything in memory; what is stored stays for the next sign-in. */
  clear(): void {
    this.entries.clear();
  }

  of(conversation: Id): OutboxEntry[] {
    return [...this.entries.values()].filter((entry) => entry.conversation_id === conversation);
  }

  private set(entry: OutboxEntry): void {
    this.entries.set(entry.key, entry);
    this.deps.store.put(entry);
  }

  private async run(conversation: Id): Promise<void> {
    if (this.running.has(conversation)) return;
    this.running.add(conversation);
    try {
      for (;;) {
        const next = this.of(conversation).find((entry) => entry.state !== "refused");
        if (!next) return;
        await this.deliver(next);
      }
    } finally {
      this.running.delete(conversation);
    }
  }

  private async deliver(entry: OutboxEntry): Promise<void> {
    for (let attempt = 0; this.entries.has(entry.key); attempt += 1) {
      const abort = new AbortController();
      // An answer that was on its way when the line broke never comes; asking again under the same key is safe.
      const give = () => abort.abort();
      this.wakers.add(give);
      try {
        const message = await this.deps.send(entry, abort.signal);
        this.deps.sent(entry, message);
        this.discard(entry.key);
        return;
      } catch (error) {
        const current = this.entries.get(entry.key);
        if (!current) return;
        const passing = this.deps.passing(error);
        this.set({ ...current, state: passing ? "waiting" : "refused", problem: this.deps.problem(error) });
        if (!passing) return;
        let waker: (() => void) | undefined;
        const woken = new Promise<void>((resolve) => {
          waker = resolve;
          this.wakers.add(resolve);
        });
        await Promise.race([this.deps.pause(attempt), woken]);
        if (waker) this.wakers.delete(waker);
      } finally {
        this.wakers.delete(give);
      }
    }
  }
}

/** Keeps each entry under a key of its own, so that two tabs do not overwrite each other's. */
export function browserStore(
  storage: Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">,
  prefix: string,
): OutboxStore {
  return {
    all() {
      const found: OutboxEntry[] = [];
      for (let index = 0; index < storage.length; index += 1) {
        const name = storage.key(index);
        if (!name?.startsWith(prefix)) continue;
        try {
          found.push(JSON.parse(storage.getItem(name) ?? "") as OutboxEntry);
        } catch {
          storage.removeItem(name);
        }
      }
      return found.sort((a, b) => a.at.localeCompare(b.at));
    },
    put(entry) {
      try {
        storage.setItem(prefix + entry.key, JSON.stringify(entry));
      } catch {
        // A full storage costs only the survival of a reload, not the sending.
      }
    },
    remove(key) {
      storage.removeItem(prefix + key);
    },
  };
}
