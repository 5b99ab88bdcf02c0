import { describe, expect, it } from "vitest";
import { indexAfter, placeAt, relocate } from "./drag";

const rows = [
  { from: 0, to: 40 },
  { from: 44, to: 84 },
  { from: 84, to: 124 },
];

describe("dragging", () => {
  it("finds the half of the nearest item", () => {
    expect(placeAt(10, rows)).toEqual({ index: 0, side: "before" });
    expect(placeAt(30, rows)).toEqual({ index: 0, side: "after" });
    expect(placeAt(43, rows)).toEqual({ index: 1, side: "before" });
    expect(placeAt(-50, rows)).toEqual({ index: 0, side: "before" });
    expect(placeAt(900, rows)).toEqual({ index: 2, side: "after" });
    expect(placeAt(10, [])).toBeUndefined();
  });

  it("finds the middle of items that can hold others", () => {
    expect(placeAt(5, rows, true)).toEqual({ index: 0, side: "before" });
    expect(placeAt(20, rows, true)).toEqual({ index: 0, side: "inside" });
    expect(placeAt(38, rows, true)).toEqual({ index: 0, side: "after" });
  });

  it("knows the index after the drop", () => {
    expect(indexAfter(0, { index: 2, side: "after" })).toBe(2);
    expect(indexAfter(0, { index: 2, side: "before" })).toBe(1);
    expect(indexAfter(2, { index: 0, side: "before" })).toBe(0);
    expect(indexAfter(1, { index: 0, side: "after" })).toBe(1);
  });

  it("moves an item and nothing else", () => {
    const list = ["a", "b", "c", "d"];
    relocate(list, 0, 2);
    expect(list).toEqual(["b", "c", "a", "d"]);
    relocate(list, 3, 0);
    expect(list).toEqual(["d", "b", "c", "a"]);
    relocate(list, 0, 4);
    expect(list).toEqual(["d", "b", "c", "a"]);
  });
});
