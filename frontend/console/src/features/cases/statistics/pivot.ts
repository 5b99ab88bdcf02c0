import type { CaseReportRow, PlanTerms } from "@/api/types";
import { classOf } from "../plan";

/** A group with how many cases came in each month. */
export interface Line {
  key: string | null;
  name: string | null;
  months: number[];
  total: number;
  /** Of all cases, 0 to 1. */
  share: number;
  /** The last whole month against the one before; 0 when there is nothing to compare. */
  change: number;
  satisfaction: number | null;
}

/** The months of a period as `2026-09`, the earliest first, the last one being that of `now`. */
export function monthsUntil(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(now.getFullYear(), now.getMonth() - (count - 1 - index), 1);
    return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}`;
  });
}

/** Groups by month become lines, the most frequent first; what is not known comes last. */
export function linesOf(rows: readonly CaseReportRow[], months: readonly string[]): Line[] {
  const all = rows.reduce((sum, row) => sum + row.count, 0);
  const lines = new Map<string | null, Line & { rated: number; sum: number }>();
  for (const row of rows) {
    const line = lines.get(row.key) ?? {
      key: row.key,
      name: row.name,
      months: months.map(() => 0),
      total: 0,
      share: 0,
      change: 0,
      satisfaction: null,
      rated: 0,
      sum: 0,
    };
    const at = months.indexOf(row.by_key ?? "");
    if (at >= 0) line.months[at] = (line.months[at] ?? 0) + row.count;
    line.total += row.count;
    line.rated += row.rated;
    line.sum += (row.satisfaction ?? 0) * row.rated;
    lines.set(row.key, line);
  }
  return [...lines.values()]
    .map(({ rated, sum, ...line }) => ({
      ...line,
      share: all ? line.total / all : 0,
      // The present month is not over: it is compared with nothing.
      change: (line.months.at(-2) ?? 0) - (line.months.at(-3) ?? line.months.at(-2) ?? 0),
      satisfaction: rated ? Math.round((sum / rated) * 100) / 100 : null,
    }))
    .sort(
      (a, b) =>
        Number(a.key === null) - Number(b.key === null) ||
        b.total - a.total ||
        (a.name ?? "").localeCompare(b.name ?? ""),
    );
}

/** Counts by category as counts by the class of a view that each is in; what is in none is not known. */
export function byClass(
  rows: readonly CaseReportRow[],
  plan: Pick<PlanTerms, "categories" | "views">,
  view: string,
): CaseReportRow[] {
  const wanted = plan.views.find((one) => one.key === view);
  return rows.map((row) => {
    const found = wanted && row.key !== null ? classOf(plan, wanted, row.key) : undefined;
    return { ...row, key: found ? `${view}/${found.key}` : null, name: found?.name ?? null };
  });
}

interface Action {
  title: string;
  done: boolean;
  about?: { section: string; key: string } | null;
}

/** The preventive measures against a cause or in a category, the open ones first. */
export function measuresFor<A extends Action>(
  records: readonly { id: string; actions: readonly A[] }[],
  section: string,
  key: string | null,
): (A & { record: string })[] {
  if (key === null) return [];
  return records
    .flatMap((record) =>
      record.actions
        .filter((one) => one.about?.section === section && one.about.key === key)
        .map((one) => ({ ...one, record: record.id })),
    )
    .sort((a, b) => Number(a.done) - Number(b.done));
}

/** Cases per 1,000 conversations, to two digits; nothing when there were none. docs/glossary.md says what counts. */
export const perThousand = (cases: number, conversations: number): number | null =>
  conversations > 0 ? Math.round((cases * 100_000) / conversations) / 100 : null;

/** A line as rates: of each month and of the whole period, with the last whole month against the one before. */
export interface Rates {
  months: (number | null)[];
  total: number | null;
  change: number | null;
}

/** The rates of a line against the conversations of each month. */
export function ratesOf(line: Pick<Line, "months">, conversations: readonly number[]): Rates {
  const months = line.months.map((count, at) => perThousand(count, conversations[at] ?? 0));
  const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
  const [last, before] = [months.at(-2) ?? null, months.at(-3) ?? null];
  return {
    months,
    total: perThousand(sum(line.months), sum(conversations)),
    change: last === null || before === null ? null : Math.round((last - before) * 100) / 100,
  };
}

/** The day of a measure: when it was done or, until then, is due. */
export const dayOf = (measure: { due_on?: string | null; done_on?: string | null }): string =>
  measure.done_on ?? measure.due_on ?? "";

/** The measures whose day lies in a month, which is given as `2026-09`. */
export const measuresIn = <A extends Parameters<typeof dayOf>[0]>(measures: readonly A[], month: string): A[] =>
  measures.filter((one) => dayOf(one).startsWith(month));
