import { watch } from "vue";
import { api, ApiError, newKey } from "@/api/client";
import { realtime } from "@/api/realtime";
import type { Id, Message } from "@/api/types";
import { t } from "@/lib/i18n";
import { browserStore, Outbox, type OutboxEntry } from "./outbox";
import { knownThread } from "./thread";

let box: Outbox | undefined;
let owner: Id | undefined;

const wait = (attempt: number) => new Promise<void>((done) => setTimeout(done, Math.min(15_000, 1000 * 2 ** attempt)));

function make(user: Id): Outbox {
  return new Outbox({
    store: browserStore(localStorage, `heard.outbox.${user}.`),
    send: (entry, signal) =>
      api.post<Message>(
        `/conversations/${entry.conversation_id}/messages`,
        {
          kind: entry.kind,
          body: entry.body,
          client_key: entry.key,
          attachment_ids: entry.attachments.map((file) => file.id),
          mentions: entry.mentions,
          ...(entry.quote ? { quote_id: entry.quote.id } : {}),
          ...(entry.then ? { then: entry.then } : {}),
          ...(entry.snoozed_until ? { snoozed_until: entry.snoozed_until } : {}),
        },
        { signal },
      ),
    sent: (entry, message) => {
      const thread = knownThread(entry.conversation_id);
      if (!thread?.loaded.value) return;
      // Behind a gap the numbers between have to come first.
      if (message.no <= thread.last + 1) thread.take([message]);
      void thread.catchUp();
    },
    passing: (error) =>
      error instanceof ApiError
        ? error.retriable || error.status === 401
        : error instanceof DOMException && error.name === "AbortError",
    problem: (error) =>
      error instanceof ApiError
        ? { title: error.title, detail: error.errors[0]?.message ?? error.detail ?? "" }
        : { title: t("error.screen.title"), detail: String(error) },
    pause: wait,
  });
}

/** The outbox of the signed-in person. */
export function outbox(): Outbox {
  if (!box) throw new Error("the outbox opens with the session");
  return box;
}

/** Opens the outbox of a person and takes up what was left in it; without one closes it. */
export function openOutbox(user: Id | undefined): void {
  if (user === owner) return;
  box?.clear();
  owner = user;
  box = user ? make(user) : undefined;
  box?.restore();
}

/** Sends what waits as soon as the line is back. */
export function followLine(): void {
  watch(realtime.state, (state) => {
    if (state === "open") box?.wake();
  });
  window.addEventListener("online", () => box?.wake());
}

export type Outgoing = Pick<
  OutboxEntry,
  "conversation_id" | "kind" | "body" | "attachments" | "quote" | "mentions" | "then" | "snoozed_until"
>;

/** Shows a message at once and sends it. */
export function sendMessage(message: Outgoing): void {
  outbox().add({ ...message, key: newKey(), at: new Date().toISOString(), state: "sending", problem: null });
}
