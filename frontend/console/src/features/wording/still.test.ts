import { expect, test } from "vitest";
import { stillThere } from "./still";

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
