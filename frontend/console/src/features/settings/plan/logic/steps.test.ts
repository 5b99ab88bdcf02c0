import { expect, it } from "vitest";
import { stateWords, stepsFor, stepWords, type Situation } from "./steps";

const now = (part: Partial<Situation>): Situation => ({
  state: "draft",
  mayEdit: true,
  mayApprove: true,
  mayAlone: false,
  own: false,
  dirty: false,
  problems: 0,
  ...part,
});

it("offers what comes next and says what stands in the way", () => {
  expect(stepsFor(now({}))).toEqual([{ step: "submit" }]);
  expect(stepsFor(now({ dirty: true, problems: 2 }))).toEqual([{ step: "submit", obstacle: "unsaved" }]);
  expect(stepsFor(now({ problems: 2 }))).toEqual([{ step: "submit", obstacle: "problems" }]);
  expect(stepsFor(now({ mayEdit: false }))).toEqual([]);
  expect(stepsFor(now({ state: "active" }))).toEqual([]);
  expect(stepsFor(now({ state: "retired" }))).toEqual([{ step: "activate" }]);
});

it("needs four eyes, except for an administrator, who is told", () => {
  expect(stepsFor(now({ state: "review" }))).toEqual([{ step: "approve" }, { step: "send_back" }]);
  expect(stepsFor(now({ state: "review", own: true }))[0]).toEqual({ step: "approve", obstacle: "own" });
  expect(stepsFor(now({ state: "review", own: true, mayAlone: true }))[0]).toEqual({ step: "approve", alone: true });
  expect(stepsFor(now({ state: "review", mayApprove: false }))).toEqual([]);
});

it("promises no new cases while the plan is not the default", () => {
  expect(stepWords("activate", false)).toEqual({ what: "plan.what.activate", after: "plan.after.activate" });
  expect(stepWords("activate", true)).toEqual({ what: "plan.aside.activate", after: "plan.aside.activated" });
  expect(stepWords("approve", true).what).toBe("plan.what.approve");
  expect(stateWords("active", true)).toBe("plan.aside.activeText");
  expect(stateWords("active", false)).toBe("plan.stateText.active");
  expect(stateWords("retired", true)).toBe("plan.stateText.retired");
});
