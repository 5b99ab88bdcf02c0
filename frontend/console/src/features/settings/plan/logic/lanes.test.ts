import { expect, it } from "vitest";
import { lanesOf } from "./lanes";
import type { Doc, DocClock, DocFlow } from "./model";

const stage = (kind: string) => ({ key: kind, kind, name: { zh: "", en: "" } });
const flow = {
  key: "f",
  name: { zh: "", en: "" },
  stages: ["record", "handle", "tell"].map(stage),
} as unknown as DocFlow;
const clock = (key: string, start: object, stop: object, types: string[] = []) =>
  ({ key, start, stop, when: { case_types: types } }) as unknown as DocClock;
const plan = {
  case_types: [
    { key: "complaint", flow: "f" },
    { key: "enquiry", flow: "other" },
  ],
  clocks: [
    clock("record", { on: "received" }, { on: "stage_done", stage: "record" }),
    clock("tell", { on: "stage_done", stage: "handle" }, { on: "archived" }, ["complaint"]),
    clock("answer", { on: "received" }, { on: "archived" }, ["enquiry"]),
    clock("accept", { on: "received" }, { on: "stage_done", stage: "accept" }),
    clock("gap", { on: "stage_done", stage: "record" }, { on: "stage_begun", stage: "handle" }),
  ],
} as unknown as Doc;

it("puts clocks under the stages they span", () => {
  expect(lanesOf(plan, flow).map(({ clock: { key }, from, to, index }) => [key, from, to, index])).toEqual([
    ["record", 1, 2, 0],
    ["tell", 3, 4, 1],
    ["gap", 2, 3, 4],
  ]);
});
