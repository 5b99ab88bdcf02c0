import "vue";
import { afterEach, beforeAll, expect, it, vi } from "vitest";

const storage = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => storage.get(key) ?? null,
  setItem: (key: string, value: string) => storage.set(key, value),
});
vi.stubGlobal("document", { documentElement: {} });
const { api, ApiError, apiUrl, fetchFile, fileName, setCsrfToken, whenSignedOut } = await import("./client");
beforeAll(async () => (await import("@/lib/i18n")).setLocale("zh-CN"));
afterEach(() => setCsrfToken(undefined));

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  const fetched = vi.fn(
    async (_url: string, _init: RequestInit) =>
      new Response(body === undefined ? null : JSON.stringify(body), {
        status,
        headers: { "Content-Type": status < 400 ? "application/json" : "application/problem+json", ...headers },
      }),
  );
  vi.stubGlobal("fetch", fetched);
  return fetched;
}
const caught = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error("no ApiError");
  return error;
};

it("leaves empty values out of the address", () => {
  expect(apiUrl("/users", { q: "王 芳", state: null, team_id: undefined, limit: 50, cursor: "" })).toBe(
    "/api/v1/users?q=%E7%8E%8B+%E8%8A%B3&limit=50",
  );
});

it("sends language, version, key and, on changes only, the CSRF token", async () => {
  const fetched = answer(200, { id: "1" });
  setCsrfToken("secret");
  await api.patch("/roles/1", { name: "x" }, { version: 3, idempotencyKey: "k" });
  const sent = fetched.mock.calls[0]?.[1].headers as Record<string, string>;
  expect(sent).toMatchObject({
    "Accept-Language": "zh-CN",
    "X-CSRF-Token": "secret",
    "If-Match": '"3"',
    "Idempotency-Key": "k",
  });
  await api.get("/roles");
  expect(fetched.mock.calls[1]?.[1].headers).not.toHaveProperty("X-CSRF-Token");
});

it("turns a problem into words and fields", async () => {
  answer(422, {
    code: "validation_failed",
    title: "请检查填写的内容",
    detail: "有 1 处需要修改。",
    request_id: "r",
    errors: [{ field: "email", code: "invalid", message: "邮箱格式不对。" }],
  });
  const error = await caught(api.post("/users", {}));
  expect([error.code, error.field("email"), error.field("name"), error.requestId, error.retriable]).toEqual([
    "validation_failed",
    "邮箱格式不对。",
    undefined,
    "r",
    false,
  ]);
});

it("knows when to try again", async () => {
  answer(429, { code: "rate_limited", title: "请求过于频繁" }, { "Retry-After": "12" });
  const error = await caught(api.get("/users"));
  expect([error.retryAfter, error.retriable]).toEqual([12, true]);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
  expect((await caught(api.get("/users"))).code).toBe("unreachable");
});

it("tells when the session is over, but not when a password is wrong", async () => {
  const gone = vi.fn();
  whenSignedOut(gone);
  answer(401, { code: "credentials_invalid", title: "邮箱或密码不对" });
  await caught(api.post("/session", {}));
  expect(gone).not.toHaveBeenCalled();
  answer(401, { code: "unauthenticated", title: "请先登录" });
  await caught(api.get("/me"));
  expect(gone).toHaveBeenCalledOnce();
});

it("reads an answer without content", async () => {
  answer(204, undefined);
  expect(await api.delete("/sessions/1")).toBeUndefined();
});

it("fetches a file with its name and tells how far it is", async () => {
  const seen: number[] = [];
  const bytes = new TextEncoder().encode("0123456789");
  vi.stubGlobal(
    "fetch",
    async () =>
      new Response(bytes, {
        headers: {
          "Content-Length": "10",
          "Content-Type": "application/zip",
          "Content-Disposition": 'attachment; filename="T-1-dossier.zip"',
        },
      }),
  );
  const { name, blob } = await fetchFile(
    "/cases/x/dossier",
    {},
    (share) => seen.push(share),
    new AbortController().signal,
  );
  expect([name, blob.size, blob.type, seen.at(-1)]).toEqual(["T-1-dossier.zip", 10, "application/zip", 1]);
});

it("tells why a file is refused", async () => {
  answer(422, { code: "table_too_long", title: "表格太长", status: 422 });
  const error = await caught(fetchFile("/case_export", {}, () => {}, new AbortController().signal));
  expect(error.code).toBe("table_too_long");
});

it("reads the name of a file from its disposition", () => {
  expect(fileName("attachment; filename=\"_.zip\"; filename*=UTF-8''%E5%8D%B7%E5%AE%97.zip", "x")).toBe("卷宗.zip");
  expect(fileName(null, "x")).toBe("x");
});
