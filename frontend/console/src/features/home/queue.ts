import type { Conversation } from "@/api/types";

/** How much of a hurry an urgent customer's waiting is worth: the same as so many minutes. */
const worth = { urgent: 60, high: 20, normal: 0, low: -15 } as const;

/** What breaks first comes first: customers who wait, by how long and how urgent; then what waits for nobody, latest first. */
export function byUrgency(conversations: readonly Conversation[], now: number): Conversation[] {
  const weight = (item: Conversation) =>
    item.waiting_since ? now - new Date(item.waiting_since).getTime() + worth[item.priority] * 60_000 : -Infinity;
  const touched = (item: Conversation) => new Date(item.last_message?.at ?? item.updated_at).getTime();
  return [...conversations].sort((a, b) => {
    if (Boolean(a.waiting_since) !== Boolean(b.waiting_since)) return a.waiting_since ? -1 : 1;
    return a.waiting_since ? weight(b) - weight(a) : touched(b) - touched(a);
  });
}

/** Part of the day for a greeting. */
export function partOfDay(hour: number): "morning" | "afternoon" | "evening" {
  return hour >= 5 && hour < 12 ? "morning" : hour >= 12 && hour < 18 ? "afternoon" : "evening";
}
