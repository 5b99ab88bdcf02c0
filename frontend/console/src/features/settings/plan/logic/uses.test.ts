import { expect, it } from "vitest";
import education from "../../../../../../../crates/cases/packs/education.json";
import { complete } from "./blank";
import { usesOf } from "./uses";

const doc = complete(education.plan);

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
