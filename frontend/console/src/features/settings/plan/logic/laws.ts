import type { Doc, DocClock, DocEscalation } from "./model";

/** The chain warns of nothing of which the clock does not warn. */
const goesWith = (chain: DocEscalation, clock: DocClock): boolean =>
  chain.steps.every((step) => step.at.on !== "share" || clock.policy.warn_at.includes(step.at.share));

/** The chain that answers to a clock of a law: that of a clock of the plan's own that ends with it, or else the first one that goes with it. A clock without a chain would run out unheard. */
export function chainFor(plan: Pick<Doc, "clocks" | "escalations">, clock: DocClock): string | null {
  const stop = JSON.stringify(clock.stop);
  const beside = plan.clocks.filter((one) => !one.law && one.escalation && JSON.stringify(one.stop) === stop);
  const wished = [...beside.map((one) => one.escalation), ...plan.escalations.map((chain) => chain.key)];
  const fits = (key: string | null | undefined) =>
    plan.escalations.some((chain) => chain.key === key && goesWith(chain, clock));
  return clock.escalation ?? wished.find(fits) ?? null;
}
