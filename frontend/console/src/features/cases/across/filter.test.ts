import { expect, it } from "vitest";
import { isNarrowed, taskAddress, taskFilterOf, taskQuery } from "./filter";

it("reads what the address says and falls back where it says nothing", () => {
  expect(taskFilterOf({})).toEqual({ whose: "mine", state: "open", team: "", person: "", overdue: false });
  expect(taskFilterOf({ whose: "all", state: "done", team: "t", overdue: "true" })).toEqual({
    whose: "all",
    state: "done",
    team: "t",
    person: "",
    overdue: true,
  });
  expect(taskFilterOf({ whose: "x", state: "y" })).toEqual(taskFilterOf({}));
});

it("keeps what narrows, where it can", () => {
  const filter = { whose: "all", state: "open", team: "t", person: "p", overdue: true } as const;
  expect(taskAddress(filter)).toEqual({ whose: "all", team: "t", person: "p", overdue: "true" });
  expect(taskAddress({ ...filter, whose: "mine" }), "teams and people are of all tasks").toEqual({ overdue: "true" });
  expect(taskAddress({ ...filter, state: "done" }), "what is done is not overdue").toEqual({
    whose: "all",
    state: "done",
    team: "t",
    person: "p",
  });
  expect(taskFilterOf(taskAddress(filter))).toEqual(filter);
});

it("asks the server in its words", () => {
  expect(taskQuery(taskFilterOf({}))).toEqual({
    whose: "mine",
    state: "open",
    team_id: undefined,
    assignee_id: undefined,
  });
  expect(taskQuery(taskFilterOf({ whose: "all", person: "p" }))).toMatchObject({ whose: "all", assignee_id: "p" });
  expect([isNarrowed(taskFilterOf({})), isNarrowed(taskFilterOf({ overdue: "true" }))]).toEqual([false, true]);
});
