import type { CaseEscalation, Clock, EscalationAction, EscalationDeed, Plan } from "@/api/types";
import { t } from "@/lib/i18n";
import { planText } from "../plan";
import type { Entry } from "./timeline";

interface Known {
  plan: Pick<Plan, "escalations" | "alarms" | "departments"> | undefined;
  clocks: readonly Pick<Clock, "id" | "name">[];
}

const listed = (names: readonly string[]): string => names.join(t("plan.comma"));

function words(action: EscalationAction, departments: Plan["departments"]): string {
  const department = (key: string) => planText(departments.find((one) => one.key === key)?.name) || key;
  switch (action.do) {
    case "notify":
      return t("plan.action.notifyText", { names: listed(action.to.map((to) => t(`plan.recipient.${to.who}`))) });
    case "reassign":
      return t("plan.action.reassignText", { name: department(action.department) });
    case "join_departments":
      return t("plan.action.joinText", { names: listed(action.departments.map(department)) });
    default:
      return t(`plan.action.${action.do}`);
  }
}

const isTold = ({ action }: EscalationDeed): boolean => action.do === "notify" || action.do === "report_to_superior";

function deedText(deed: EscalationDeed, departments: Plan["departments"]): string {
  const text = words(deed.action, departments);
  if (!deed.done) return t("cases.timeline.deedIdle", { text });
  return isTold(deed) ? t("cases.timeline.deedTold", { text, n: deed.count }) : text;
}

/** What the plan did by itself when time ran out or a case was grave: which rule, for which clock, whom it told. */
export function fromEscalations(list: readonly CaseEscalation[], { plan, clocks }: Known): Entry[] {
  return list.map((one) => {
    const clock = clocks.find((other) => other.id === one.clock_id);
    const rules = one.clock_id ? plan?.escalations : plan?.alarms;
    const rule = planText(rules?.find((other) => other.key === one.rule_key)?.name) || one.rule_key;
    const grave = one.done.some((deed) => deed.done && deed.action.do !== "notify");
    return {
      key: `escalation-${one.id}`,
      at: one.at,
      icon: !one.clock_id ? "i-lucide-siren" : grave ? "i-lucide-trending-up" : "i-lucide-bell",
      text: !one.clock_id ? "cases.timeline.alarm" : grave ? "cases.timeline.escalated" : "cases.timeline.told",
      params: { name: clock ? planText(clock.name) : rule, no: one.step_no },
      who: null,
      system: true,
      note: one.done.map((deed) => deedText(deed, plan?.departments ?? [])).join("\n"),
      ...(grave ? { tone: "bad" as const } : {}),
    };
  });
}
