import { texts, type Texts } from "../i18n";
import { Api } from "./api";
import { Host } from "./host";
import type { Keep } from "./keep";
import type { Session } from "./session";
import { initialState, type State } from "./state";
import { Store } from "./store";

// What every part of the app stands on. There is one app per frame, so these are plain values of the module.

/** Unguessable name for a message, a file or a conversation that does not exist yet. */
export function newKey(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const newConversation = (): string => `new:${newKey()}`;

/** Key of the inbox that this widget belongs to. */
export const inbox = new URLSearchParams(location.search).get("inbox") ?? "";
export const host = new Host(window);
export const api = new Api("/api/v1");
export const store = new Store<State>(initialState(host.alone, newConversation()));

/** Set before anything else happens, when the page around the frame has introduced itself. */
export let keep: Keep;
/** What outlives a reload of this tab. */
export let tab: Keep;
export let session: Session;

export function equip(ownKeep: Keep, ownTab: Keep, ownSession: Session): void {
  keep = ownKeep;
  tab = ownTab;
  session = ownSession;
  api.credentials = ownSession;
}

/** The texts in the visitor's language. */
export const words = (): Texts => texts(store.get().locale);

/** Says something in passing. */
export function toast(text: string): void {
  store.set({ toast: text });
  setTimeout(() => store.get().toast === text && store.set({ toast: null }), 4000);
}
