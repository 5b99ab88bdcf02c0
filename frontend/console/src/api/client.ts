import { locale, t } from "@/lib/i18n";
import type { Id, Json, Page, Problem } from "./types";

/** One field's complaint of a `validation_failed` answer. */
interface FieldError {
  field: string;
  code: string;
  message: string;
}

/** What the server refused, or why it could not be reached, in words for the reader. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly params: Record<string, Json>;
  readonly requestId: string | undefined;
  readonly errors: FieldError[];
  /** Seconds after which another try makes sense. */
  readonly retryAfter: number | undefined;

  constructor(problem: Partial<Problem> & { code: string; status: number; title: string }, retryAfter?: number) {
    super(problem.detail ?? problem.title);
    this.name = "ApiError";
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail ?? undefined;
    this.params = problem.params ?? {};
    this.requestId = problem.request_id;
    this.errors = problem.errors ?? [];
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may succeed later without anyone changing anything. */
  get retriable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** The complaint about one field, if there is one. */
  field(name: string): string | undefined {
    return this.errors.find((error) => error.field === name)?.message;
  }
}

export type Query = Record<string, string | number | boolean | null | undefined | readonly string[]>;

interface RequestOptions {
  query?: Query;
  body?: unknown;
  /** The version the change is based on. */
  version?: number;
  /** Lets a creating call be repeated safely. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

let csrfToken: string | undefined;
let onSignedOut: (() => void) | undefined;

/** The token that every changing call must carry; part of `Me`. */
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

/** What to do when the server no longer knows the session. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler;
}

/** A key for one intended creation, kept over its repetitions. Over plain HTTP browsers have no `randomUUID`. */
export function newKey(): string {
  if ("randomUUID" in crypto) return crypto.randomUUID();
  const random = (crypto as Crypto).getRandomValues(new Uint8Array(16));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Keys for what a person sends until it works: the same content goes under the same key, other content under a new one. */
export function steadyKey(): (content: unknown) => string {
  let key = "";
  let sent: string | undefined;
  return (content) => {
    const now = JSON.stringify(content);
    if (now !== sent) key = newKey();
    sent = now;
    return key;
  };
}

/** The address of an API path with its query. */
export function apiUrl(path: string, query?: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === null || value === undefined || value === "") continue;
    search.set(name, Array.isArray(value) ? value.join(",") : String(value));
  }
  const text = search.toString();
  return `/api/v1${path}${text ? `?${text}` : ""}`;
}

export function attachmentUrl(id: Id, thumbnail = false): string {
  return apiUrl(`/attachments/${id}${thumbnail ? "/thumbnail" : ""}`);
}

async function problemOf(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get("Retry-After")) || undefined;
  const type = response.headers.get("Content-Type") ?? "";
  if (type.includes("json")) {
    const problem = (await response.json().catch(() => undefined)) as Partial<Problem> | undefined;
    if (problem?.code && problem.title)
      return new ApiError(
        { ...problem, code: problem.code, title: problem.title, status: response.status },
        retryAfter,
      );
  }
  return new ApiError(
    {
      code: "unreadable_answer",
      status: response.status,
      title: t("error.server.title"),
      detail: t("error.server.detail", { status: response.status }),
    },
    retryAfter,
  );
}

/** A line can die without a word: no request waits for ever, so that whoever asked can try again. */
function patience(options: RequestOptions): AbortSignal {
  const limit = AbortSignal.timeout(options.body instanceof Blob ? 120_000 : 30_000);
  return options.signal ? AbortSignal.any([options.signal, limit]) : limit;
}

/** Sends a request; an answer that refuses is an `ApiError`. */
async function send(
  method: string,
  path: string,
  options: RequestOptions,
  patient: AbortSignal | undefined,
): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": locale.value,
    ...options.headers,
  };
  let body: BodyInit | undefined;
  if (options.body instanceof Blob) {
    body = options.body;
    headers["Content-Type"] ??= "application/octet-stream";
  } else if (options.body !== undefined) {
    body = JSON.stringify(options.body);
    headers["Content-Type"] = "application/json";
  }
  if (method !== "GET" && csrfToken) headers["X-CSRF-Token"] = csrfToken;
  if (options.version !== undefined) headers["If-Match"] = `"${options.version}"`;
  if (options.idempotencyKey) headers["Idempotency-Key"] = options.idempotencyKey;
  let response: Response;
  try {
    response = await fetch(apiUrl(path, options.query), {
      method,
      headers,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body }),
      ...(patient ? { signal: patient } : {}),
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw unreachable();
  }
  if (!response.ok) {
    const error = await problemOf(response);
    if (error.code === "unauthenticated" || error.code === "session_expired") onSignedOut?.();
    throw error;
  }
  return response;
}

const unreachable = () =>
  new ApiError({
    code: "unreachable",
    status: 0,
    title: t("error.unreachable.title"),
    detail: t("error.unreachable.detail"),
  });

/** Sends a request and gives the answer's JSON; everything else is an `ApiError`. */
export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, options, patience(options));
  if (response.status === 204 || response.headers.get("Content-Length") === "0") return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** The name under which the server wants an answer to be saved. */
export function fileName(disposition: string | null, usual: string): string {
  const full = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  if (full) return decodeURIComponent(full);
  return /filename="([^"]+)"/i.exec(disposition ?? "")?.[1] ?? usual;
}

/** Fetches a file that the server makes. Tells how much of it has come, from 0 to 1, once it comes. */
export async function fetchFile(
  path: string,
  query: Query,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<{ name: string; blob: Blob }> {
  const response = await send("GET", path, { query, headers: { Accept: "*/*" } }, signal);
  const whole = Number(response.headers.get("Content-Length"));
  const parts: BlobPart[] = [];
  let come = 0;
  const reader = response.body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      parts.push(part.value);
      come += part.value.byteLength;
      if (whole) progress(Math.min(1, come / whole));
    }
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw unreachable();
  }
  const type = response.headers.get("Content-Type") ?? "application/octet-stream";
  return { name: fileName(response.headers.get("Content-Disposition"), "download"), blob: new Blob(parts, { type }) };
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    request<T>("GET", path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) }),
  post: <T>(path: string, body?: unknown, options: RequestOptions = {}) =>
    request<T>("POST", path, { ...options, ...(body === undefined ? {} : { body }) }),
  put: <T>(path: string, body?: unknown, options: RequestOptions = {}) =>
    request<T>("PUT", path, { ...options, ...(body === undefined ? {} : { body }) }),
  patch: <T>(path: string, body: unknown, options: RequestOptions = {}) =>
    request<T>("PATCH", path, { ...options, body }),
  delete: <T = void>(path: string, options: RequestOptions = {}) => request<T>("DELETE", path, options),
};

/** All items of a list that is known to be short, such as roles or tags. */
export async function all<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await api.get<Page<T>>(path, { limit: 200, ...query, cursor }, signal);
    items.push(...page.items);
    cursor = page.next_cursor ?? null;
  } while (cursor && items.length < 5000);
  return items;
}
