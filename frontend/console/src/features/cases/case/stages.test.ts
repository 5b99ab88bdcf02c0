import { expect, it } from "vitest";
import type { FlowStage } from "@/api/types";
import { stageLook } from "./stages";

const stage = (key: string, more: Partial<FlowStage>) =>
  ({ key, current: false, in_row: true, ending: null, ...more }) as FlowStage;
const looks = (stages: FlowStage[]) => stages.map((one) => stageLook(stages, one));

it("shows what lies behind, where the case is and what comes", () => {
  const stages = [
    stage("record", { ending: "done" }),
    stage("classify", { ending: "skipped" }),
    stage("hand-over", { in_row: false }),
    stage("handle", { current: true }),
    stage("tell", {}),
  ];
  expect(looks(stages)).toEqual(["done", "skipped", "gone", "now", "open"]);
});

it("shows stages as ahead that a case that went back comes to again", () => {
  const stages = [
    stage("record", { ending: "done" }),
    stage("handle", { current: true, ending: null }),
    stage("tell", { ending: "done" }),
    stage("archive", { ending: "cut" }),
  ];
  expect(looks(stages)).toEqual(["done", "now", "open", "open"]);
});

it("leaves an archived case as it ended", () => {
  expect(looks([stage("record", { ending: "done" }), stage("tell", { ending: "cut" }), stage("archive", {})])).toEqual([
    "done",
    "skipped",
    "open",
  ]);
});
