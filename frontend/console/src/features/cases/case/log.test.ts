import { beforeAll, expect, it, vi } from "vitest";
import type { CaseTimelineEntry, Clock, Plan } from "@/api/types";
import { fromLog, lastEditor } from "./log";

const entry = (seq: number, kind: string, data: Record<string, unknown> = {}, subject = "case") =>
  ({
    seq,
    kind,
    at: "2026-09-18T08:00:00Z",
    actor_kind: "user",
    actor: { id: "u", name: "王芳" },
    subject_kind: "case",
    subject_id: subject,
    data,
  }) as CaseTimelineEntry;
const known = {
  stages: [
    { key: "handle", name: "处理", ended_at: "2026-09-18T09:00:00Z" },
    { key: "record", name: "登记", ended_at: "2026-09-18T08:00:00Z" },
  ],
  plan: { departments: [{ key: "product", team_id: "p", name: { zh: "产品部", en: "" } }] } as unknown as Plan,
  clocks: [{ id: "c", name: { zh: "受理", en: "" } }] as unknown as Clock[],
  users: new Map([["w", "吴桐"]]),
  teams: new Map<string, string>(),
  said: new Map([["i2", "还是闪退"]]),
  field: (name: string) => name.toUpperCase(),
};

vi.stubGlobal("localStorage", { getItem: () => null, setItem() {} });
vi.stubGlobal("document", { documentElement: {} });
beforeAll(async () => (await import("@/lib/i18n")).setLocale("zh-CN"));

it("shows what the case itself does not tell, with names", () => {
  const entries = fromLog(
    [
      entry(1, "case.assigned", { owner_id: "w" }),
      entry(2, "case.updated", { fields: ["facts", "impact"] }),
      entry(3, "case.handover_asked", { to_team_id: "p", owner_id: "w" }),
      entry(4, "clock.warned", { share: 80 }, "c"),
      entry(5, "case.stage_done"),
    ],
    known,
  );
  expect(entries.map((one) => [one.key, one.params["name"]])).toEqual([
    ["log-1", "吴桐"],
    ["log-2", "—"],
    ["log-3", "产品部"],
    ["log-4", "受理"],
  ]);
  expect(entries[1]?.params["fields"]).toBe("FACTS · IMPACT");
  expect(entries[3]?.params["share"]).toBe(80);
});

it("says that a team has the case, or that nobody has it any more", () => {
  const given = fromLog([entry(1, "case.assigned", { owner_id: null, team_id: "t", former_team_id: "p" })], {
    ...known,
    teams: new Map([["t", "客服组"]]),
  });
  expect([given[0]?.text, given[0]?.params["name"]]).toEqual(["cases.timeline.log.assigned", "客服组"]);
  expect(fromLog([entry(1, "case.assigned", { owner_id: null })], known)[0]?.text).toBe(
    "cases.timeline.log.unassigned",
  );
});

it("tells ends of stages that the case went through again, and nothing that has an entry of its own", () => {
  const entries = fromLog(
    [
      entry(1, "case.stage_skipped", { stage_key: "handle" }),
      entry(2, "case.stage_done", { stage_key: "record" }),
      entry(3, "case.updated", { fields: ["understanding"] }),
    ],
    known,
  );
  expect(entries.map((one) => [one.text, one.params["name"]])).toEqual([["cases.timeline.stage.skipped", "处理"]]);
});

it("names the rule that opened the case, or its key where the plan has it no more", () => {
  const plan = { ...known.plan, intake: [{ key: "complaints", name: { zh: "投诉", en: "" } }] } as unknown as Plan;
  const entries = fromLog(
    [
      entry(1, "case.opened_by_rule", { rule_key: "complaints", owner_id: "w" }),
      entry(2, "case.opened_by_rule", { rule_key: "gone" }),
    ],
    { ...known, plan },
  );
  expect(entries.map((one) => [one.text, one.params["name"]])).toEqual([
    ["cases.timeline.log.openedByRule", "投诉"],
    ["cases.timeline.log.openedByRule", "gone"],
  ]);
});

it("tells what the customer said about the result, and that they said nothing", () => {
  const entries = fromLog(
    [
      entry(1, "case.progress_answered", { solved: true }),
      entry(2, "case.progress_answered", { solved: false, input_id: "i2" }),
      entry(3, "case.progress_rated", { score: 2 }),
      entry(4, "case.silent", { days: 3 }),
    ],
    known,
  );
  expect(entries.map((one) => [one.text.split(".").at(-1), one.params["n"]])).toEqual([
    ["solved", 0],
    ["unsolved", 0],
    ["rated", 2],
    ["silent", 3],
  ]);
  expect(entries.map((one) => one.note)).toEqual(["", "还是闪退", "", ""]);
});

it("does not say of the customer that it was the system", () => {
  const bySystem = { ...entry(1, "case.progress_answered", { solved: false }), actor_kind: "system", actor: null };
  const plan = { ...entry(2, "case.silent", { days: 3 }), actor_kind: "system", actor: null };
  expect(fromLog([bySystem, plan], known).map((one) => one.system ?? false)).toEqual([false, true]);
});

it("tells which judgement changed, and which teams joined", () => {
  const plan = {
    ...known.plan,
    categories: [{ key: "service", name: { zh: "服务", en: "" } }],
    severities: [{ key: "severe", name: { zh: "严重", en: "" } }],
  } as unknown as Plan;
  const changes = {
    category_key: "service",
    former_category_key: null,
    severity_key: "severe",
    former_severity_key: "severe",
    priority: "high",
    former_priority: "normal",
  };
  const [judged, joined] = fromLog(
    [entry(1, "case.classified", changes), entry(2, "case.teams_changed", { added: ["t"], removed: [] })],
    { ...known, plan, teams: new Map([["t", "客服组"]]) },
  );
  expect(judged?.note).toBe("分类：未定 → 服务\n优先级：普通 → 高");
  expect(joined?.note).toBe("+ 客服组");
});

it("puts a warning that came late where its share was used up, and the newest of one instant last", () => {
  const warned = (seq: number, share: number, at: string) => entry(seq, "clock.warned", { share, at }, "c");
  const entries = fromLog(
    [
      warned(3, 80, "2026-09-18T07:30:00Z"),
      warned(2, 50, "2026-09-18T07:00:00Z"),
      warned(1, 50, "2026-09-18T07:59:30Z"),
    ],
    known,
  );
  expect(entries.map((one) => [one.key, one.at, one.text.split(".").at(-1)])).toEqual([
    ["log-1", "2026-09-18T08:00:00Z", "warned"],
    ["log-2", "2026-09-18T07:00:00Z", "warnedLate"],
    ["log-3", "2026-09-18T07:30:00Z", "warnedLate"],
  ]);
});

it("knows who changed the record last", () => {
  expect(lastEditor([entry(2, "case.tagged"), entry(1, "case.updated")])).toBe("王芳");
  expect(lastEditor([])).toBeUndefined();
});

it("says from which version of the plan a case was moved, to which and why, and which task was done", () => {
  const entries = fromLog(
    [
      entry(1, "case.moved", { plan_version_id: "b", former_plan_version_id: "a", reason: "合同变更" }),
      entry(2, "case.task_done", { task_id: "t" }),
    ],
    {
      ...known,
      tasks: new Map([["t", "核实事实"]]),
      versions: new Map([
        ["a", "投诉预案 · 第 1 版"],
        ["b", "投诉预案 · 第 2 版"],
      ]),
    },
  );
  expect(entries.map((one) => one.note)).toEqual([
    "预案：投诉预案 · 第 1 版 → 投诉预案 · 第 2 版\n合同变更",
    "核实事实",
  ]);
});
