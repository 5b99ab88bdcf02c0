import { expect, test } from "vitest";
import { byRule, stillThere } from "./still";

test("what was taken out of the text is no longer shown, and each word once", () => {
  const found = [
    { rule: "cold", words: "不知道" },
    { rule: "jargon", words: "API" },
    { rule: "jargon", words: "api" },
    { rule: "slang", words: "亲" },
  ];
  expect(stillThere(found, "不知道，API，api").map((one) => one.words)).toEqual(["不知道", "API"]);
  expect(stillThere(found, "")).toEqual([]);
});

test("the words of a rule stand together", () => {
  const one = (rule: string, words: string) => ({ rule, words, name: rule, advice: "" });
  expect(
    byRule([one("cold", "不知道"), one("slang", "亲"), one("cold", "急什么")]).map((rule) => [rule.key, rule.words]),
  ).toEqual([
    ["cold", ["不知道", "急什么"]],
    ["slang", ["亲"]],
  ]);
});
