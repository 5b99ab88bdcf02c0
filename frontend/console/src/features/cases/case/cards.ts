import type { CustomerMood, PlanCard, StageKind } from "@/api/types";

export const moods: CustomerMood[] = ["calm", "worried", "dissatisfied", "angry"];

/** The cards for a moment: those made for this mood, then those made for this stage, then those that always fit; each in the plan's order. */
export function cardsFor(
  cards: readonly PlanCard[],
  at: { stage?: StageKind | undefined; mood?: CustomerMood | undefined; type?: string | undefined },
): PlanCard[] {
  const fits = <T>(list: readonly T[] | undefined, value: T | undefined) =>
    !list?.length || value === undefined || list.includes(value);
  const weight = (card: PlanCard) => {
    if (at.mood !== undefined && card.moods?.includes(at.mood)) return 2;
    return at.stage !== undefined && card.stages?.includes(at.stage) ? 1 : 0;
  };
  return cards
    .filter((card) => fits(card.stages, at.stage) && fits(card.moods, at.mood) && fits(card.case_types, at.type))
    .sort((a, b) => weight(b) - weight(a));
}
