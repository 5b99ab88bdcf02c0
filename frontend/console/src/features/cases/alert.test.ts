import { expect, it } from "vitest";
import { targetOf } from "./alert";

const params = { number: "T-10001", title: "", name: { zh: "", en: "" }, share: null, minutes: null };
const about = { kind: "promise_broken" as const, case_id: null, conversation_id: null, plan_version_id: null, params };

it("leads to the case, and to the tab that it is about", () => {
  expect(targetOf({ ...about, kind: "task_assigned", case_id: "k" })).toEqual({
    name: "case",
    params: { number: "T-10001" },
    query: { tab: "tasks" },
  });
});

it("leads to the conversation or the version of the plan when there is no case", () => {
  expect(targetOf({ ...about, conversation_id: "c" })).toEqual({ name: "inbox", params: { id: "c" } });
  expect(targetOf({ ...about, kind: "plan_submitted", plan_version_id: "v" })).toBe("/settings/plan/versions/v");
  expect(targetOf(about)).toBeUndefined();
});
