import { describe, expect, it } from "vitest";
import { changed, merge } from "./merge";

describe("two change the same record", () => {
  const base = { facts: "a", impact: "b", remedy: "c", at: null as string | null };
  it("keeps both where they changed different fields", () => {
    expect(merge(base, { ...base, facts: "x" }, { ...base, impact: "y" })).toEqual({ mine: { facts: "x" }, both: [] });
  });
  it("asks where they changed the same field", () => {
    expect(merge(base, { ...base, facts: "x", at: "1" }, { ...base, facts: "z" })).toEqual({
      mine: { at: "1" },
      both: ["facts"],
    });
  });
  it("is content where they agree", () => {
    expect(merge(base, { ...base, facts: "x" }, { ...base, facts: "x" })).toEqual({ mine: {}, both: [] });
  });
  it("does not tell absent from null", () => {
    expect(changed({ a: null as string | null | undefined }, { a: undefined })).toEqual([]);
  });
});
