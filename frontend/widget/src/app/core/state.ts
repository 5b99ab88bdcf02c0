import type { Locale } from "@heard/shared";
import type { Outgoing } from "./outbox";
import type { Thread } from "./thread";
import type { Attachment, Config, Contact, Conversation } from "./types";

/**
 * Where the visitor is. `conversation` may be a `new:…` that does not exist yet; `since` is what it was called when they came, so that
 * nothing is drawn anew, and no file dialog loses its field, when it becomes a conversation.
 */
export type View = { name: "home" } | { name: "form" | "offline" | "thread"; conversation: string; since?: string };

/** A file on its way into a message. */
export interface DraftFile {
  key: string;
  name: string;
  size: number;
  /** When the file was changed last: with name and size it tells whether it is the same. */
  modified: number;
  /** 0–1. */
  share: number;
  state: "uploading" | "waiting" | "done" | "failed";
  /** The upload at the server. */
  upload: string | null;
  error: string | null;
  attachment: Attachment | null;
  /** Object URL of an image, for its thumbnail. */
  image: string | null;
}

/** What is being written in one conversation. */
export interface Draft {
  body: string;
  quote: Outgoing["quote"];
  files: DraftFile[];
  form: Record<string, unknown> | null;
  /** Send was pressed while files were still on their way. */
  armed: boolean;
}

export const emptyDraft: Draft = { body: "", quote: null, files: [], form: null, armed: false };

/** Everything that is on screen. */
export interface State {
  phase: "starting" | "ready" | "unavailable" | "blocked";
  config: Config | null;
  locale: Locale;
  contact: Contact | null;
  conversations: Conversation[];
  threads: Record<string, Thread>;
  /** Threads that could not be loaded. */
  broken: Record<string, true>;
  outbox: Outgoing[];
  view: View;
  open: boolean;
  /** Alone in a tab instead of in a frame of a page. */
  alone: boolean;
  phone: boolean;
  insets: [number, number];
  /** State of the live connection; null while there is none to keep. */
  live: boolean | null;
  network: boolean;
  /** Who writes, by conversation; the name may be unknown. */
  typing: Record<string, string>;
  drafts: Record<string, Draft>;
  /** The `new:…` under which the next new conversation is written. */
  fresh: string;
  muted: boolean;
  identified: boolean;
  toast: string | null;
}

export const initialState = (alone: boolean, fresh: string): State => ({
  phase: "starting",
  config: null,
  locale: "zh-CN",
  contact: null,
  conversations: [],
  threads: {},
  broken: {},
  outbox: [],
  view: { name: "home" },
  open: alone,
  alone,
  phone: alone,
  insets: [0, 0],
  live: null,
  network: navigator.onLine,
  typing: {},
  drafts: {},
  fresh,
  muted: false,
  identified: false,
  toast: null,
});

/** Id of the conversation in view, if any. */
export const viewed = (state: Readonly<State>): string | null =>
  state.view.name === "thread" ? state.view.conversation : null;

/** Drafts under the names that their conversations have now; what was written under both is kept. */
export function moveDrafts(drafts: Record<string, Draft>, now: (id: string) => string): Record<string, Draft> {
  const moved: Record<string, Draft> = {};
  for (const [id, draft] of Object.entries(drafts)) {
    const there = moved[now(id)];
    moved[now(id)] = there
      ? {
          body: [there.body, draft.body].filter((body) => body.trim()).join("\n"),
          quote: there.quote ?? draft.quote,
          files: [...there.files, ...draft.files],
          form: there.form ?? draft.form,
          armed: false,
        }
      : draft;
  }
  return moved;
}

/** A new map without the key. */
export function without<T>(map: Record<string, T>, key: string): Record<string, T> {
  const { [key]: _, ...rest } = map;
  return rest;
}
