import { describe, expect, it } from "vitest";
import { rowsOf } from "./rows";

describe("lines of the dossier", () => {
  it("leaves out what nobody wrote", () => {
    expect(rowsOf([["事实", "闪退"], ["影响", "  "], ["结论", null], ["措施", undefined]])).toEqual([{ label: "事实", value: "闪退" }]);
  });
});
