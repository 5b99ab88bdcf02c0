import { stripMessage } from "@heard/shared";
import { ApiError } from "./api";
import { isNew } from "./outbox";
import { findLost, recalled, remembered } from "./remembered";
import { emptyDraft, without, type Draft, type DraftFile } from "./state";
import type { Attachment, Message, Upload } from "./types";
import { uploadFile, type UploadPort } from "./uploads";
import { api, keep, newConversation, newKey, session, store, tab, words } from "./context";
import { outbox } from "./delivery";
import { tellTyping } from "./live";
import { current } from "./threads";

// What is being written: drafts, files, and the sign that somebody writes.

const TYPING_EVERY = 2_500;
const PREVIEW_EVERY = 900;
const TYPING_ENDS = 4_000;
const MAX_FILES = 10;

const stops = new Map<string, AbortController>();
const sources = new Map<string, File>();
/** Thumbnails of images that were sent, until the server's are there. */
const images = new Map<string, string>();
let typingAt = 0;
let typingIn: string | null = null;
let typingTimer = 0;
let previewTimer = 0;
let saveTimer = 0;

/** Takes up what was being written before the page was loaded. */
export function restoreDrafts(): void {
  const drafts: Record<string, Draft> = {};
  // What was begun in a conversation that never came to be goes into the next new one.
  const now = (id: string) => (isNew(id) ? store.get().fresh : id);
  for (const [id, body] of Object.entries(keep.get<Record<string, string>>("drafts") ?? {})) {
    drafts[now(id)] = { ...emptyDraft, body };
  }
  for (const [id, files] of Object.entries(tab.get<Record<string, DraftFile[]>>("files") ?? {})) {
    drafts[now(id)] = { ...emptyDraft, ...drafts[now(id)], files: files.map(recalled) };
  }
  store.set({ drafts });
  addEventListener("pagehide", saveDrafts);
}

export function draftOf(id: string): Draft {
  return store.get().drafts[id] ?? emptyDraft;
}

/** Whether the bytes of a file went when the page was loaded anew. */
export const isLost = (file: DraftFile): boolean => !sources.has(file.key);

export function imageOf(attachment: Attachment): string | null {
  return images.get(attachment.id) ?? null;
}

export function changeDraft(id: string, patch: Partial<Draft>): void {
  store.set({ drafts: { ...store.get().drafts, [id]: { ...draftOf(id), ...patch } } });
  clearTimeout(saveTimer);
  saveTimer = window.setTimeout(saveDrafts, 400);
}

export function write(id: string, body: string): void {
  changeDraft(id, { body, armed: false });
  writing(id, body);
}

export function quote(id: string, message: Message): void {
  const t = words();
  const author = message.author.mine ? t.you : message.author.name || store.get().config?.brand_name || t.someone;
  const preview = stripMessage(message.body, 80) || (message.attachments[0]?.name ?? "");
  changeDraft(id, { quote: { id: message.id, no: message.no, author_name: author, preview } });
}

/** Sends what is written, or as soon as its files have arrived. */
export function send(id: string, offline = false): void {
  const draft = draftOf(id);
  const body = draft.body.trim();
  const usable = draft.files.filter((file) => file.state !== "failed");
  if (!body && !usable.length) return;
  if (usable.some((file) => !file.attachment)) return changeDraft(id, { armed: true });
  for (const file of usable) if (file.image && file.attachment) images.set(file.attachment.id, file.image);
  stopTyping();
  outbox.add({
    key: newKey(),
    conversation: current(id),
    body,
    attachments: usable.map((file) => file.attachment as Attachment),
    quote: draft.quote,
    form: draft.form,
    offline,
    pageUrl: session.page.url,
    at: new Date().toISOString(),
    refused: null,
  });
  store.set({
    drafts: without(store.get().drafts, id),
    fresh: id === store.get().fresh ? newConversation() : store.get().fresh,
  });
  saveDrafts();
}

export function addFiles(chosenIn: string, files: Iterable<File>): void {
  // A file dialog may be open while the conversation comes to be.
  const id = current(chosenIn);
  for (const file of files) {
    const before = draftOf(id).files;
    const lost = findLost(before.filter(isLost), file);
    const others = before.filter((other) => other !== lost);
    if (others.length >= MAX_FILES) return;
    const image = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/.test(file.type) ? URL.createObjectURL(file) : null;
    const entry: DraftFile = {
      key: newKey(),
      name: file.name || "image.png",
      size: file.size,
      modified: file.lastModified,
      share: 0,
      state: "uploading",
      error: null,
      attachment: null,
      image,
      upload: lost?.upload ?? null,
    };
    changeDraft(id, { files: [...others, entry], armed: false });
    sources.set(entry.key, file);
    void upload(id, entry.key, entry.upload);
  }
}

export async function upload(id: string, key: string, begun?: string | null): Promise<void> {
  const t = words();
  const file = sources.get(key);
  if (!file) return;
  const limit = store.get().config?.max_attachment_mb ?? Infinity;
  if (file.size > limit * 1024 * 1024) return changeFile(key, { state: "failed", error: t.tooLarge(limit) });
  if (!file.size) return changeFile(key, { state: "failed", error: t.emptyFile });
  const stop = new AbortController();
  stops.set(key, stop);
  changeFile(key, { state: "uploading", error: null });
  try {
    const attachment = await uploadFile(
      file,
      port(id, key, stop.signal),
      (share, waiting) => changeFile(key, { share, state: waiting ? "waiting" : "uploading" }),
      stop.signal,
      begun,
    );
    changeFile(key, { state: "done", share: 1, attachment });
    sources.delete(key);
    sendArmed(key);
  } catch (error) {
    if (stop.signal.aborted) return;
    const refused = error instanceof ApiError ? error : null;
    const own: Record<string, string> = {
      attachment_too_large: t.tooLarge(limit),
      attachment_kind_refused: t.kindRefused,
    };
    changeFile(key, { state: "failed", error: own[refused?.code ?? ""] ?? refused?.message ?? t.uploadFailed });
  } finally {
    stops.delete(key);
  }
}

export function removeFile(id: string, key: string): void {
  stops.get(key)?.abort();
  sources.delete(key);
  const gone = draftOf(id).files.find((file) => file.key === key);
  if (gone?.image) URL.revokeObjectURL(gone.image);
  changeDraft(id, { files: draftOf(id).files.filter((file) => file.key !== key) });
}

/** Stops what is on its way and forgets what is no longer there. */
export function forgetDrafts(): void {
  stops.forEach((stop) => stop.abort());
  saveDrafts();
  keep.set("form", null);
}

/** Where a file is now: its conversation may have got its real id meanwhile. */
function whereIs(key: string): string | null {
  return Object.keys(store.get().drafts).find((id) => draftOf(id).files.some((file) => file.key === key)) ?? null;
}

function changeFile(key: string, patch: Partial<DraftFile>): void {
  const id = whereIs(key);
  if (id)
    changeDraft(id, { files: draftOf(id).files.map((file) => (file.key === key ? { ...file, ...patch } : file)) });
}

function sendArmed(key: string): void {
  const id = whereIs(key);
  if (id && draftOf(id).armed) send(id);
}

/** How files of a conversation get to the server. */
export function port(id: string, key: string, signal: AbortSignal): UploadPort {
  return {
    create: async (name, size) => {
      const begun = await api.json<Upload>("POST", "/widget/uploads", {
        name,
        size,
        conversation_id: isNew(id) ? null : id,
      });
      changeFile(key, { upload: begun.id });
      return begun;
    },
    append: (upload, offset, chunk) =>
      api.json<Upload>("PATCH", `/widget/uploads/${upload}`, chunk, { "Upload-Offset": String(offset) }),
    look: (upload) => api.json<Upload>("GET", `/widget/uploads/${upload}`),
    random: Math.random,
    pause: (milliseconds) =>
      new Promise((done) => {
        const timer = setTimeout(done, milliseconds);
        const now = () => (clearTimeout(timer), done());
        addEventListener("online", now, { once: true, signal });
        signal.addEventListener("abort", now, { once: true });
      }),
  };
}

function writing(id: string, body: string): void {
  if (isNew(id)) return;
  if (!body.trim()) return stopTyping();
  clearTimeout(typingTimer);
  typingTimer = window.setTimeout(stopTyping, TYPING_ENDS);
  clearTimeout(previewTimer);
  const preview = store.get().config?.allow_preview ? body.slice(0, 500) : null;
  const wait = typingIn === id ? typingAt + (preview === null ? TYPING_EVERY : PREVIEW_EVERY) - Date.now() : 0;
  const tell = () => {
    typingAt = Date.now();
    typingIn = id;
    tellTyping(id, true, preview);
  };
  if (wait <= 0) tell();
  else if (preview !== null) previewTimer = window.setTimeout(tell, wait); // The last words must be seen, too.
}

function stopTyping(): void {
  clearTimeout(typingTimer);
  clearTimeout(previewTimer);
  if (typingIn) tellTyping(typingIn, false, null);
  typingIn = null;
}

function saveDrafts(): void {
  clearTimeout(saveTimer);
  const bodies = Object.entries(store.get().drafts).filter(([, draft]) => draft.body.trim());
  keep.set("drafts", bodies.length ? Object.fromEntries(bodies.map(([id, draft]) => [id, draft.body])) : null);
  tab.set("files", remembered(store.get().drafts));
}
