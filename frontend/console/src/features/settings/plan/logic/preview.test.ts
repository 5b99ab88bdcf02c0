import { expect, it } from "vitest";
import { inserted, pieces, variables } from "./preview";

it("shows a text as the customer would read it", () => {
  const text = pieces("{{contact.name}}，您好！{{?}} {{ case.number }} {{nothing}}", "zh-CN");
  expect(text.map((piece) => piece.kind)).toEqual(["example", "text", "gap", "text", "example", "text", "unknown"]);
  expect(text[0]?.text).toBe("王小明");
  expect(pieces("", "en")).toEqual([]);
  for (const name of variables) expect(pieces(`{{${name}}}`, "en")[0]?.kind).toBe("example");
});

it("puts a variable where the cursor is", () => {
  expect(inserted("Dear , hello", { start: 5, end: 5 }, "contact.name")).toEqual({
    text: "Dear {{contact.name}}, hello",
    cursor: 21,
  });
});
