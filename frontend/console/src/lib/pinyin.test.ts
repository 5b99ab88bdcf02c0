import { expect, it } from "vitest";
import { pinyinInitials } from "./pinyin";

it("gives the letters that syllables begin with", () => {
  expect(
    ["设置", "首页", "收件箱", "工单", "客户", "班组", "审计记录", "标签", "预案", "邮件", "安全"].map(pinyinInitials),
  ).toEqual(["sz", "sy", "sjx", "gd", "kh", "bz", "sjjl", "bq", "ya", "yj", "aq"]);
});

it("keeps other letters and leaves out what is no letter", () => {
  expect(pinyinInitials("API 令牌（个人）")).toBe("apilpgr");
  expect(pinyinInitials("Settings")).toBe("settings");
});
