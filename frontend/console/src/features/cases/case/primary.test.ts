import { describe, expect, it } from "vitest";
import type { CaseDetail, CaseHandover } from "@/api/types";
import { handsOf, placeOf, primaryOf } from "./primary";

const stage = (current: boolean) => ({ current }) as CaseDetail["stages"][number];
const lack = (need: string) => ({ need, field: null, text: need }) as CaseDetail["missing"][number];
const base = {
  state: "open",
  owner: { id: "u", name: "王芳" },
  missing: [],
  stages: [stage(true), stage(false)],
  may: { work: true, assign: false, manage: false, export: false },
  merged_into: null,
} as unknown as CaseDetail;

describe("the next thing to do", () => {
  it.each([
    ["take it when nobody has it", { owner: null }, "take"],
    ["complete the stage when nothing is lacking", {}, "complete"],
    ["file it at the last stage", { stages: [stage(false), stage(true)] }, "archive"],
    ["say what is lacking", { missing: [lack("facts")] }, "missing"],
    ["write the notice when only that is lacking", { missing: [lack("acknowledgement")] }, "notice"],
    [
      "tell the customer before asking how content they are",
      { missing: [lack("result_notice"), lack("satisfaction")] },
      "notice",
    ],
    ["ask how content they are once they are told", { missing: [lack("satisfaction")] }, "missing"],
    ["go on when it waits", { state: "waiting_customer" }, "resume"],
    ["open it again when it is archived", { state: "archived" }, "reopen"],
    ["nothing for who may only look", { may: { ...base.may, work: false } }, "none"],
    ["nothing when it is part of another one", { merged_into: "x" }, "none"],
  ])("is to %s", (_, patch, wanted) => {
    expect(primaryOf({ ...base, ...patch } as CaseDetail)).toBe(wanted);
  });
  it("is to ask a department where the stage is for that, until one was asked", () => {
    const item = { ...base, stages: [{ ...stage(true), kind: "hand_over" }, stage(false)] } as CaseDetail;
    const one = {} as CaseHandover;
    expect(primaryOf(item, { asked: false })).toBe("handover");
    expect(primaryOf(item, { asked: true })).toBe("complete");
    expect(primaryOf(item, { asked: true, open: one })).toBe("awaited");
    expect(primaryOf({ ...item, solvable_at_once: true }, { asked: false })).toBe("complete");
    expect(primaryOf({ ...item, owner: null }, { asked: true, mine: one })).toBe("accept");
  });
  it("knows what was asked of which department", () => {
    const one = (patch: Partial<CaseHandover>) =>
      ({ state: "asked", joint: false, scope: "", asker: { id: "u" }, team_id: "p", ...patch }) as CaseHandover;
    expect(handsOf(undefined, "products", []).asked).toBe(true);
    expect(handsOf([], "products", []).asked).toBe(false);
    expect(handsOf([one({})], "products", [{ id: "p" }])).toMatchObject({ asked: true, mine: {}, open: {} });
    expect(handsOf([one({ state: "sent_back" })], "products", []).asked).toBe(false);
    const brought = { joint: true, asker: null, department_key: "products" };
    expect(handsOf([one(brought)], "products", []).asked, "brought in by rule").toBe(false);
    expect(handsOf([one({ ...brought, state: "accepted" })], "products", []).asked, "and took it up").toBe(true);
    expect(handsOf([one({ ...brought, state: "accepted" })], "law", []).asked, "another is in charge").toBe(false);
    expect(handsOf([one({ scope: "赔偿部分" })], "products", []).open).toBeUndefined();
  });
  it("leads to where a field is", () => {
    expect(placeOf(lack("cause"))).toEqual({ tab: "solution", field: "cause" });
    expect(placeOf({ need: null, field: "order_no" })).toEqual({ tab: "record", field: "custom.order_no" });
    expect(placeOf({ need: "something_new", field: null })).toEqual({ tab: "record" });
  });
});
