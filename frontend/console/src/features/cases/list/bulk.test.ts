import { describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/client";
import type { CaseBulkResults } from "@/api/types";
import { STEP, between, changeMany, counted } from "./bulk";

const items = (n: number) => Array.from({ length: n }, (_, index) => ({ id: `c${index}` }));
const answer = (ids: string[], refused: string[] = [], same: string[] = []): CaseBulkResults => ({
  undo_id: `undo-${ids[0] ?? ""}`,
  items: ids.map((id) => ({
    id,
    done: !refused.includes(id),
    changed: !refused.includes(id) && !same.includes(id),
    code: refused.includes(id) ? "case_archived" : null,
    message: refused.includes(id) ? "已归档" : null,
    params: {},
  })),
});

describe("many at once", () => {
  it("goes in parts, tells of each what became of it, and keeps what undoes it", async () => {
    const seen = vi.fn();
    const send = vi.fn((ids: string[]) => Promise.resolve(answer(ids, ["c1"])));
    const { results, undo } = await changeMany(items(STEP + 2), send, seen);
    expect(send.mock.calls.map(([ids]) => ids.length)).toEqual([STEP, 2]);
    expect(results.filter((one) => one.problem).map((one) => [one.item.id, one.problem])).toEqual([["c1", "已归档"]]);
    expect(undo).toEqual(["undo-c0", `undo-c${STEP}`]);
    expect(seen).toHaveBeenLastCalledWith(STEP + 2);
  });
  it("goes on after a part that failed", async () => {
    const send = vi.fn((ids: string[]) =>
      ids.includes("c0")
        ? Promise.reject(new ApiError({ code: "forbidden", status: 403, title: "不允许" }))
        : Promise.resolve(answer(ids)),
    );
    const { results, undo } = await changeMany(items(STEP + 1), send);
    expect(results[0]?.problem).toBe("不允许");
    expect(results.at(-1)?.problem).toBeUndefined();
    expect(undo).toEqual([`undo-c${STEP}`]);
  });
  it("tells those that were so already from those that were changed and those that could not be", async () => {
    const send = (ids: string[]) => Promise.resolve(answer(ids, ["c1"], ["c2", "c3"]));
    const { results } = await changeMany(items(7), send);
    expect(counted(results)).toEqual({ changed: 4, same: 2, refused: 1 });
  });
  it("does nothing with nothing", async () => {
    expect(await changeMany([], () => Promise.reject(new Error("asked")))).toEqual({ results: [], undo: [] });
  });
  it("takes the rows between two", () => {
    expect(between(["a", "b", "c", "d"], "c", "a")).toEqual(["a", "b", "c"]);
    expect(between(["a", "b"], "gone", "b")).toEqual(["b"]);
  });
});
