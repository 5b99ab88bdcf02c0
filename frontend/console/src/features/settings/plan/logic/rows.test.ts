import { expect, it } from "vitest";
import { condition } from "./blank";
import { lanesOf } from "./lanes";
import type { Doc, DocClock, DocFlow, DocStage } from "./model";
import { goesThrough, kindsOf } from "./rows";

const name = { zh: "", en: "" };
const stage = (key: string, kind: string, classes: string[] = [], except = false) =>
  ({ key, kind, name, when: { ...condition(), classes }, except }) as unknown as DocStage;
const flow = {
  key: "f",
  name,
  stages: [
    stage("record", "record"),
    stage("verify", "examine", ["routing/account"]),
    stage("handle", "handle", ["routing/account"], true),
    stage("act", "handle", ["routing/account"]),
    stage("archive", "archive"),
  ],
} as DocFlow;
const clock = (key: string, classes: string[]) =>
  ({
    key,
    group: "handle",
    enabled: true,
    start: { on: "received" },
    stop: { on: "stage_done", stage: "handle" },
    when: { ...condition(), classes },
  }) as unknown as DocClock;
const plan = {
  case_types: [{ key: "complaint", flow: "f" }],
  categories: [
    { key: "account", parent: null, name },
    { key: "login", parent: "account", name },
    { key: "service", parent: null, name },
  ],
  views: [{ key: "routing", name, classes: [{ key: "account", name, categories: ["account"] }] }],
  clocks: [clock("two", ["routing/account"]), clock("five", [])],
} as unknown as Doc;
const row = (facts: object) => flow.stages.filter((one) => goesThrough(plan, one, facts)).map((one) => one.key);

it("gives each class its own row", () => {
  expect(row({})).toEqual(["record", "handle", "archive"]);
  expect(row({ category: "service" })).toEqual(["record", "handle", "archive"]);
  expect(row({ category: "login" })).toEqual(["record", "verify", "act", "archive"]);
});

it("names the kinds of cases that a flow tells apart", () => {
  expect(kindsOf(plan, flow).map((kind) => kind.value)).toEqual(["unknown", "classes:routing/account"]);
  expect(kindsOf(plan, { ...flow, stages: [flow.stages[0]!] })).toEqual([]);
});

it("puts the clocks of a class under its own stages", () => {
  const lanes = (facts: object | undefined) =>
    lanesOf(plan, flow, facts).map((lane) => `${lane.clock.key} ${lane.from}-${lane.to}`);
  expect(lanes(undefined)).toEqual(["two 1-5", "five 1-5"]);
  expect(lanes({ category: "login" })).toEqual(["two 1-5"]);
  expect(lanes({ category: "service" })).toEqual(["five 1-4"]);
});
