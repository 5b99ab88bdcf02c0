import type { CaseEscalation, Clock, EscalationAction, EscalationDeed, Plan } from "@/api/types";
import { t } from "@/lib/i18n";
import { formatDuration } from "@/lib/time";
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
  if (!deed.done) return t(isTold(deed) ? "cases.timeline.deedIdle" : "cases.timeline.deedNeedless", { text });
  return isTold(deed) ? t("cases.timeline.deedTold", { text, n: deed.count }) : text;
}

/** When a step of a chain comes, where the plan still says. */
function moment(one: CaseEscalation, chains: Plan["escalations"] | undefined): string {
  const at = chains?.find((chain) => chain.key === one.rule_key)?.steps?.[one.step_no - 1]?.at;
  if (!one.clock_id || !at) return "";
  if (at.on === "overdue") return t("cases.timeline.stepOverdue", { time: formatDuration(at.minutes * 60_000) });
  return at.share === 100 ? t("cases.timeline.stepDue") : t("cases.timeline.stepShare", { share: at.share });
}

/** Those of one instant in the order of their steps, as they would have come had the server been up all the time. */
const inOrder = (list: readonly CaseEscalation[]): CaseEscalation[] =>
  list.toSorted((a, b) => a.at.localeCompare(b.at) || a.step_no - b.step_no);

/** What the plan did by itself when time ran out or a case was grave: which rule, for which clock, whom it told. */
export function fromEscalations(list: readonly CaseEscalation[], { plan, clocks }: Known): Entry[] {
  return inOrder(list).map((one) => {
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
      note: [moment(one, plan?.escalations), ...one.done.map((deed) => deedText(deed, plan?.departments ?? []))]
        .filter(Boolean)
        .join("\n"),
      ...(grave ? { tone: "bad" as const } : {}),
    };
  });
}
