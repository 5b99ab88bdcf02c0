import { describe, expect, it } from "vitest";
import { gapsIn, lacking, segments } from "./gaps";

describe("gaps of a notice", () => {
  it("are what stands between braces, but for the link", () => {
    expect(gapsIn("您好 {{?}}，{{due.handle}} 前答复，进展见 {{progress.url}}")).toEqual(["{{?}}", "{{due.handle}}"]);
    expect(gapsIn("全都写好了")).toEqual([]);
  });
  it("cut a text", () => {
    expect(segments("a{{?}}b{{ progress.url }}")).toEqual([
      { text: "a", kind: "words" },
      { text: "{{?}}", kind: "gap" },
      { text: "b", kind: "words" },
      { text: "{{ progress.url }}", kind: "link" },
    ]);
    expect(segments("")).toEqual([]);
  });
  it("keep a notice from going, like a mandatory part without words", () => {
    const parts = [
      { key: "a", mandatory: true },
      { key: "b", mandatory: false },
      { key: "c", mandatory: true },
    ];
    expect(lacking(parts, { a: " ", b: "", c: "see {{?}}" })).toEqual({ a: "empty", c: "gaps" });
    expect(lacking(parts, { a: "x", c: "y" })).toEqual({});
  });
});
