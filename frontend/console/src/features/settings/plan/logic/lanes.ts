import type { Doc, DocClock, DocFlow, DocMoment, DocStage } from "./model";
import { fits, goesThrough, type Facts } from "./rows";

/** A clock below the line of stages, from one grid line to another; line 1 is before the first stage. */
interface Lane {
  clock: DocClock;
  /** Its place in the plan. */
  index: number;
  from: number;
  to: number;
}

/** The grid line at which a moment lies; undefined when no stage that is meant is of that kind. Where cases go through
 * different stages of a kind, it reaches from the first to the last. */
function lineOf(flow: DocFlow, moment: DocMoment, meant: (stage: DocStage) => boolean): number | undefined {
  if (moment.on === "received") return 1;
  if (moment.on === "archived") return flow.stages.length + 1;
  const such = (stage: DocStage) => stage.kind === moment.stage && meant(stage);
  const at = moment.on === "stage_begun" ? flow.stages.findIndex(such) : flow.stages.findLastIndex(such);
  if (at < 0) return undefined;
  return moment.on === "stage_begun" ? at + 1 : at + 2;
}

/** The types of case that go through a flow. */
export const typesOf = (plan: Pick<Doc, "case_types">, flow: DocFlow): string[] =>
  plan.case_types.filter((type) => type.flow === flow.key).map((type) => type.key);

/** The clocks that can run in a flow, with where they begin and end; with `facts`, those of such a case. */
export function lanesOf(plan: Doc, flow: DocFlow, facts?: Facts): Lane[] {
  const types = typesOf(plan, flow);
  const meant = (stage: DocStage) => facts === undefined || goesThrough(plan, stage, facts);
  const groups = new Set<string>();
  const found: Lane[] = [];
  plan.clocks.forEach((clock, index) => {
    const wanted = clock.when.case_types;
    if (wanted.length && !wanted.some((type) => types.includes(type))) return;
    if (facts && !fits(plan, clock.when, facts, true)) return;
    const from = lineOf(flow, clock.start, meant);
    const to = lineOf(flow, clock.stop, meant);
    if (from === undefined || to === undefined) return;
    // Of a group the first that fits counts.
    if (facts && clock.group && clock.enabled) {
      if (groups.has(clock.group)) return;
      groups.add(clock.group);
    }
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
