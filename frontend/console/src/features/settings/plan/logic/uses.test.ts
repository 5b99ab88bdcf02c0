import { expect, it } from "vitest";
import education from "../../../../../../../crates/cases/packs/education.json";
import { complete } from "./blank";
import { usesOf } from "./uses";

const doc = complete(education.plan);

it("finds what intake rules name", () => {
  const rule = {
    key: "r",
    name: { zh: "投诉" },
    when: { words: ["投诉"] },
    then: { case_type: "complaint", category: "feature" },
  };
  const withRule = complete({ ...education.plan, intake: [rule] });
  expect(withRule.intake[0]).toEqual({
    key: "r",
    name: { zh: "投诉", en: "" },
    when: { inbox_ids: [], words: ["投诉"], tags: [] },
    then: { case_type: "complaint", category: "feature", severity: null },
  });
  for (const [section, key] of [
    ["case_types", "complaint"],
    ["categories", "feature"],
  ] as const)
    expect(usesOf(withRule, section, key).some((use) => use.section === "intake")).toBe(true);
});

it("finds who names a thing", () => {
  const department = usesOf(doc, "departments", "service");
  expect(department.some((use) => use.path.startsWith("categories["))).toBe(true);
  expect(department.some((use) => use.path.startsWith("alarms["))).toBe(true);
  expect(usesOf(doc, "escalations", "handling").every((use) => use.section === "clocks")).toBe(true);
  expect(usesOf(doc, "categories", "feature").some((use) => use.section === "views")).toBe(true);
  expect(usesOf(doc, "views", "routing").length).toBeGreaterThan(2);
  expect(usesOf(doc, "flows", "complaint").map((use) => use.section)).toContain("case_types");
  expect(usesOf(doc, "severities", "nothing")).toEqual([]);
});
