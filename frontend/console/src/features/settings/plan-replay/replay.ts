import type { ChangedDeadline, PlanReplayResult, PlanText, ReplayedClock, ReplayTally, RuleReplay } from "@/api/types";
import { locale, type TextKey } from "@/lib/i18n";

const DAY = 86_400_000;

/** A period of civil days, the last one included. */
export interface Period {
  from: string;
  to: string;
}
export type Preset = "days30" | "days90" | "year";

/** The period that a preset means, as seen on a day. */
export function periodOf(preset: Preset, today: string): Period {
  if (preset === "year") return { from: `${today.slice(0, 4)}-01-01`, to: today };
  const back = (preset === "days30" ? 29 : 89) * DAY;
  return { from: new Date(Date.parse(`${today}T00:00:00Z`) - back).toISOString().slice(0, 10), to: today };
}

/** The preset that a period is, as seen on a day. */
export function presetOf(period: Period, today: string): Preset | undefined {
  const same = (preset: Preset) => {
    const one = periodOf(preset, today);
    return one.from === period.from && one.to === period.to;
  };
  return (["days30", "days90", "year"] as const).find(same);
}

export function nameOf(name: PlanText, key: string): string {
  return (locale.value === "en" ? name.en || name.zh : name.zh || name.en) || key;
}

/** The share of clocks that are late among those of which it is known, in percent. */
export function lateShare(tally: ReplayTally): number | undefined {
  const known = tally.met + tally.breached;
  return known ? Math.round((tally.breached / known) * 1000) / 10 : undefined;
}

export type Turn = "worse" | "better" | "moved" | "unchanged";

/** How a rule comes out: by what is late, else by whether deadlines differ. */
export function turnOf(rule: RuleReplay): { turn: Turn; n: number } {
  const more = rule.candidate.breached - rule.present.breached;
  if (more > 0) return { turn: "worse", n: more };
  if (more < 0) return { turn: "better", n: -more };
  return rule.changed ? { turn: "moved", n: rule.changed } : { turn: "unchanged", n: 0 };
}

/** A changed deadline with the rule that it is of. */
export interface Change extends ChangedDeadline {
  rule: RuleReplay;
}

export function changesOf(result: PlanReplayResult): Change[] {
  return result.rules.flatMap((rule) => rule.examples.map((change) => ({ ...change, rule })));
}

/** Whether the result is another one, not only the deadline. */
export function turned(change: ChangedDeadline): boolean {
  return (change.present?.verdict ?? null) !== (change.candidate?.verdict ?? null);
}

/** What to call the state of a clock; a replay knows no warnings. */
export function wordOf(clock: ReplayedClock): TextKey {
  const words = ["met", "met_late", "breached", "paused", "cancelled"] as const;
  const word = words.find((known) => known === clock.state);
  return `planReplay.verdicts.${word ?? "running"}`;
}

/** A field of a table for spreadsheets; what they would take for a formula is marked as text. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as a file that spreadsheets open with the right characters. */
export function csv(rows: string[][]): string {
  return `\uFEFF${rows.map((row) => row.map(csvField).join(",")).join("\r\n")}\r\n`;
}
