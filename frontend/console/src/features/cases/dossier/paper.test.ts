import { expect, it } from "vitest";
import { paper } from "./paper";

it("finds the rules for the sheet of paper, with what stands in its margins", () => {
  const page = '@page { size: A4; margin: 16mm; @bottom-right { content: counter(page) " / " counter(pages); } }';
  expect(paper(`p { margin: 0; }\n@media print {\n  ${page}\n  nav { break-after: page; }\n}`)).toBe(page);
  expect(paper("p { margin: 0; }")).toBe("");
});
