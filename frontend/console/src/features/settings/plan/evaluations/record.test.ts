import { expect, it } from "vitest";
import type { PlanEvaluationView } from "@/api/types";
import { beginWith, toForm, toRequest } from "./record";

it("gives back what it shows", () => {
  const view = {
    kind: "update",
    title: "Half-year update",
    plan_version_id: "v",
    period_from: "2026-01-01",
    period_to: null,
    findings: { purpose: "To see whether it helps" },
    actions: [{ title: "Train", owner: { id: "u" }, due_on: null, done: true, done_on: "2026-09-20", outcome: "Done" }],
  } as unknown as PlanEvaluationView;
  const form = toForm(view);
  expect(form.findings.supervision).toBe("");
  expect(toRequest(form)).toMatchObject({
    kind: "update",
    plan_version_id: "v",
    period_from: "2026-01-01",
    period_to: null,
    findings: { purpose: "To see whether it helps", changes: "" },
    actions: [{ title: "Train", owner_id: "u", due_on: null, done: true, done_on: "2026-09-20", outcome: "Done" }],
  });
});

it("begins with a measure against what was counted", () => {
  const form = beginWith({ about: "cause:slow", name: "Slow", n: "12", from: "2026-06-01" }, "v1");
  expect(form.actions).toEqual([
    {
      title: "",
      owner_id: null,
      due_on: "",
      done: false,
      done_on: "",
      outcome: "",
      about: { section: "cause", key: "slow" },
    },
  ]);
  expect([form.title !== "", form.findings.findings !== "", form.period_from]).toEqual([true, true, "2026-06-01"]);
  expect(beginWith({ about: "team:x" }, "v1").actions).toEqual([]);
});

it("leaves out actions of which nothing was written", () => {
  const form = toForm(undefined, "v1");
  form.actions.push({ title: " ", owner_id: null, due_on: "", done: false, done_on: "", outcome: "", about: null });
  expect(toRequest(form)).toMatchObject({ kind: "evaluation", plan_version_id: "v1", actions: [] });
});
