import { computed, ref, shallowRef } from "vue";
import type { Locale } from "@/api/types";
import type zh from "@/locales/zh-CN";

/** Paths of all texts, such as `inbox.empty.title`; a key that does not exist does not compile. */
type Path<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Path<T[K]>}` }[keyof T & string];
type Widen<T> = { [K in keyof T]: T[K] extends string ? string : Widen<T[K]> };
export type Texts = Widen<typeof zh>;
export type TextKey = Path<typeof zh>;
export type TextParams = Record<string, string | number>;

const loaders: Record<Locale, () => Promise<{ default: Texts }>> = {
  "zh-CN": () => import("@/locales/zh-CN"),
  en: () => import("@/locales/en"),
};
const stored = "heard.locale";
const texts = shallowRef<Texts>();
const current = ref<Locale>("zh-CN");

/** The language in use; change it with `setLocale`. */
export const locale = computed(() => current.value);

/** The language last used in this browser, else the browser's own. */
export function preferredLocale(): Locale {
  const saved = localStorage.getItem(stored);
  if (saved === "zh-CN" || saved === "en") return saved;
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith("zh")) || !navigator.language.startsWith("en")
    ? "zh-CN"
    : "en";
}

/** Loads the texts of a language and shows everything in it. */
export async function setLocale(next: Locale): Promise<void> {
  texts.value = (await loaders[next]()).default;
  current.value = next;
  localStorage.setItem(stored, next);
  document.documentElement.lang = next;
}

function find(key: string): string | undefined {
  let node: unknown = texts.value;
  for (const part of key.split(".")) {
    if (typeof node !== "object" || node === null) return undefined;
    node = (node as Record<string, unknown>)[part];
  }
  return typeof node === "string" ? node : undefined;
}

/** Puts values into `{name}` and picks the singular of `one | many` when `n` is 1. */
export function fill(text: string, params: TextParams = {}): string {
  const forms = text.split(" | ");
  const form = forms.length === 2 ? (params["n"] === 1 ? forms[0] : forms[1]) : text;
  return (form ?? text).replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** The text for a key in the language in use. */
export function t(key: TextKey, params?: TextParams): string {
  return fill(find(key) ?? key, params);
}

/** The text for a key that comes from the server, or the fallback when this console does not know it. */
export function tOr(key: string, fallback: string, params?: TextParams): string {
  const text = find(key);
  return text === undefined ? fallback : fill(text, params);
}
