import type { CustomerMood, PlanCard, StageKind } from "@/api/types";

export const moods: CustomerMood[] = ["calm", "worried", "dissatisfied", "angry"];

/** The cards for a moment. Those made for this stage or this mood come before those that always fit. */
export function cardsFor(
  cards: readonly PlanCard[],
  at: { stage?: StageKind | undefined; mood?: CustomerMood | undefined; type?: string | undefined },
): PlanCard[] {
  const fits = <T>(list: readonly T[] | undefined, value: T | undefined) =>
    !list?.length || value === undefined || list.includes(value);
  const weight = (card: PlanCard) =>
    Number(at.mood !== undefined && card.moods?.includes(at.mood) === true) * 2 +
    Number(at.stage !== undefined && card.stages?.includes(at.stage) === true);
  return cards
    .filter((card) => fits(card.stages, at.stage) && fits(card.moods, at.mood) && fits(card.case_types, at.type))
    .sort((a, b) => weight(b) - weight(a));
}
