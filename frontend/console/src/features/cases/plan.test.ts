import { describe, expect, it } from "vitest";
import type { PlanCategory, PlanFieldDef } from "@/api/types";
import { fieldsFor, isWithin, planText, rankOf, treeOf } from "./plan";

const name = (zh: string) => ({ zh, en: "" });
const categories: PlanCategory[] = [
  { key: "product", name: name("产品") },
  { key: "service", name: name("服务") },
  { key: "slow", parent: "product", name: name("慢") },
  { key: "crash", parent: "slow", name: name("崩溃") },
] as PlanCategory[];

describe("plan", () => {
  it("reads a tree from top to bottom", () => {
    expect(treeOf(categories).map((item) => [item.node.key, item.depth, item.leaf])).toEqual([
      ["product", 0, false],
      ["slow", 1, false],
      ["crash", 2, true],
      ["service", 0, true],
    ]);
    expect(treeOf(categories)[2]?.path).toEqual(["产品", "慢", "崩溃"]);
  });
  it("keeps a node whose parent is gone", () => {
    expect(treeOf([{ key: "a", parent: "gone", name: name("甲") }]).length).toBe(1);
  });
  it("knows what lies below a category", () => {
    expect(isWithin({ categories }, "crash", "product")).toBe(true);
    expect(isWithin({ categories }, "service", "product")).toBe(false);
    expect(isWithin({ categories }, null, "product")).toBe(false);
  });
  it("gives the fields of a type and a category", () => {
    const fields = [
      { key: "all", kind: "text", name: name("a") },
      { key: "refund", kind: "text", name: name("b"), case_types: ["refund"] },
      { key: "crash", kind: "text", name: name("c"), categories: ["slow"] },
    ] as PlanFieldDef[];
    expect(fieldsFor({ categories, fields }, "refund", "service").map((field) => field.key)).toEqual(["all", "refund"]);
    expect(fieldsFor({ categories, fields }, "complaint", "crash").map((field) => field.key)).toEqual(["all", "crash"]);
    expect(fieldsFor({ categories, fields }, null, null).map((field) => field.key)).toEqual(["all"]);
  });
  it("takes the other language when one is missing", () => {
    expect(planText({ zh: "甲", en: "" }, "en")).toBe("甲");
    expect(planText({ zh: "甲", en: "A" }, "en")).toBe("A");
  });
  it("ranks levels", () => {
    expect(rankOf([{ key: "a" }, { key: "b" }], "b")).toBe(1);
    expect(rankOf(undefined, "b")).toBe(-1);
  });
});
