import { refusalOf, type ApiError } from "./api";
import type { Attachment, Conversation, Message } from "./types";

/** A message that the server has not acknowledged yet. */
export interface Outgoing {
  /** Sent along as `client_key`: however often it is sent, the message exists once. */
  key: string;
  /** Id of the conversation, or `new:…` as long as it does not exist. */
  conversation: string;
  body: string;
  attachments: Attachment[];
  quote: { id: string; no: number; author_name: string; preview: string } | null;
  form: Record<string, unknown> | null;
  offline: boolean;
  pageUrl: string | null;
  at: string;
  /** Code of a refusal that trying again will not change by itself. */
  refused: { code: string; detail: string } | null;
}

/** What came back. */
export interface Sent {
  conversation: Conversation | null;
  conversationId: string;
  message: Message;
}

export const isNew = (conversation: string): boolean => conversation.startsWith("new:");

/** The next one to send: in order, past the refused; what follows a refused opening waits for it. */
export function nextOutgoing(items: Outgoing[]): Outgoing | null {
  const blocked = new Set<string>();
  for (const item of items) {
    if (blocked.has(item.conversation)) continue;
    if (!item.refused) return item;
    if (isNew(item.conversation)) blocked.add(item.conversation);
  }
  return null;
}

/** Milliseconds to wait after the `failures`th failure in a row. */
export function backoff(failures: number, random: number, retryAfter: number | null = null): number {
  if (retryAfter !== null) return retryAfter * 1000 + random * 500;
  return Math.min(30_000, 500 * 2 ** Math.min(failures, 6)) * (0.75 + random / 2);
}

/** What the outbox needs from its surroundings. */
export interface OutboxPort {
  load(): Outgoing[];
  save(items: Outgoing[]): void;
  send(item: Outgoing): Promise<Sent>;
  /** The conversation behind `new:…` exists now. */
  opened(from: string, to: string): void;
  sent(item: Outgoing, result: Sent): void;
  changed(items: Outgoing[], failures: number): void;
  newKey(): string;
  random(): number;
  /** Runs the task while no other tab runs one. */
  exclusively(task: () => Promise<void>): Promise<void>;
}

/** Delivers messages exactly once and in order, through reloads, lost connections and several tabs. */
export class Outbox {
  private failures = 0;
  private running = false;
  private again = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly port: OutboxPort) {}

  items(): Outgoing[] {
    return this.port.load();
  }

  add(item: Outgoing): void {
    this.write([...this.items(), item]);
    void this.run();
  }

  /** Sends a refused message again. */
  retry(key: string): void {
    this.write(this.items().map((item) => (item.key === key ? { ...item, refused: null } : item)));
    void this.run();
  }

  discard(key: string): void {
    this.write(this.items().filter((item) => item.key !== key));
    void this.run();
  }

  /** Tries now: the connection is back, or another tab left something. */
  wake(): void {
    this.failures = 0;
    void this.run();
  }

  /** Shows what another tab has changed. */
  refresh(): void {
    this.port.changed(this.items(), this.failures);
  }

  async run(): Promise<void> {
    clearTimeout(this.timer);
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    try {
      do {
        this.again = false;
        await this.port.exclusively(() => this.drain());
      } while (this.again);
    } finally {
      this.running = false;
    }
  }

  private async drain(): Promise<void> {
    for (let item = nextOutgoing(this.items()); item; item = nextOutgoing(this.items())) {
      try {
        this.deliver(item, await this.port.send(item));
        this.failures = 0;
      } catch (thrown) {
        const error = refusalOf(thrown);
        if (error.passing) return this.later(error);
        this.refuse(item, error);
      }
    }
  }

  private deliver(item: Outgoing, result: Sent): void {
    const rest = this.items().filter((other) => other.key !== item.key);
    const moved = rest.map((other) =>
      other.conversation === item.conversation ? { ...other, conversation: result.conversationId } : other,
    );
    if (isNew(item.conversation)) this.port.opened(item.conversation, result.conversationId);
    this.port.sent(item, result);
    this.write(moved);
  }

  private refuse(item: Outgoing, error: ApiError): void {
    if (error.code === "not_found" && !isNew(item.conversation)) {
      // The visitor's token had run out and this is a new visitor: the words go into a conversation of their own.
      const fresh = `new:${this.port.newKey()}`;
      this.port.opened(item.conversation, fresh);
      this.write(
        this.items().map((o) =>
          o.conversation === item.conversation ? { ...o, conversation: fresh, quote: null } : o,
        ),
      );
      return;
    }
    const refused = { code: error.code, detail: error.message };
    this.write(this.items().map((other) => (other.key === item.key ? { ...other, refused } : other)));
  }

  private later(error: ApiError): void {
    this.failures++;
    this.port.changed(this.items(), this.failures);
    this.timer = setTimeout(() => void this.run(), backoff(this.failures, this.port.random(), error.retryAfter));
  }

  private write(items: Outgoing[]): void {
    this.port.save(items);
    this.port.changed(items, this.failures);
  }
}
