import { expect, it } from "vitest";
import type { CaseTimelineEntry, Clock, Plan } from "@/api/types";
import { fromLog, lastEditor } from "./log";

const entry = (seq: number, kind: string, data: Record<string, unknown> = {}, subject = "case") => ({ seq, kind, at: "2026-09-18T08:00:00Z", actor_kind: "user", actor: { id: "u", name: "王芳" }, subject_kind: "case", subject_id: subject, data }) as CaseTimelineEntry;
const known = { plan: { departments: [{ key: "product", name: { zh: "产品部", en: "" } }] } as unknown as Plan, clocks: [{ id: "c", name: { zh: "受理", en: "" } }] as unknown as Clock[], users: new Map([["w", "吴桐"]]), field: (name: string) => name.toUpperCase() };

it("shows what the case itself does not tell, with names", () => {
  const entries = fromLog([entry(1, "case.assigned", { owner_id: "w" }), entry(2, "case.updated", { fields: ["facts", "impact"] }), entry(3, "case.handover_asked", { department_key: "product" }), entry(4, "clock.warned", { share: 80 }, "c"), entry(5, "case.stage_done")], known);
  expect(entries.map((one) => [one.key, one.params["name"]])).toEqual([["log-1", "吴桐"], ["log-2", "—"], ["log-3", "产品部"], ["log-4", "受理"]]);
  expect(entries[1]?.params["fields"]).toBe("FACTS · IMPACT");
  expect(entries[3]?.params["share"]).toBe(80);
});

it("knows who changed the record last", () => {
  expect(lastEditor([entry(2, "case.tagged"), entry(1, "case.updated")])).toBe("王芳");
  expect(lastEditor([])).toBeUndefined();
});
