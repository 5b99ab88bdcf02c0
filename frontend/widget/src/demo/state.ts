import { CUSTOMERS, type Customer, type Words } from "./catalog";
import { TEXTS, type Language } from "./texts";

/** What the widget's loader offers to the page. */
interface HeardApi {
  identify(identity: { external_id: string; hash: string; name: string; email: string }): void;
  track(name: string, properties?: Record<string, unknown>): void;
  open(): void;
  setLocale(locale: string): void;
  reset(): void;
}

const LANGUAGE = "qinghe.language";
const CUSTOMER = "qinghe.customer";
const CART = "qinghe.cart";

function kept(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // Without storage the shop forgets between pages; nothing else.
  }
}

const parameters = new URLSearchParams(location.search);
const wished = parameters.get("lang") ?? kept(LANGUAGE) ?? navigator.language;

export const shop = {
  language: (/^zh/i.test(wished) ? "zh-CN" : "en") as Language,
  customer: CUSTOMERS.find((c) => c.external_id === kept(CUSTOMER)) ?? (null as Customer | null),
  cart: Number(kept(CART) ?? 0),
  /** Whether the chat was told who the customer is. */
  vouched: false,
};

export const say = (words: Words): string => words[shop.language];
export const text = (key: keyof typeof TEXTS): string => say(TEXTS[key]);
export const money = (yuan: number): string => `¥${yuan.toLocaleString("zh-CN")}`;

/** Calls the widget now, or as soon as it is there: the queue that the loader takes over. */
export function heard<K extends keyof HeardApi>(method: K, ...args: Parameters<HeardApi[K]>): void {
  const holder = window as unknown as { Heard?: { push(call: unknown[]): void } };
  (holder.Heard ??= [] as unknown as { push(call: unknown[]): void }).push([method, ...args]);
}

export function setLanguage(language: Language): void {
  shop.language = language;
  keep(LANGUAGE, language);
  heard("setLocale", language);
}

export function addToCart(product: string, price: number): void {
  shop.cart++;
  keep(CART, String(shop.cart));
  heard("track", "cart_add", { product, price });
}

async function sign(secret: string, externalId: string): Promise<string> {
  const bytes = (value: string) => new TextEncoder().encode(value);
  const key = await crypto.subtle.importKey("raw", bytes(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", key, bytes(externalId));
  return Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function signIn(customer: Customer, secret: string): Promise<void> {
  shop.customer = customer;
  keep(CUSTOMER, customer.external_id);
  const { external_id, name, email } = customer;
  // A browser signs only over HTTPS or on this machine.
  shop.vouched = secret !== "" && "subtle" in crypto;
  if (shop.vouched) heard("identify", { external_id, name, email, hash: await sign(secret, external_id) });
}

export function signOut(): void {
  shop.customer = null;
  shop.vouched = false;
  keep(CUSTOMER, null);
  heard("reset");
}
