import { expect, it } from "vitest";
import { classOf, inherited, setClass } from "./classes";
import type { Doc, DocView } from "./model";

const name = { zh: "", en: "" };
const plan = {
  categories: [
    { key: "a", parent: null, department: "product", severity: null },
    { key: "a1", parent: "a", department: null, severity: "severe" },
    { key: "a1x", parent: "a1", department: null, severity: null },
  ],
} as unknown as Doc;
const view = (): DocView => ({
  key: "v",
  name,
  classes: [
    { key: "one", name: { zh: "一", en: "One" }, categories: ["a"] },
    { key: "two", name, categories: [] },
  ],
});

it("finds classes through the nodes above", () => {
  expect(classOf(plan, view(), "a1x")).toMatchObject({ key: "one", own: false });
  expect(classOf(plan, view(), "nothing")).toBeUndefined();
});

it("moves a category from class to class and back to what it inherits", () => {
  const changed = view();
  setClass(changed, "a1", "two");
  setClass(changed, "a1", "two");
  expect(changed.classes.map((one) => one.categories)).toEqual([["a"], ["a1"]]);
  expect(classOf(plan, changed, "a1x")).toMatchObject({ key: "two", own: false });
  setClass(changed, "a1", null);
  expect(classOf(plan, changed, "a1x")?.key).toBe("one");
});

it("tells what is inherited", () => {
  expect(inherited(plan, "a1x", "department")).toBe("product");
  expect(inherited(plan, "a1x", "severity")).toBe("severe");
  expect(inherited(plan, "a", "department")).toBeNull();
});
