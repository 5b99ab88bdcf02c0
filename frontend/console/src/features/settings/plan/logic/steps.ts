import type { PlanVersionState } from "@/api/types";
import type { TextKey } from "@/lib/i18n";

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
      return [
        {
          step: "submit",
          ...(now.dirty ? { obstacle: "unsaved" as const } : now.problems ? { obstacle: "problems" as const } : {}),
        },
      ];
    case "review":
      if (!now.mayApprove) return [];
      return [
        now.own
          ? { step: "approve", ...(now.mayAlone ? { alone: true } : { obstacle: "own" as const }) }
          : { step: "approve" },
        { step: "send_back" },
      ];
    case "approved":
    case "retired":
      return now.mayApprove ? [{ step: "activate" }] : [];
    default:
      return [];
  }
}

/** Where the words about a step are: what it does, and what was done. New cases follow a plan only when it is the default (`aside`: it is not). */
export function stepWords(step: StepName, aside: boolean): { what: TextKey; after: TextKey } {
  if (aside && step === "activate") return { what: "plan.aside.activate", after: "plan.aside.activated" };
  return { what: `plan.what.${step}`, after: `plan.after.${step}` };
}

/** Where the words about the state of a version are. */
export function stateWords(state: PlanVersionState, aside: boolean): TextKey {
  return aside && (state === "approved" || state === "active") ? `plan.aside.${state}Text` : `plan.stateText.${state}`;
}
