import { expect, it } from "vitest";
import { addressOf, filterOf, filterQuery, narrowed } from "./filter";

it("reads what it wrote", () => {
  const filter = {
    view: "team" as const,
    team: "t1",
    inbox: "i1",
    assignee: null,
    tag: null,
    sort: "waiting" as const,
    q: "退款",
  };
  expect(filterOf(addressOf(filter))).toEqual(filter);
  expect(narrowed(filter)).toBe(1);
});

it("falls back where an address makes no sense", () => {
  expect(filterOf({ view: "nonsense", sort: "x" })).toMatchObject({ view: "mine", sort: "recent", q: "" });
  expect(filterOf({ view: "team" }).view).toBe("mine");
  expect(filterOf({ view: "closed", team: "t1" }).team).toBeNull();
});

it("asks the server in its own words", () => {
  expect(filterQuery(filterOf({ view: "all", q: " 12 " }))).toEqual({
    view: "all",
    team_id: null,
    inbox_id: null,
    assignee_id: null,
    tag_id: null,
    q: "12",
    sort: "recent",
  });
});
