import { describe, expect, it } from "vitest";
import type { CannedReply } from "@/api/types";
import { acceptsKind, applyFormat, findCanned, mentionsIn, triggerAt, unfilled } from "./text";

describe("what is typed before the caret", () => {
  it("opens canned replies after a slash that stands alone", () => {
    expect(triggerAt("/th", 3, false)).toMatchObject({ kind: "canned", word: "th", from: 0 });
    expect(triggerAt("您好 /", 4, false)).toMatchObject({ kind: "canned", word: "", from: 3 });
    expect(triggerAt("https://a", 9, false)).toBeUndefined();
    expect(triggerAt("1/2", 3, false)).toBeUndefined();
  });

  it("opens colleagues after @ in notes only", () => {
    expect(triggerAt("请看@李", 4, true)).toMatchObject({ kind: "mention", word: "李", from: 2 });
    expect(triggerAt("请看@李", 4, false)).toBeUndefined();
    expect(triggerAt("a@b.cn", 6, true)).toBeUndefined();
  });
});

it("puts formats around a selection and takes them away", () => {
  const bold = applyFormat("say this", 4, 8, "bold", "");
  expect(bold).toEqual({ text: "say **this**", from: 6, to: 10 });
  expect(applyFormat(bold.text, bold.from, bold.to, "bold", "")).toEqual({ text: "say this", from: 4, to: 8 });
  expect(applyFormat("a\nb", 0, 3, "list", "").text).toBe("- a\n- b");
  const link = applyFormat("", 0, 0, "link", "文字");
  expect(link.text).toBe("[文字](https://)");
  expect(link.text.slice(link.from, link.to)).toBe("https://");
});

it("finds who is mentioned, the longer name first", () => {
  const people = [
    { id: "1", name: "李雷" },
    { id: "2", name: "李雷明" },
    { id: "3", name: "Ada Lovelace" },
  ];
  expect(mentionsIn("@李雷明 看一下，@Ada Lovelace 也是", people)).toEqual(["2", "3"]);
  expect(mentionsIn("李雷", people)).toEqual([]);
});

it("finds canned replies by shortcut, words, pinyin and initials", () => {
  const reply = (shortcut: string, title: string, pinyin: string, initials: string, use_count = 0) =>
    ({ id: shortcut, shortcut, title, body: "", pinyin, initials, use_count }) as unknown as CannedReply;
  const all = [
    reply("tk", "退款说明", "tui kuan shuo ming", "tksm"),
    reply("hi", "问候", "wen hou", "wh", 9),
    reply("wl", "物流查询", "wu liu cha xun", "wlcx"),
  ];
  const ids = (word: string) => findCanned(all, word).map((item) => item.id);
  expect(ids("tk")).toEqual(["tk"]);
  expect(ids("wuliu")).toEqual(["wl"]);
  expect(ids("wlc")).toEqual(["wl"]);
  expect(ids("问")).toEqual(["hi"]);
  expect(ids("")).toEqual(["hi", "tk", "wl"]);
  expect(ids("zzz")).toEqual([]);
});

it("knows which kinds of files an inbox takes", () => {
  expect(acceptsKind([], "image/png")).toBe(true);
  expect(acceptsKind(["image/*", "application/pdf"], "image/png")).toBe(true);
  expect(acceptsKind(["image/*"], "application/zip")).toBe(false);
  expect(acceptsKind(["image/*"], "")).toBe(true);
});

describe("a variable that nobody filled in", () => {
  it("is found with its place, the first one", () => {
    expect(unfilled("好的，{{ contact.name }}，{{organization}}")).toEqual({ name: "contact.name", from: 3, to: 21 });
  });

  it("is none where only braces or other words stand", () => {
    expect(unfilled("{{ toString }} {contact.name} {{}}")).toBeUndefined();
  });
});
