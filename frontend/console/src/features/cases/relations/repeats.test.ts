import { expect, it } from "vitest";
import type { Case, RelatedCases } from "@/api/types";
import { openRepeats } from "./useRelations";

const one = (id: string, merged_into: string | null = null) => ({ id, merged_into }) as Case;
const merge = (id: string, undone_at: string | null) => ({ case: one(id), merge: { undone_at } });

it("leaves out repeated complaints that are part of a case or tied to it already", () => {
  const related = {
    links: [{ case: one("e") }],
    merges: [merge("b", null), merge("c", "2026-09-20T00:00:00Z")],
    repeats: [one("a"), one("b"), one("c"), one("d", "x"), one("e")],
  } as unknown as RelatedCases;
  expect(openRepeats(related).map((repeat) => repeat.id)).toEqual(["a", "c"]);
  expect(openRepeats(undefined)).toEqual([]);
});
