import { expect, it } from "vitest";
import { mergeDocs, takeTheirs } from "./merge";
import type { Doc } from "./model";

const doc = (parts: object) =>
  ({ case_types: [], categories: [], calendar: null, closing: { silent_days: 3 }, ...parts }) as unknown as Doc;
const clock = (key: string, days: number) => ({ key, days });

it("keeps what both changed in different places", () => {
  const base = doc({ clocks: [clock("a", 1), clock("b", 2)] });
  const mine = doc({ clocks: [clock("a", 9), clock("b", 2), clock("mine", 1)], calendar: "office" });
  const theirs = doc({ clocks: [clock("a", 1), clock("theirs", 5), clock("b", 7)], closing: { silent_days: 5 } });
  const { merged, conflicts } = mergeDocs(base, mine, theirs);
  expect(conflicts).toEqual([]);
  expect(merged.calendar).toBe("office");
  expect(merged.closing.silent_days).toBe(5);
  expect(merged.clocks.map((one) => one.key).sort()).toEqual(["a", "b", "mine", "theirs"]);
  expect(merged.clocks).toContainEqual(clock("a", 9));
  expect(merged.clocks).toContainEqual(clock("b", 7));
});

it("tells what both changed and keeps mine until I choose", () => {
  const base = doc({ clocks: [clock("a", 1)] });
  const { merged, conflicts } = mergeDocs(base, doc({ clocks: [clock("a", 2)] }), doc({ clocks: [clock("a", 3)] }));
  expect(merged.clocks).toEqual([clock("a", 2)]);
  expect(conflicts).toEqual([{ section: "clocks", key: "a", mine: clock("a", 2), theirs: clock("a", 3) }]);
  expect(takeTheirs(merged, conflicts[0]!).clocks).toEqual([clock("a", 3)]);
});

it("sees that one removed what the other changed", () => {
  const base = doc({ clocks: [clock("a", 1), clock("b", 1)] });
  const { merged, conflicts } = mergeDocs(
    base,
    doc({ clocks: [clock("a", 1)] }),
    doc({ clocks: [clock("a", 1), clock("b", 2)] }),
  );
  expect(conflicts).toHaveLength(1);
  const resolved = takeTheirs(merged, conflicts[0]!);
  expect(resolved.clocks).toEqual([clock("a", 1), clock("b", 2)]);
  const gone = mergeDocs(base, doc({ clocks: [clock("a", 1)] }), doc({ clocks: [clock("a", 5), clock("b", 1)] }));
  expect(gone.conflicts).toEqual([]);
  expect(gone.merged.clocks).toEqual([clock("a", 5)]);
});

it("asks about sections without keys as a whole", () => {
  const { conflicts } = mergeDocs(doc({}), doc({ closing: { silent_days: 4 } }), doc({ closing: { silent_days: 5 } }));
  expect(conflicts.map((one) => [one.section, one.key])).toEqual([["closing", ""]]);
});
