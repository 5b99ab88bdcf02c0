import { describe, expect, it } from "vitest";
import { addressOf, asked, filterOf, fitting, fromAsked, filterQuery, narrowed } from "./filter";

describe("filter of the list of cases", () => {
  it("comes back from its address", () => {
    const filter = filterOf({ view: "overdue", severity: "grave", q: "退款", sort: "priority", from: "2026-09-01" });
    expect(filterOf(addressOf(filter))).toEqual(filter);
    expect(narrowed(filter)).toBe(3);
  });
  it("falls back where an address says nothing that it knows", () => {
    expect(filterOf({ view: "nonsense", sort: "x", other: "1" })).toEqual({ view: "mine", sort: "due", q: "", by: {} });
  });
  it("asks for whole days", () => {
    const asked = filterQuery(filterOf({ view: "all", from: "2026-09-18", to: "2026-09-18" }));
    expect(new Date(String(asked["to"])).getTime() - new Date(String(asked["from"])).getTime()).toBe(86_400_000);
  });
  it("comes back from a saved view", () => {
    const filter = filterOf({ view: "all", severity: "grave", from: "2026-09-01", to: "2026-09-30", q: "退款" });
    expect(fromAsked(asked(filter))).toEqual(filter);
  });
  it("keeps the days of the archive", () => {
    const filter = filterOf({ view: "archived", archived_from: "2026-09-01", archived_to: "2026-09-30" });
    expect(fromAsked(asked(filter))).toEqual(filter);
  });
  it("leaves behind what the next view cannot narrow by", () => {
    const by = { severity: "grave", outcome: "solved", clock: "soon" };
    expect(fitting("archived", by)).toEqual({ severity: "grave", outcome: "solved" });
    expect(fitting("all", by)).toEqual({ severity: "grave", clock: "soon" });
  });
  it("asks nothing for a day that is none", () => {
    expect(filterQuery(filterOf({ from: "soon" }))["from"]).toBeUndefined();
  });
});
