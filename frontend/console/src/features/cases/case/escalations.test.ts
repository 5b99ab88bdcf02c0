import { beforeAll, expect, it, vi } from "vitest";
import type { CaseEscalation, Clock, Plan } from "@/api/types";
import { fromEscalations } from "./escalations";

const name = (zh: string) => ({ zh, en: "" });
const plan = {
  departments: [{ key: "product", name: name("产品部门") }],
  escalations: [{ key: "handling", name: name("处理时限") }],
  alarms: [{ key: "severe", name: name("严重投诉立即上报") }],
} as unknown as Plan;
const clocks = [{ id: "c", name: name("处理") }] as unknown as Clock[];
const row = (patch: Partial<CaseEscalation>): CaseEscalation => ({
  id: "e",
  case_id: "x",
  clock_id: "c",
  rule_key: "handling",
  step_no: 3,
  at: "2026-09-21T08:40:00Z",
  done: [],
  ...patch,
});

vi.stubGlobal("localStorage", { getItem: () => null, setItem() {} });
vi.stubGlobal("document", { documentElement: {} });
beforeAll(async () => (await import("@/lib/i18n")).setLocale("zh-CN"));

it("says which clock was escalated, what was done and how many were told", () => {
  const done: CaseEscalation["done"] = [
    { action: { do: "notify", to: [{ who: "owner" }, { who: "team_lead" }] }, done: true, count: 2 },
    { action: { do: "report_to_superior" }, done: true, count: 1 },
    { action: { do: "raise_severity" }, done: false, count: 0 },
  ];
  const [entry] = fromEscalations([row({ done })], { plan, clocks });
  expect(entry).toMatchObject({
    text: "cases.timeline.escalated",
    params: { name: "处理", no: 3 },
    tone: "bad",
    system: true,
  });
  expect(entry?.note.split("\n")).toEqual([
    "通知：负责人、班组长（2 人）",
    "上报上级（1 人）",
    "提高一级严重程度（不需要）",
  ]);
});

it("names an alarm, and departments that are gone by their keys", () => {
  const done: CaseEscalation["done"] = [
    { action: { do: "join_departments", departments: ["product", "gone"] }, done: true, count: 2 },
  ];
  const [entry] = fromEscalations([row({ clock_id: null, rule_key: "severe", step_no: 0, done })], { plan, clocks });
  expect(entry).toMatchObject({
    text: "cases.timeline.alarm",
    params: { name: "严重投诉立即上报" },
    note: "协办：产品部门、gone",
  });
});

it("is quiet where people were only reminded", () => {
  const [entry] = fromEscalations(
    [row({ step_no: 1, done: [{ action: { do: "notify", to: [{ who: "owner" }] }, done: true, count: 1 }] })],
    { plan: undefined, clocks: [] },
  );
  expect([entry?.tone, entry?.text]).toEqual([undefined, "cases.timeline.told"]);
  expect(entry?.params["name"]).toBe("handling");
});

it("says when steps came and keeps their order where several came at one instant", () => {
  const chains = [
    {
      key: "handling",
      name: name("处理时限"),
      steps: [
        { at: { on: "share", share: 80 }, actions: [] },
        { at: { on: "share", share: 100 }, actions: [] },
        { at: { on: "overdue", minutes: 60 }, actions: [] },
      ],
    },
  ];
  const rows = [3, 1, 2].map((step_no) => row({ id: String(step_no), step_no }));
  const entries = fromEscalations(rows, { plan: { ...plan, escalations: chains } as unknown as Plan, clocks });
  expect(entries.map((one) => [one.key, one.note])).toEqual([
    ["escalation-1", "用去 80% 时"],
    ["escalation-2", "到期时"],
    ["escalation-3", "超时 1 小时后"],
  ]);
});
