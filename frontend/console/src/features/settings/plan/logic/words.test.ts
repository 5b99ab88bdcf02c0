import { beforeAll, expect, it } from "vitest";
import { setLocale } from "@/lib/i18n";
import { blank } from "./blank";
import type { Doc } from "./model";
import { fieldText } from "./words";

beforeAll(async () => {
  globalThis.localStorage ??= { setItem: () => {}, getItem: () => null } as unknown as Storage;
  globalThis.document ??= { documentElement: {} } as unknown as Document;
  await setLocale("en");
});

const name = (en: string) => ({ zh: "", en });
const plan = {
  departments: [blank.department("tech", name("Technical department"))],
  flows: [{ ...blank.flow("usual", name("Usual")), stages: [blank.stage("h", name("Handle"), "handle")] }],
  clocks: [],
  priorities: [{ severities: [], urgencies: [], priority: "low" }],
} as unknown as Doc;

it("tells where something stands by what it is called", () => {
  expect(fieldText(plan, "departments[0].team_id")).toBe("Departments › Technical department › Team");
  expect(fieldText(plan, "content.flows[0].stages[0].name.en")).toBe(
    "Flows › Usual › Stages › Handle › Name › English",
  );
  expect(fieldText(plan, "clocks")).toBe("Clocks");
});

it("counts what has no name, and survives what is gone", () => {
  expect(fieldText(plan, "priorities[0].severities[0]")).toBe("Priority › Entry 1 › Severities › Entry 1");
  expect(fieldText(plan, "departments[7].team_id")).toBe("Departments › Entry 8 › Team");
  expect(fieldText(plan, "clocks[2].policy.days")).toBe("Clocks › Entry 3 › Limit › Working days");
  expect(fieldText(plan, "")).toBe("");
});
