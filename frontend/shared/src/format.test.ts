import { describe, expect, it } from "vitest";
import { clockTime, dayLabel, formatBytes, fullTime, pickLocale, relativeTime } from "./index";

const ZONE = "Asia/Shanghai";
const now = "2026-09-20T08:00:00.000Z"; // Sunday 16:00 in Shanghai

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [812, "812 B"],
    [1024, "1 KB"],
    [1536, "1.5 KB"],
    [1_048_575, "1 MB"],
    [5 * 1024 * 1024, "5 MB"],
    [123_456_789, "118 MB"],
    [-1, "0 B"],
  ])("%i", (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe("times", () => {
  it.each([
    ["2026-09-20T07:59:30.000Z", "刚刚", "just now"],
    ["2026-09-20T07:57:00.000Z", "3 分钟前", "3 min ago"],
    ["2026-09-20T02:30:00.000Z", "5 小时前", "5 h ago"],
    ["2026-09-19T12:30:00.000Z", "昨天 20:30", "Yesterday 20:30"],
    ["2026-09-01T12:30:00.000Z", "9 月 1 日", "1 Sep"],
    ["2025-12-31T12:30:00.000Z", "2025-12-31", "31 Dec 2025"],
    ["2026-09-20T09:30:00.000Z", "17:30", "17:30"],
  ])("relative %s", (at, zh, en) => {
    expect(relativeTime(at, now, "zh-CN", ZONE)).toBe(zh);
    expect(relativeTime(at, now, "en", ZONE)).toBe(en);
  });

  it("is relative across midnight within the hour", () => {
    expect(relativeTime("2026-09-19T15:50:00.000Z", "2026-09-19T16:10:00.000Z", "zh-CN", ZONE)).toBe("20 分钟前");
  });

  it.each([
    ["2026-09-19T16:00:00.000Z", "今天", "Today"],
    ["2026-09-19T15:59:59.000Z", "昨天", "Yesterday"],
    ["2026-09-10T00:00:00.000Z", "9 月 10 日 周四", "Thu 10 Sep"],
    ["2025-09-10T00:00:00.000Z", "2025 年 9 月 10 日 周三", "Wed 10 Sep 2025"],
  ])("day %s", (at, zh, en) => {
    expect(dayLabel(at, now, "zh-CN", ZONE)).toBe(zh);
    expect(dayLabel(at, now, "en", ZONE)).toBe(en);
  });

  it("in full and by the clock", () => {
    expect(fullTime(now, "zh-CN", ZONE)).toBe("2026-09-20 周日 16:00");
    expect(fullTime(now, "en", ZONE)).toBe("Sun 20 Sep 2026, 16:00");
    expect(clockTime("2026-09-19T16:05:00.000Z", ZONE)).toBe("00:05");
  });
});

describe("pickLocale", () => {
  it.each([
    [["zh-TW"], "zh-CN"],
    [["en-GB"], "en"],
    [[null, "fr", "zh"], "zh-CN"],
    [["fr"], "en"],
    [[], "zh-CN"],
  ] as const)("%j", (wishes, locale) => expect(pickLocale(...wishes)).toBe(locale));
});
