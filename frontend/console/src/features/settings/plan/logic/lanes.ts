import type { Doc, DocClock, DocFlow, DocMoment } from "./model";

/** A clock below the line of stages, from one grid line to another; line 1 is before the first stage. */
interface Lane {
  clock: DocClock;
  /** Its place in the plan. */
  index: number;
  from: number;
  to: number;
}

/** The grid line at which a moment lies; undefined when the flow has no such stage. */
function lineOf(flow: DocFlow, moment: DocMoment): number | undefined {
  if (moment.on === "received") return 1;
  if (moment.on === "archived") return flow.stages.length + 1;
  const at = flow.stages.findIndex((stage) => stage.kind === moment.stage);
  if (at < 0) return undefined;
  return moment.on === "stage_begun" ? at + 1 : at + 2;
}

/** The types of case that go through a flow. */
export const typesOf = (plan: Pick<Doc, "case_types">, flow: DocFlow): string[] =>
  plan.case_types.filter((type) => type.flow === flow.key).map((type) => type.key);

/** The clocks that can run in a flow, with where they begin and end. */
export function lanesOf(plan: Pick<Doc, "case_types" | "clocks">, flow: DocFlow): Lane[] {
  const types = typesOf(plan, flow);
  const found: Lane[] = [];
  plan.clocks.forEach((clock, index) => {
    const wanted = clock.when.case_types;
    if (wanted.length && !wanted.some((type) => types.includes(type))) return;
    const from = lineOf(flow, clock.start);
    const to = lineOf(flow, clock.stop);
    if (from === undefined || to === undefined) return;
    const last = flow.stages.length + 1;
    // A clock between the end of one stage and the beginning of the next still needs a place to be seen.
    if (to > from) found.push({ clock, index, from, to });
    else
      found.push({
        clock,
        index,
        from: Math.max(1, Math.min(from, last - 1)),
        to: Math.min(last, Math.max(2, from + 1)),
      });
  });
  return found;
}
