import { onActivated, onDeactivated, onScopeDispose, shallowReactive } from "vue";
import type { TextKey } from "./i18n";

/** A key, a combination (`mod+k`, `shift+a`) or a sequence (`g i`) and what it does. */
export interface Shortcut {
  keys: string;
  label: TextKey;
  run: (event: KeyboardEvent) => void;
  /** Shown under this heading in the list of keys. */
  group: TextKey;
  /** Also while typing; only combinations with Ctrl or ⌘ may. */
  typing?: boolean;
  when?: () => boolean;
}

const registry = shallowReactive(new Set<Shortcut>());
const sequencePause = 1000;
let pending = "";
let pendingAt = 0;

export const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** All keys that work now, for the list of keys. */
export function activeShortcuts(): Shortcut[] {
  return [...registry].filter((shortcut) => shortcut.when?.() ?? true);
}

/** Whether the element takes text, so that single keys must not act. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target.getAttribute("role") === "textbox" ||
    target.getAttribute("role") === "combobox"
  )
    return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return (
    target instanceof HTMLInputElement &&
    !["button", "checkbox", "radio", "range", "color", "submit", "reset", "file"].includes(target.type)
  );
}

/** The name of what was pressed: `mod+shift+k`, `?`, `j`. */
export function pressed(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const letter = /^[a-z]$/.test(key) || key.length > 1;
  return [mod ? "mod+" : "", event.altKey ? "alt+" : "", event.shiftKey && letter ? "shift+" : "", key].join("");
}

/** The shortcut for what was pressed, or whether a sequence has begun with it. */
export function match(
  shortcuts: readonly Shortcut[],
  before: string,
  key: string,
): { hit?: Shortcut; begins: boolean } {
  const sequence = before ? `${before} ${key}` : key;
  const hit =
    shortcuts.findLast((shortcut) => shortcut.keys === sequence) ??
    shortcuts.findLast((shortcut) => shortcut.keys === key);
  return { ...(hit ? { hit } : {}), begins: shortcuts.some((shortcut) => shortcut.keys.startsWith(`${key} `)) };
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || ["Shift", "Control", "Meta", "Alt"].includes(event.key)) return;
  const key = pressed(event);
  const typing = isTyping(event.target);
  // One that fades out is closed already.
  const inDialog = document.querySelector(
    ":is([role=dialog], [role=alertdialog], [role=menu]):not([data-state=closed])",
  );
  const usable = activeShortcuts().filter((shortcut) => (shortcut.typing ? true : !typing && inDialog === null));
  const before = Date.now() - pendingAt < sequencePause ? pending : "";
  pending = "";
  const { hit, begins } = match(usable, before, key);
  if (hit) {
    event.preventDefault();
    hit.run(event);
  } else if (begins) {
    pending = key;
    pendingAt = Date.now();
  }
}

/** Begins to listen; called once by the application. */
export function listenToKeys(): void {
  window.addEventListener("keydown", onKey);
}

/** Registers keys while the calling component is shown. */
export function useShortcuts(shortcuts: Shortcut[]): void {
  const add = () => shortcuts.forEach((shortcut) => registry.add(shortcut));
  const remove = () => shortcuts.forEach((shortcut) => registry.delete(shortcut));
  add();
  onActivated(add);
  onDeactivated(remove);
  onScopeDispose(remove);
}

/** How keys are shown: `⌘ K` or `Ctrl K`, `g` `i`. */
export function keyCaps(keys: string): string[] {
  return keys.split(" ").flatMap((step) =>
    step.split("+").map((part) => {
      const named: Record<string, string> = {
        mod: isMac ? "⌘" : "Ctrl",
        shift: "⇧",
        alt: isMac ? "⌥" : "Alt",
        Enter: "↵",
        Escape: "Esc",
        ArrowUp: "↑",
        ArrowDown: "↓",
      };
      return named[part] ?? (part.length === 1 ? part.toUpperCase() : part);
    }),
  );
}
