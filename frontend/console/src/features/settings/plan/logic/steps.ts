import type { PlanVersionState } from "@/api/types";

/** Steps that a person takes with a version. */
export type StepName = "submit" | "send_back" | "approve" | "activate";
/** Why a step that would come next cannot be taken by this person now. */
export type Obstacle = "unsaved" | "problems" | "own";

export interface Situation {
  state: PlanVersionState;
  mayEdit: boolean;
  mayApprove: boolean;
  /** May approve their own, as an administrator. */
  mayAlone: boolean;
  /** Saved or submitted it last. */
  own: boolean;
  dirty: boolean;
  problems: number;
}

/** What can be done with a version, the usual thing first, and what stands in the way of it. */
export function stepsFor(now: Situation): { step: StepName; obstacle?: Obstacle; alone?: boolean }[] {
  switch (now.state) {
    case "draft":
      if (!now.mayEdit) return [];
      return [{ step: "submit", ...(now.dirty ? { obstacle: "unsaved" as const } : now.problems ? { obstacle: "problems" as const } : {}) }];
    case "review":
      if (!now.mayApprove) return [];
      return [
        now.own ? { step: "approve", ...(now.mayAlone ? { alone: true } : { obstacle: "own" as const }) } : { step: "approve" },
        { step: "send_back" },
      ];
    case "approved":
    case "retired":
      return now.mayApprove ? [{ step: "activate" }] : [];
    default:
      return [];
  }
}
