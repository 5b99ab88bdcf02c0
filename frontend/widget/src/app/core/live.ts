import { keep, session, store } from "./context";
import { outbox } from "./delivery";
import { Realtime, type RealtimeEvent, type TypingFrame } from "./realtime";
import { without } from "./state";
import { startSession } from "./widget";
import { catchUp, catchUpAll, changeThread, looked, refreshSoon, reload, showUnread } from "./threads";

// The live connection and what it brings.

const TYPING_FADES = 8_000;

let realtime: Realtime | null = null;
const typingTimers: Record<string, number> = {};

/** Follows the network and the attention of the visitor. */
export function watchLine(): void {
  addEventListener("online", () => {
    store.set({ network: true });
    outbox.wake();
    realtime?.wake();
  });
  addEventListener("offline", () => {
    store.set({ network: false });
    realtime?.lost();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    realtime?.wake();
    looked();
  });
}

/** The session stands: go live from `seq` on and deliver what waits. */
export function goLive(seq: number): void {
  showUnread();
  if (!realtime) {
    const url = new URL("/api/v1/widget/realtime", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const state = (live: boolean) => {
      if (live && store.get().live === false) outbox.wake();
      store.set({ live });
    };
    const connect = () => new WebSocket(url);
    const token = () => session.token();
    const port = {
      connect,
      token,
      event: receive,
      typing: setTyping,
      resync: catchUpAll,
      state,
      refused: () => void startSession(),
      random: Math.random,
    };
    realtime = new Realtime(port, seq);
    realtime.start();
  }
  void outbox.run();
  catchUpAll();
}

/** Tells the team that the visitor writes. */
export function tellTyping(conversation: string, on: boolean, preview: string | null): void {
  realtime?.send({ type: "typing", conversation_id: conversation, on, preview });
}

/** Ends the connection: another token, or none. */
export function hangUp(): void {
  realtime?.stop();
  realtime = null;
  store.set({ live: null });
}

/** Ends the connection and drops what has not been sent: another person goes on from here. */
export function forgetDelivery(): void {
  hangUp();
  for (const item of outbox.items()) outbox.discard(item.key);
  keep.set("opened", null);
}

function receive({ kind, data }: RealtimeEvent): void {
  const id = String(data["conversation_id"] ?? "");
  const no = Number(data["no"] ?? 0);
  if (kind === "conversation.read") {
    return changeThread(id, (thread) => ({ ...thread, agentReadNo: Math.max(thread.agentReadNo, no) }));
  }
  if (kind === "message.recalled") void reload(id, no - 1, 1).catch(() => null);
  else if (store.get().threads[id]) void catchUp(id);
  refreshSoon();
}

/** Somebody of the team begins or stops to write; a lost "stops" fades by itself. */
export function setTyping({ conversation_id: id, name, on }: TypingFrame): void {
  clearTimeout(typingTimers[id]);
  if (!on && !(id in store.get().typing)) return;
  const typing = without(store.get().typing, id);
  if (on) {
    typing[id] = name ?? "";
    typingTimers[id] = window.setTimeout(() => setTyping({ conversation_id: id, name, on: false }), TYPING_FADES);
  }
  store.set({ typing });
}
