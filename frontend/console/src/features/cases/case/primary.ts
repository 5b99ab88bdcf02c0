import type { CaseDetail, CaseHandover } from "@/api/types";

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
  acknowledgement: { tab: "notices", begin: true },
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
  result_notice: { tab: "notices", begin: true },
  satisfaction: { tab: "solution", field: "satisfaction" },
  summary: { tab: "solution", field: "summary" },
};

/** Where what is lacking is put right. */
export function placeOf(lack: { need: string | null; field: string | null }): Place {
  if (lack.field) return { tab: "record", field: `custom.${lack.field}` };
  return places[lack.need ?? ""] ?? { tab: "record" };
}

/** Whether the customer is to be told first of all: what is lacking beside that follows from it, as the answer how content they are does. */
const tellingFirst = (missing: CaseDetail["missing"]) => {
  const told = (need: string | null) => need === "acknowledgement" || need === "result_notice";
  return (
    missing.some((lack) => told(lack.need)) && missing.every((lack) => told(lack.need) || lack.need === "satisfaction")
  );
};

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

/** What departments were asked, as it matters for what to do next. */
interface Hands {
  /** One was asked to take the case, or the one in charge helps with it. */
  asked: boolean;
  /** The reader's own department was asked and has yet to answer. */
  mine?: CaseHandover | undefined;
  /** One was asked to take the case and has yet to. */
  open?: CaseHandover | undefined;
}

/** Reads off the hand-overs of a case what was asked of whom. Before they are loaded nobody is pressed to ask. */
export function handsOf(
  handovers: readonly CaseHandover[] | undefined,
  department: string | undefined,
  teams: readonly { id: string }[],
): Hands {
  const whole = (one: CaseHandover) => !one.joint && !one.scope.trim();
  const refused = (one: CaseHandover) => one.state === "withdrawn" || one.state === "sent_back";
  /** What the plan brought in to help is not yet a hand-over; that the department in charge took it up is one. */
  const counts = (one: CaseHandover) =>
    !one.joint ||
    one.asker !== null ||
    (one.state !== "asked" && (department === undefined || one.department_key === department));
  return {
    asked: handovers?.some((one) => !refused(one) && counts(one)) ?? true,
    mine: handovers?.find((one) => one.state === "asked" && teams.some((team) => team.id === one.team_id)),
    open: handovers?.find((one) => one.state === "asked" && whole(one)),
  };
}

/** The one thing to do next with a case: what its stage and its state ask for. */
export function primaryOf(
  item: Pick<CaseDetail, "state" | "owner" | "missing" | "stages" | "may" | "merged_into" | "solvable_at_once">,
  hands: Hands = { asked: true },
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
  return tellingFirst(item.missing) ? "notice" : "missing";
}
