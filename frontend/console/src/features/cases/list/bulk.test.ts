import { describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/client";
import { between, eachOf } from "./bulk";

describe("many at once", () => {
  it("tells of each what became of it and goes on after a failure", async () => {
    const seen = vi.fn();
    const results = await eachOf([1, 2, 3, 4, 5], async (n) => {
      if (n === 2) throw new ApiError({ code: "forbidden", status: 403, title: "不允许" });
    }, seen, 2);
    expect(results.map((result) => [result.item, result.problem])).toEqual([[1, undefined], [2, "不允许"], [3, undefined], [4, undefined], [5, undefined]]);
    expect(seen).toHaveBeenLastCalledWith(5);
  });
  it("does nothing with nothing", async () => {
    expect(await eachOf([], async () => {})).toEqual([]);
  });
  it("takes the rows between two", () => {
    expect(between(["a", "b", "c", "d"], "c", "a")).toEqual(["a", "b", "c"]);
    expect(between(["a", "b"], "gone", "b")).toEqual(["b"]);
  });
});
