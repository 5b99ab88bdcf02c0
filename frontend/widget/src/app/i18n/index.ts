import { cleanName, type Locale } from "@heard/shared";
import type { Texts } from "./zh";

export type { Texts };

const loaded: Partial<Record<Locale, Texts>> = {};

/** Fetches the texts of a language: a visitor loads the own one only. */
export async function loadTexts(locale: Locale): Promise<void> {
  loaded[locale] ??= locale === "en" ? (await import("./en")).en : (await import("./zh")).zh;
}

/** The texts of a language that was loaded. */
export const texts = (locale: Locale): Texts => loaded[locale] as Texts;

/** A system line in the customer's words; null for what is of no concern to the customer. */
export function systemLine(t: Texts, code: string, params: Record<string, unknown>): string | null {
  const name = (key: string): string => cleanName(String(params[key] ?? ""));
  switch (code) {
    case "opened":
    case "reopened":
    case "closed":
    case "offline_form":
      return t.sys[code];
    case "assigned":
      return t.sys.assigned(name("assignee"));
    case "transferred":
      return t.sys.transferred(name("to"));
    case "queue_position":
      return t.sys.queue_position(Number(params["position"] ?? 0));
    default:
      return null;
  }
}
