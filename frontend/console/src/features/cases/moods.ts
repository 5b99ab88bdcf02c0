import type { CustomerMood } from "@/api/types";
import { recall, remember } from "@/lib/store";

/** How a customer is, as whoever talks with them sees it; `any` while nobody has judged. */
export type Mood = CustomerMood | "any";

/** Talks whose mood this browser remembers; the oldest are forgotten. */
const most = 200;
const name = "cases.moods";
type Known = [subject: string, mood: CustomerMood][];

/** The mood of a case or a conversation. */
export const moodOf = (subject: string): Mood =>
  recall<Known>(name, []).find(([known]) => known === subject)?.[1] ?? "any";

/** Remembers the mood of a case or a conversation. */
export function rememberMood(subject: string, mood: Mood): void {
  const others = recall<Known>(name, []).filter(([known]) => known !== subject);
  remember(name, (mood === "any" ? others : [...others, [subject, mood]]).slice(-most));
}
