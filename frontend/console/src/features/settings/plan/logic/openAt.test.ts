import { expect, it } from "vitest";
import { indexIn } from "./openAt";

it("finds the place that a path names", () => {
  expect(indexIn("clocks[12].policy.days", "clocks")).toBe(12);
  expect(indexIn("flows[1].stages[3].kind", "flows[1].stages")).toBe(3);
  expect(indexIn("clocks", "clocks")).toBeUndefined();
  expect(indexIn("case_types[0]", "types")).toBeUndefined();
});
