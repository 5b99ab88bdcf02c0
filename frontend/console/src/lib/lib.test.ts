import { beforeAll, describe, expect, it, vi } from "vitest";
import { initials } from "@heard/shared";
import { formatBytes } from "./format";

const storage = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => storage.get(key) ?? null,
  setItem: (key: string, value: string) => storage.set(key, value),
});
vi.stubGlobal("document", { documentElement: {}, addEventListener() {}, removeEventListener() {}, hidden: false });

describe("texts", () => {
  it("fills in values and chooses the singular", async () => {
    const { fill } = await import("./i18n");
    expect(fill("{n} item | {n} items", { n: 1 })).toBe("1 item");
    expect(fill("{n} item | {n} items", { n: 3 })).toBe("3 items");
    expect(fill("你好，{name}", { name: "王芳" })).toBe("你好，王芳");
    expect(fill("{unknown}", {})).toBe("{unknown}");
  });

  it("uses the same values in both languages", async () => {
    const names = (node: unknown, path = ""): string[] =>
      typeof node === "string"
        ? [`${path} ${[...new Set(node.match(/\{\w+\}/g) ?? [])].sort().join("")}`]
        : Object.entries(node as object).flatMap(([key, value]) => names(value, `${path}.${key}`));
    const zh = names((await import("@/locales/zh-CN")).default);
    const en = names((await import("@/locales/en")).default);
    expect(en).toEqual(zh);
  });
});

describe("times", () => {
  const at = "2026-09-20T08:00:00.000Z";
  beforeAll(async () => (await import("./i18n")).setLocale("zh-CN"));

  it("are written as each language does", async () => {
    const time = await import("./time");
    expect(time.formatDateTime(at, "zh-CN", "Asia/Shanghai")).toBe("2026-09-20 周日 16:00");
    expect(time.formatDateTime(at, "en", "Asia/Shanghai")).toBe("Sun 20 Sep 2026, 16:00");
    expect(time.formatFull(at, "zh-CN", "Asia/Shanghai")).toBe("2026-09-20 周日 16:00:00 Asia/Shanghai (GMT+8)");
  });

  it("are relative within a day only", async () => {
    const time = await import("./time");
    const now = new Date(at).getTime();
    expect(time.formatRelative(at, now + 20_000, "zh-CN", "UTC")).toBe("刚刚");
    expect(time.formatRelative(at, now + 180_000, "zh-CN", "UTC")).toBe("3 分钟前");
    expect(time.formatRelative(at, now + 7_200_000, "zh-CN", "UTC")).toBe("2 小时前");
    expect(time.formatRelative(at, now + 172_800_000, "zh-CN", "UTC")).toBe("2026-09-20 周日 08:00");
    expect(time.formatDuration(7_800_000)).toBe("2 小时 10 分");
    expect(time.formatDuration(45_000)).toBe("45 秒");
  });
});

describe("keys", () => {
  it("name what was pressed", async () => {
    const { pressed } = await import("./keyboard");
    const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
    expect(pressed({ ...none, key: "K", ctrlKey: true })).toBe("mod+k");
    expect(pressed({ ...none, key: "?", shiftKey: true })).toBe("?");
    expect(pressed({ ...none, key: "Enter", ctrlKey: true, shiftKey: true })).toBe("mod+shift+Enter");
  });

  it("find sequences before single keys", async () => {
    const { match } = await import("./keyboard");
    const shortcut = (keys: string) => ({
      keys,
      label: "nav.inbox" as const,
      group: "keys.go" as const,
      run: () => {},
    });
    const all = [shortcut("i"), shortcut("g i"), shortcut("j")];
    expect(match(all, "", "g")).toEqual({ begins: true });
    expect(match(all, "g", "i").hit?.keys).toBe("g i");
    expect(match(all, "", "i").hit?.keys).toBe("i");
    expect(match(all, "g", "j").hit?.keys).toBe("j");
  });
});

it("shortens names and sizes", () => {
  expect(initials("王芳")).toBe("芳");
  expect(initials("Ada Lovelace")).toBe("AL");
  expect(formatBytes(1536)).toBe("1.5 KB");
  expect(formatBytes(20 * 1024 * 1024)).toBe("20 MB");
});

describe("fields of time", () => {
  it("show an instant in the person's zone and come back to it", async () => {
    const { fromInput, toInput } = await import("./time");
    expect(toInput("2026-09-20T08:00:00.000Z", "Asia/Shanghai")).toBe("2026-09-20T16:00");
    expect(fromInput("2026-09-20T16:00", "Asia/Shanghai")).toBe("2026-09-20T08:00:00.000Z");
    expect(fromInput("2026-07-01T09:30", "America/New_York")).toBe("2026-07-01T13:30:00.000Z");
    expect(fromInput("", "Asia/Shanghai")).toBeNull();
    expect(toInput(null)).toBe("");
  });
});
