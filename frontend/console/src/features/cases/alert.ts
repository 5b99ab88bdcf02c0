import type { RouteLocationRaw } from "vue-router";
import type { Alert } from "@/api/types";
import type { CaseTab } from "./case/primary";

/** Where on the case it is about. */
const places: Record<string, CaseTab> = {
  handover_asked: "handovers",
  handover_sent_back: "handovers",
  handover_done: "handovers",
  handover_reopened: "handovers",
  task_assigned: "tasks",
  remedy_asked: "solution",
  remedy_granted: "solution",
  remedy_refused: "solution",
  silent: "solution",
  low_rating: "solution",
  customer_said: "timeline",
  not_solved: "timeline",
};

/** Where following an alert leads: the case, the conversation or the version of the plan that it is about; nowhere when it is about none. */
export function targetOf(
  alert: Pick<Alert, "kind" | "case_id" | "conversation_id" | "plan_version_id" | "params">,
): RouteLocationRaw | undefined {
  if (alert.case_id) {
    const tab = places[alert.kind];
    const at = alert.kind.startsWith("remedy_") ? { at: "remedies" } : {};
    return { name: "case", params: { number: alert.params.number }, query: tab ? { tab, ...at } : {} };
  }
  if (alert.conversation_id) return { name: "inbox", params: { id: alert.conversation_id } };
  if (alert.plan_version_id) return `/settings/plan/versions/${alert.plan_version_id}`;
  return undefined;
}
