import { stripMessage } from "@heard/shared";
import { refusalOf } from "./api";
import { api, host, keep, store, toast, words } from "./context";
import { setTyping } from "./live";
import { isNew } from "./outbox";
import { beep } from "./sound";
import { viewed, without } from "./state";
import { earlierPage, firstPage, lastReceived, laterPage, withMessage, type Thread } from "./thread";
import type { Conversation, Message, MessagePage } from "./types";

// Conversations as they are read: loading, catching up, marking as read, telling of news.

const PAGE = 40;
const CATCH_UP = 100;
const GATHER = 120;

const catching: Record<string, Promise<void>> = {};
let listTimer = 0;
/** What the page was last told of unread messages. */
let told = "";

const path = (id: string) => `/widget/conversations/${id}`;
const messages = (id: string, query: string) => api.json<MessagePage>("GET", `${path(id)}/messages?${query}`);

/** What `id` is called now: a `new:…` may have become a conversation. */
export function current(id: string): string {
  const opened = keep.get<Record<string, string>>("opened") ?? {};
  let now = id;
  for (let hops = 0; hops < 3 && opened[now]; hops++) now = opened[now] as string;
  return now;
}

/** Shows a conversation, loading it when needed. */
export async function show(conversation: string): Promise<void> {
  store.set({ view: { name: "thread", conversation } });
  if (isNew(conversation)) return;
  if (store.get().threads[conversation]) await catchUp(conversation);
  else await load(conversation);
  looked();
}

export function setThread(id: string, thread: Thread): void {
  store.set({ threads: { ...store.get().threads, [id]: thread } });
}

export function changeThread(id: string, change: (thread: Thread) => Thread): void {
  const thread = store.get().threads[id];
  if (thread) setThread(id, change(thread));
}

/** The latest messages of a conversation. */
export async function load(id: string): Promise<void> {
  store.set({ broken: without(store.get().broken, id) });
  const known = store.get().conversations.find((c) => c.id === id)?.last_message_no ?? 0;
  try {
    const thread = firstPage(await messages(id, `before=${(known || 1e9) + 1}&limit=${PAGE}`), PAGE);
    setThread(id, { ...thread, synced: Math.max(thread.synced, known) });
    await catchUp(id);
  } catch (error) {
    refusalOf(error);
    store.set({ broken: { ...store.get().broken, [id]: true } });
  }
}

export async function loadEarlier(id: string): Promise<void> {
  const first = store.get().threads[id]?.items[0]?.no;
  if (!first) return;
  const page = await messages(id, `before=${first}&limit=${PAGE}`);
  changeThread(id, (now) => earlierPage(now, page, PAGE));
}

/** Loads known messages again: one was recalled, or the addresses of attachments ran out. */
export async function reload(id: string, after: number, limit: number): Promise<void> {
  if (!store.get().threads[id]) return;
  const page = await messages(id, `after=${after}&limit=${limit}`);
  changeThread(id, (now) => page.items.reduce(withMessage, now));
}

/** Loads all known messages of a conversation again. */
export const reloadAll = (id: string): Promise<void> =>
  reload(id, (store.get().threads[id]?.items[0]?.no ?? 1) - 1, 200);

/** Fetches everything after what is known; asked again meanwhile, it looks once more. */
export function catchUp(id: string): Promise<void> {
  return (catching[id] = (catching[id] ?? Promise.resolve()).then(() => fetchLater(id)));
}

async function fetchLater(id: string): Promise<void> {
  for (let full = true; full;) {
    const thread = store.get().threads[id];
    if (!thread) return;
    let page: MessagePage;
    try {
      page = await messages(id, `after=${thread.synced}&limit=${CATCH_UP}`);
    } catch (error) {
      refusalOf(error);
      return; // The next event or reconnection asks again.
    }
    changeThread(id, (now) => laterPage(now, page));
    if (page.items.some((m) => m.author.kind === "user" || m.author.kind === "bot"))
      setTyping({ conversation_id: id, name: null, on: false });
    looked();
    full = page.items.length >= CATCH_UP;
  }
}

/** Everything that is on screen, after too much was missed to name it. */
export function catchUpAll(): void {
  refreshSoon();
  for (const id of Object.keys(store.get().threads)) if (!isNew(id)) void catchUp(id);
}

/** Reads the list of conversations again, once for several events that come together. */
export function refreshSoon(): void {
  clearTimeout(listTimer);
  listTimer = window.setTimeout(() => void refreshList(), GATHER);
}

async function refreshList(): Promise<void> {
  let items: Conversation[];
  try {
    ({ items } = await api.json<{ items: Conversation[] }>("GET", "/widget/conversations"));
  } catch (error) {
    refusalOf(error);
    return; // As above.
  }
  const before = new Map(store.get().conversations.map((c) => [c.id, c.last_message_no]));
  store.set({ conversations: items });
  looked();
  showUnread();
  items.filter((c) => c.unread > 0 && c.last_message_no > (before.get(c.id) ?? 0)).forEach(announce);
}

export function setConversation(conversation: Conversation): void {
  const all = store.get().conversations;
  const known = all.some((c) => c.id === conversation.id);
  store.set({
    conversations: known ? all.map((c) => (c.id === conversation.id ? conversation : c)) : [conversation, ...all],
  });
  showUnread();
}

/** The visitor looks at the widget: what is in view counts as read. */
export function looked(): void {
  const { open, threads, conversations } = store.get();
  const id = viewed(store.get());
  const thread = id && threads[id];
  const conversation = conversations.find((c) => c.id === id);
  if (!open || document.hidden || !id || !thread || !conversation) return;
  const no = Math.max(lastReceived(thread), conversation.read_no);
  if (no === conversation.read_no && !conversation.unread) return;
  setConversation({ ...conversation, read_no: no, unread: 0 });
  // Reading on tells it again, so a lost call does no harm.
  void api.json("POST", `${path(id)}/read`, { no }).catch(() => null);
}

export function showUnread(): void {
  const count = store.get().conversations.reduce((sum, c) => sum + c.unread, 0);
  const label = words().unread(count);
  if (label === told) return;
  told = label;
  host.post({ t: "unread", count, label });
}

/** Sound, title and bubble for what arrives while nobody looks at it. */
function announce(conversation: Conversation): void {
  const { config, open, muted } = store.get();
  const last = conversation.last_message;
  if (!config || !last || last.author === "contact" || last.author === "system") return;
  const t = words();
  const name = conversation.agent?.name || config.brand_name;
  host.post({ t: "event", name: "message", data: { conversation_id: conversation.id } });
  if (open && !document.hidden && viewed(store.get()) === conversation.id) return;
  if (config.sound && !muted) beep();
  if (document.hidden) host.post({ t: "notice", text: t.newMessage(name) });
  if (!open) host.post({ t: "bubble", name, text: stripMessage(last.preview) || `[${t.file}]` });
}

export async function recall(id: string, message: Message): Promise<void> {
  try {
    await api.json("POST", `${path(id)}/messages/${message.id}/recall`);
    changeThread(id, (thread) =>
      withMessage(thread, { ...message, recalled: true, body: "", attachments: [], quote: null }),
    );
  } catch (error) {
    toast(refusalOf(error).code === "recall_too_late" ? words().recallLate : words().actionFailed);
  }
}

/** The customer ends the conversation. */
export async function end(id: string): Promise<void> {
  try {
    await api.json("POST", `${path(id)}/close`);
    refreshSoon();
    await catchUp(id);
  } catch (error) {
    refusalOf(error);
    toast(words().actionFailed);
  }
}
