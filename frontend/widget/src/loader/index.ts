import type { Identity, ToApp, ToHost } from "../protocol";
import { page, titleNotice, watchPage } from "./page";
import { View } from "./view";

type Listener = (data: unknown) => void;
type Call = [method: string, ...args: unknown[]];

function start(script: HTMLScriptElement, waiting: Call[]): void {
  const inbox = script.dataset.inbox ?? "";
  const { origin } = new URL(script.src);
  const prefix = `heard:${inbox}:`;
  const listeners: Record<string, Set<Listener>> = {};
  const queue: ToApp[] = [];
  const notice = titleNotice();
  let live = false;
  let openWhenReady = false;

  const view = new View(`${origin}/widget/app?inbox=${encodeURIComponent(inbox)}`, (open) => {
    shown();
    emit(open ? "open" : "close", null);
  });
  const app = () => view.frame.contentWindow;
  const post = (message: ToApp) => {
    if (live) app()?.postMessage(message, origin);
    else queue.push(message);
  };
  const shown = () => post({ t: "shown", open: view.open, phone: view.isPhone(), insets: view.insets() });
  const emit = (name: string, data: unknown) => listeners[name]?.forEach((listener) => listener(data));

  view.frame.onload = () => {
    live = true;
    post({ t: "hello", page: page(), locale: script.dataset.locale ?? null, store: stored(prefix) });
    shown();
    queue.splice(0).forEach(post);
  };
  addEventListener("message", (event: MessageEvent<ToHost>) => {
    if (event.origin !== origin || event.source !== app()) return;
    const message = event.data;
    switch (message?.t) {
      case "face":
        view.wear(message.face);
        if (openWhenReady) view.toggle(true);
        openWhenReady = false;
        return;
      case "open":
      case "close":
        return view.toggle(message.t === "open");
      case "unread":
        view.unread(message.count, message.label);
        return emit("unread", message.count);
      case "bubble":
        return view.showBubble(message.name, message.text);
      case "notice":
        return notice(message.text);
      case "event":
        return emit(message.name, message.data);
      case "store":
        return store(prefix + message.key, message.value);
      case "warn":
        console.warn(`Heard: ${message.text}`);
    }
  });
  addEventListener("resize", shown);
  watchPage(() => post({ t: "page", page: page() }));

  const api = {
    identify: (identity: Identity) => post({ t: "identify", identity: plain(identity) }),
    track: (name: string, props: Record<string, unknown> = {}) => post({ t: "track", name, props: plain(props) }),
    open: () => {
      openWhenReady = !view.ready;
      view.toggle(true);
    },
    close: () => {
      openWhenReady = false;
      view.toggle(false);
    },
    on: (name: string, listener: Listener) => {
      (listeners[name] ??= new Set()).add(listener);
      return () => void listeners[name]?.delete(listener);
    },
    setLocale: (locale: string) => post({ t: "locale", locale }),
    reset: () => post({ t: "reset" }),
    push: ([method, ...args]: Call) =>
      (api as unknown as Record<string, (...args: unknown[]) => unknown>)[method]?.(...args),
  };
  (window as unknown as { Heard: typeof api }).Heard = api;
  waiting.forEach(api.push);
  dispatchEvent(new Event("heard:ready"));
}

/** Only what survives JSON crosses to the frame: no functions, no DOM. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** The app's own storage may be blocked in a frame of another site; then it is kept here. */
function stored(prefix: string): Record<string, string> {
  const found: Record<string, string> = {};
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) found[key.slice(prefix.length)] = localStorage[key];
    }
  } catch {
    // Storage is blocked here too: the visit lasts as long as the page.
  }
  return found;
}

function store(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // As above.
  }
}

const script = (document.currentScript ?? document.querySelector("script[data-inbox]")) as HTMLScriptElement | null;
const existing = (window as unknown as { Heard?: Call[] | { push: unknown; open?: unknown } }).Heard;
if (script?.dataset.inbox && !(existing && "open" in existing)) {
  const waiting = Array.isArray(existing) ? existing : [];
  // Claims the name before the page is ready, so that a second tag finds it taken.
  const claim = { open: () => waiting.push(["open"]), push: (call: Call) => waiting.push(call) };
  Object.assign(window, { Heard: claim });
  if (document.body) start(script, waiting);
  else addEventListener("DOMContentLoaded", () => start(script, waiting));
}
