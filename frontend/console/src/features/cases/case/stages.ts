import type { FlowStage } from "@/api/types";

export type StageLook = "now" | "done" | "skipped" | "open" | "gone";

/** How a stage looks. What comes after the present one lies ahead, also when the case has been there before it went back. */
export function stageLook(stages: readonly FlowStage[], one: FlowStage): StageLook {
  if (one.current) return "now";
  const present = stages.findIndex((stage) => stage.current);
  const ahead = present >= 0 && stages.indexOf(one) > present;
  if (!ahead || !one.in_row) {
    if (one.ending === "done") return "done";
    if (one.ending === "skipped" || one.ending === "cut") return "skipped";
  }
  return one.in_row ? "open" : "gone";
}
