import { ref, shallowRef, triggerRef, type Ref, type ShallowRef } from "vue";
import { api, ApiError } from "@/api/client";
import { realtime } from "@/api/realtime";
import type { Id, Message, MessagePage } from "@/api/types";
import { mergeMessages } from "./timeline";

const pageSize = 50;
/** Messages a thread may hold before the oldest are let go; they can be loaded again. */
const holdAtMost = 400;
const keepThreads = 20;
/** Before every number that a message can have. */
const end = 2_147_483_647;

/** The messages of one conversation, complete from the first loaded one to the last. */
export class Thread {
  readonly messages: ShallowRef<Message[]> = shallowRef([]);
  readonly loaded = ref(false);
  readonly error: Ref<unknown> = shallowRef();
  readonly olderState = ref<"more" | "loading" | "failed" | "none">("none");
  readonly contactRead = ref(0);
  readonly contactDelivered = ref(0);
  private loading: Promise<void> | undefined;
  private catching: Promise<void> | undefined;
  private again = false;
  private failures = 0;

  constructor(readonly id: Id) {}

  get last(): number {
    return this.messages.value.at(-1)?.no ?? 0;
  }

  /** Loads the newest page; with messages already here only what came since. */
  async open(): Promise<void> {
    if (this.loaded.value) return this.catchUp();
    this.loading ??= this.load().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async load(): Promise<void> {
    this.error.value = undefined;
    try {
      const page = await this.fetch({ before: end, limit: pageSize });
      this.take(page.items);
      this.olderState.value = (this.messages.value[0]?.no ?? 1) > 1 ? "more" : "none";
      this.loaded.value = true;
    } catch (error) {
      this.error.value = error;
    }
  }

  /** Fetches what follows the last known number, until nothing does. Calls meanwhile cause one more round. */
  catchUp(): Promise<void> {
    if (!this.loaded.value) return this.loading ?? Promise.resolve();
    this.again = true;
    this.catching ??= this.follow().finally(() => {
      this.catching = undefined;
    });
    return this.catching;
  }

  private async follow(): Promise<void> {
    while (this.again) {
      this.again = false;
      try {
        const page = await this.fetch({ after: this.last, limit: 200 });
        this.take(page.items);
        this.failures = 0;
        if (page.items.length === 200) this.again = true;
      } catch (error) {
        // What was announced has to come; what the server refuses does not.
        if (!(error instanceof ApiError) || !error.retriable) return;
        setTimeout(() => void this.catchUp(), Math.min(15_000, 1000 * 2 ** this.failures));
        this.failures += 1;
        return;
      }
    }
  }

  async loadOlder(limit = pageSize): Promise<void> {
    const first = this.messages.value[0]?.no ?? 1;
    if (this.olderState.value === "loading" || first <= 1) return;
    this.olderState.value = "loading";
    try {
      const page = await this.fetch({ before: first, limit });
      this.take(page.items);
      this.olderState.value = (this.messages.value[0]?.no ?? 1) > 1 && page.items.length > 0 ? "more" : "none";
    } catch {
      this.olderState.value = "failed";
    }
  }

  /** Loads back to a number, as for a search hit; tells whether it is there. */
  async reach(no: number): Promise<boolean> {
    await this.open();
    while (this.olderState.value === "more" && (this.messages.value[0]?.no ?? 1) > no) await this.loadOlder(200);
    return this.messages.value.some((message) => message.no === no);
  }

  /** Asks again for one message, after it was recalled. */
  async refresh(no: number): Promise<void> {
    if (!this.messages.value.some((message) => message.no === no)) return;
    const page = await this.fetch({ after: no - 1, limit: 1 }).catch(() => undefined);
    if (page) this.take(page.items);
  }

  /** After a pause of unknown length: what came since, and whether recent ones were recalled. */
  async renew(): Promise<void> {
    if (!this.loaded.value) return;
    const page = await this.fetch({ before: end, limit: pageSize }).catch(() => undefined);
    if (!page) return;
    const joined = (page.items[0]?.no ?? 0) <= this.last + 1;
    if (joined) this.take(page.items);
    else await this.catchUp();
  }

  take(messages: readonly Message[]): void {
    if (!messages.length) return;
    this.messages.value = mergeMessages(this.messages.value, messages);
    triggerRef(this.messages);
  }

  /** Lets the oldest go when there are many, so that long conversations stay quick. */
  trim(): void {
    const all = this.messages.value;
    if (all.length <= holdAtMost) return;
    this.messages.value = all.slice(-pageSize * 2);
    this.olderState.value = "more";
  }

  /** How far the contact is never goes back. */
  reached(read: number, delivered: number): void {
    this.contactRead.value = Math.max(this.contactRead.value, read);
    this.contactDelivered.value = Math.max(this.contactDelivered.value, delivered, read);
  }

  private async fetch(query: { after?: number; before?: number; limit: number }): Promise<MessagePage> {
    const page = await api.get<MessagePage>(`/conversations/${this.id}/messages`, query);
    this.reached(page.contact_read_no, page.contact_delivered_no);
    return page;
  }
}

const threads = new Map<Id, Thread>();

/** The thread of a conversation; the ones last used stay in memory. */
export function threadOf(id: Id): Thread {
  const thread = threads.get(id) ?? new Thread(id);
  threads.delete(id);
  threads.set(id, thread);
  for (const old of threads.keys()) {
    if (threads.size <= keepThreads) break;
    threads.delete(old);
  }
  return thread;
}

/** A thread that is in memory already. */
export const knownThread = (id: Id): Thread | undefined => threads.get(id);

export function forgetThreads(): void {
  threads.clear();
}

/** Keeps threads in memory true. */
export function followThreads(): void {
  realtime.onEvent((event) => {
    const id = event.data["conversation_id"];
    const thread = typeof id === "string" ? threads.get(id) : undefined;
    if (!thread) return;
    const no = Number(event.data["no"] ?? 0);
    if (event.kind === "message.posted" && no > thread.last) void thread.catchUp();
    else if (event.kind === "message.recalled") void thread.refresh(no);
    else if (event.kind === "conversation.contact_read") thread.reached(no, no);
  });
  realtime.onResync(() => {
    for (const thread of threads.values()) void thread.renew();
  });
}
