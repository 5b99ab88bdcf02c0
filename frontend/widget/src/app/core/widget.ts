import { pickLocale, type Locale } from "@heard/shared";
import type { Identity, Page, ToApp } from "../../protocol";
import { loadTexts } from "../i18n";
import { ApiError, refusalOf } from "./api";
import { accentOf } from "./colour";
import { forgetDrafts, restoreDrafts } from "./compose";
import { api, equip, host, inbox, keep, newConversation, session, store, words } from "./context";
import { outbox, resumeDelivery } from "./delivery";
import { faceCss, faceIcons } from "./face";
import { Keep, ownStorage } from "./keep";
import { forgetDelivery, goLive, hangUp, watchLine } from "./live";
import { Session } from "./session";
import { unlockSound } from "./sound";
import { looked, show, showUnread } from "./threads";
import type { Config, SessionAnswer } from "./types";

// The course of things: the page introduces itself, settings, session, and what the page asks for.

const CONFIG_FRESH = 60_000;
const PAGE_SETTLE = 2_000;
const GREET_AGAIN = 24 * 3_600_000;

let wish: string | null = null;
let configAt = 0;
let pageTimer = 0;
let greetTimer = 0;
let begun = false;

/** Waits for the page around the frame; without one it begins by itself. */
export function start(): void {
  host.listen(hear);
  if (host.alone) begin({ url: location.href, referrer: document.referrer, title: document.title }, {}, null);
}

/** Reads the settings again if they are old: hours change while a page stays open. */
export async function refreshConfig(force = false): Promise<void> {
  if (!force && Date.now() - configAt < CONFIG_FRESH) return;
  const asked = wish ?? navigator.language;
  const locale = /^(zh|en)\b/i.test(asked) ? pickLocale(asked) : null;
  const query = locale ? `?locale=${locale}` : "";
  const config = await api.open<Config>("GET", `/widget/${encodeURIComponent(inbox)}/config${query}`);
  configAt = Date.now();
  await speak(locale ?? config.locale);
  store.set({ config, phase: store.get().phase === "blocked" ? "blocked" : "ready" });
  showFace();
  const opens = config.next_open_at ? Date.parse(config.next_open_at) - Date.now() : 0;
  if (!config.open && opens > 0 && opens < 86_400_000) setTimeout(() => void tryConfig(), opens + 1000);
}

export function close(): void {
  host.post({ t: "close" });
}

export function setMuted(muted: boolean): void {
  keep.set("muted", muted || null);
  store.set({ muted });
}

function hear(message: ToApp): void {
  if (message.t !== "hello" && !begun) return;
  switch (message.t) {
    case "hello":
      if (!begun) begin(message.page, message.store, message.locale);
      return;
    case "page":
      return movedTo(message.page);
    case "shown":
      return shown(message.open, message.phone, message.insets);
    case "identify":
      return void identify(message.identity);
    case "track":
      return void track(message.name, message.props);
    case "locale":
      wish = message.locale;
      return void tryConfig();
    case "reset":
      forget();
      session.forget();
      store.set({ identified: false });
  }
}

function begin(page: Page, saved: Record<string, string>, locale: string | null): void {
  begun = true;
  wish = locale;
  const keepIn = (storage: Storage | null) =>
    new Keep(`heard:${inbox}:`, storage, saved, (key, value) => host.post({ t: "store", key, value }));
  const own = ownStorage();
  const ownKeep = keepIn(own);
  equip(ownKeep, own ? keepIn(sessionStorage) : ownKeep, new Session(api, inbox, ownKeep, welcome));
  session.page = page;
  store.set({ muted: keep.get<boolean>("muted") ?? false });
  resumeDelivery();
  restoreDrafts();
  watchLine();
  unlockSound();
  void tryConfig().then(greet);
}

async function tryConfig(failures = 0): Promise<void> {
  try {
    await refreshConfig(true);
  } catch (thrown) {
    const error = refusalOf(thrown);
    if (error.passing) {
      await new Promise((done) => setTimeout(done, Math.min(60_000, 2000 * 2 ** failures)));
      return tryConfig(failures + 1);
    }
    host.post({ t: "warn", text: `${error.message} (inbox ${inbox})` });
    await speak(pickLocale(wish ?? navigator.language));
    return store.set({ phase: "unavailable" });
  }
  if (failures === 0 || !store.get().contact) await resume();
}

/** A returning visitor, or one with words still unsent, is connected at once; others only when they write. */
async function resume(): Promise<void> {
  if (store.get().contact) return;
  if (session.kept || session.identity || outbox.items().length) await startSession();
}

/** Begins or renews the session, as long as it takes. */
export async function startSession(): Promise<void> {
  try {
    await session.begin();
  } catch (thrown) {
    const error = refusalOf(thrown);
    if (error.code === "contact_blocked") {
      hangUp();
      store.set({ phase: "blocked" });
    } else if (error.code.startsWith("identity_")) refuseIdentity(error);
    else if (error.passing) setTimeout(() => void startSession(), 5000);
  }
}

function welcome(answer: SessionAnswer): void {
  const before = store.get().contact;
  if (before && before.id !== answer.contact.id) {
    if (before.identified) forget();
    else hangUp(); // The host page has told who it is: the line must be that person's.
  }
  store.set({ contact: answer.contact, conversations: answer.conversations, identified: answer.contact.identified });
  goLive(answer.realtime_seq);
}

async function identify(identity: Identity): Promise<void> {
  if (!identity.hash) return refuseIdentity(new ApiError(0, "identity_invalid", null, {}, [], "hash is missing"));
  const previous = session.identity?.external_id;
  if (previous && previous !== identity.external_id) forget();
  session.identity = identity;
  if (store.get().contact) await startSession();
  else if (store.get().config) await resume();
}

function refuseIdentity(error: ApiError): void {
  session.identity = null;
  host.post({ t: "warn", text: `identify: ${error.message}` });
  host.post({ t: "event", name: "error", data: { code: error.code } });
  void resume();
}

async function track(name: string, properties: Record<string, unknown>): Promise<void> {
  try {
    await api.json("POST", "/widget/track", { name, properties, page_url: session.page.url });
  } catch (thrown) {
    const error = refusalOf(thrown);
    host.post({ t: "warn", text: `track: ${error.message}` });
  }
}

/** Nothing of the person before may be left for the next. */
function forget(): void {
  forgetDelivery();
  store.set({
    contact: null,
    conversations: [],
    threads: {},
    drafts: {},
    typing: {},
    view: { name: "home" },
    fresh: newConversation(),
  });
  forgetDrafts();
  showUnread();
}

function movedTo(page: Page): void {
  session.page = page;
  clearTimeout(pageTimer);
  if (store.get().contact) pageTimer = window.setTimeout(() => void startSession(), PAGE_SETTLE);
}

function shown(open: boolean, phone: boolean, insets: [number, number]): void {
  const was = store.get().open;
  store.set({ open, phone, insets });
  if (!open || was) return;
  clearTimeout(greetTimer);
  keep.set("greeted", Date.now());
  void refreshConfig().catch(() => null);
  const { view, conversations } = store.get();
  const unread = conversations.find((c) => c.unread > 0);
  // Whoever opens the panel because of a message wants to read it.
  if (view.name === "home" && unread) void show(unread.id);
  else looked();
}

function greet(): void {
  const { config, open, conversations } = store.get();
  const delay = config?.greeting_delay_seconds;
  const recently = Date.now() - (keep.get<number>("greeted") ?? 0) < GREET_AGAIN;
  if (!config || delay === null || delay === undefined || !config.greeting || open || recently || conversations.length)
    return;
  greetTimer = window.setTimeout(() => {
    keep.set("greeted", Date.now());
    host.post({ t: "bubble", name: config.brand_name, text: config.greeting });
  }, delay * 1000);
}

async function speak(locale: Locale): Promise<void> {
  await loadTexts(locale).catch(() => {
    throw new ApiError(0, "unreachable");
  });
  api.locale = locale;
  session.locale = locale;
  document.documentElement.lang = locale;
  store.set({ locale });
}

function showFace(): void {
  const { config } = store.get();
  if (!config) return;
  const accent = accentOf(config.color);
  const { title, open, close } = words();
  document.title = `${config.brand_name} · ${title}`;
  const face = {
    color: accent.color,
    onColor: accent.on,
    side: config.position,
    open,
    close,
    title,
    css: faceCss,
    icons: faceIcons,
  };
  host.post({ t: "face", face });
  showUnread();
}
