import type { CaseDetail } from "@/api/types";

export const tabs = ["timeline", "record", "solution", "notices", "tasks", "handovers", "evidence", "related"] as const;
export type CaseTab = (typeof tabs)[number];

/** Where something that is lacking is put right: a tab and the field in it. */
export interface Place {
  tab: CaseTab;
  field?: string;
  /** Begin there what the tab is for: write the notice, ask the department. */
  begin?: boolean;
}

const places: Record<string, Place> = {
  facts: { tab: "record", field: "facts" },
  occurred_at: { tab: "record", field: "occurred_at" },
  impact: { tab: "record", field: "impact" },
  remedy_sought: { tab: "record", field: "remedy_sought" },
  contact: { tab: "record", field: "complainant" },
  understanding_confirmed: { tab: "record", field: "understanding" },
  acknowledgement: { tab: "notices" },
  category: { tab: "record", field: "category" },
  severity: { tab: "record", field: "severity" },
  urgency: { tab: "record", field: "urgency" },
  difficulty: { tab: "record", field: "difficulty" },
  decision: { tab: "record", field: "decision" },
  owner: { tab: "timeline", field: "owner" },
  handovers_closed: { tab: "handovers" },
  tasks_done: { tab: "tasks" },
  solution: { tab: "solution", field: "steps" },
  prevention: { tab: "solution", field: "prevention" },
  demand_judged: { tab: "solution", field: "demand" },
  cause: { tab: "solution", field: "cause" },
  upheld: { tab: "solution", field: "upheld" },
  remedy: { tab: "solution", field: "remedies" },
  result_notice: { tab: "notices" },
  satisfaction: { tab: "solution", field: "satisfaction" },
  summary: { tab: "solution", field: "summary" },
};

/** Where what is lacking is put right. */
export function placeOf(lack: { need: string | null; field: string | null }): Place {
  if (lack.field) return { tab: "record", field: `custom.${lack.field}` };
  return places[lack.need ?? ""] ?? { tab: "record" };
}

type Primary =
  | "none"
  | "reopen"
  | "resume"
  | "take"
  | "notice"
  | "handover"
  | "awaited"
  | "accept"
  | "complete"
  | "archive"
  | "missing";

/** The one thing to do next with a case: what its stage and its state ask for. `hands`: `asked` says whether a department was asked, `mine` whether that is the reader's own and has yet to accept, `open` whether another one has yet to take the case. */
export function primaryOf(
  item: Pick<CaseDetail, "state" | "owner" | "missing" | "stages" | "may" | "merged_into" | "solvable_at_once">,
  hands: { asked: boolean; mine: boolean; open?: boolean } = { asked: true, mine: false },
): Primary {
  if (!item.may.work || item.merged_into) return "none";
  if (item.state === "archived") return "reopen";
  if (hands.mine) return "accept";
  if (item.state !== "open") return "resume";
  if (!item.owner) return "take";
  if (!item.missing.length && item.stages.some((stage) => stage.current && stage.kind === "hand_over")) {
    if (!hands.asked && item.solvable_at_once !== true) return "handover";
    if (hands.open) return "awaited";
  }
  if (!item.missing.length) return item.stages.at(-1)?.current ? "archive" : "complete";
  const notices = item.missing.every((lack) => lack.need === "acknowledgement" || lack.need === "result_notice");
  return notices ? "notice" : "missing";
}
