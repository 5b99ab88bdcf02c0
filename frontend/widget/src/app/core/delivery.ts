import { api, inbox, keep, newKey, store } from "./context";
import { isNew, Outbox, type Outgoing, type Sent } from "./outbox";
import { moveDrafts } from "./state";
import { withMessage, type Thread } from "./thread";
import { catchUp, current, refreshSoon, setConversation, setThread } from "./threads";
import type { Conversation, Message } from "./types";

// How the outbox is tied to storage, server and screen.

/** Remembered answers to "what became of new:…", for other tabs and after a reload. */
const MAX_OPENED = 20;
const blank: Thread = { items: [], synced: 0, earlier: false, agentReadNo: 0 };

async function send(item: Outgoing): Promise<Sent> {
  const { key, conversation, body, form, offline, pageUrl, quote } = item;
  const message = { body, attachment_ids: item.attachments.map((a) => a.id) };
  if (isNew(conversation)) {
    const request = { client_key: key, message, form, offline, page_url: pageUrl, locale: store.get().locale };
    const answer = await api.json<{ conversation: Conversation; message: Message }>(
      "POST",
      "/widget/conversations",
      request,
    );
    return { ...answer, conversationId: answer.conversation.id };
  }
  const request = { client_key: key, ...message, quote_id: quote?.id ?? null };
  const answer = await api.json<Message>("POST", `/widget/conversations/${conversation}/messages`, request);
  return { conversation: null, conversationId: conversation, message: answer };
}

function sent(_: Outgoing, { conversation, conversationId, message }: Sent): void {
  if (conversation) setConversation(conversation);
  setThread(conversationId, withMessage(store.get().threads[conversationId] ?? blank, message));
  void catchUp(conversationId);
  refreshSoon();
}

function opened(from: string, to: string): void {
  const known = { ...(keep.get<Record<string, string>>("opened") ?? {}), [from]: to };
  keep.set("opened", Object.fromEntries(Object.entries(known).slice(-MAX_OPENED)));
  followOpened();
}

/** Moves the view and drafts from a `new:…` to the conversation that it has become, here or in another tab. */
function followOpened(): void {
  const { view, drafts, threads } = store.get();
  store.set({ drafts: moveDrafts(drafts, current) });
  if (view.name === "home") return;
  const to = current(view.conversation);
  if (to === view.conversation) return;
  store.set({ view: { ...view, conversation: to, since: view.since ?? view.conversation } });
  if (!isNew(to) && !threads[to]) setThread(to, blank);
}

export const outbox = new Outbox({
  load: () => keep.get<Outgoing[]>("outbox") ?? [],
  save: (items) => keep.set("outbox", items.length ? items : null),
  changed: (items) => store.set({ outbox: items }),
  newKey,
  random: Math.random,
  exclusively: (task) => (keep.shared && navigator.locks ? navigator.locks.request(`heard:${inbox}`, task) : task()),
  send,
  opened,
  sent,
});

/** Takes up what an earlier page or another tab has left. */
export function resumeDelivery(): void {
  outbox.refresh();
  keep.watch("outbox", () => {
    outbox.refresh();
    followOpened();
    void outbox.run();
  });
}
