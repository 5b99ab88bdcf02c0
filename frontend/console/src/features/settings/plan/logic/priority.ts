import type { CasePriority } from "@/api/types";
import type { DocPriority } from "./model";

/** A severity or urgency, or `null` while it is not judged. */
export type Judged = string | null;
/** Priorities by severity and urgency: what the rows of a plan come to. */
type Matrix = { severity: Judged; cells: { urgency: Judged; priority: CasePriority }[] }[];

const fits = (keys: readonly string[], value: Judged): boolean =>
  keys.length === 0 || (value !== null && keys.includes(value));

/** The priority that follows: the first row that fits, normal when none does. */
export const priorityOf = (rows: readonly DocPriority[], severity: Judged, urgency: Judged): CasePriority =>
  rows.find((row) => fits(row.severities, severity) && fits(row.urgencies, urgency))?.priority ?? "normal";

/** All that the rows come to; what is not judged stands last. */
export const matrixOf = (
  rows: readonly DocPriority[],
  severities: readonly string[],
  urgencies: readonly string[],
): Matrix =>
  [...severities, null].map((severity) => ({
    severity,
    cells: [...urgencies, null].map((urgency) => ({ urgency, priority: priorityOf(rows, severity, urgency) })),
  }));

/**
 * The fewest rows for a table, in the order in which they count: what both judgements say, then what one says while the
 * other is open, then the rest.
 */
export function rowsOf(matrix: Matrix): DocPriority[] {
  const at = (severity: Judged, urgency: Judged): CasePriority =>
    matrix.find((row) => row.severity === severity)?.cells.find((cell) => cell.urgency === urgency)?.priority ??
    "normal";
  const exact: DocPriority[] = [];
  const bySeverity: DocPriority[] = [];
  const byUrgency: DocPriority[] = [];
  for (const { severity, cells } of matrix)
    for (const { urgency, priority } of cells) {
      if (severity !== null && urgency !== null) {
        if (priority !== at(severity, null)) exact.push({ severities: [severity], urgencies: [urgency], priority });
      } else if (severity !== null) bySeverity.push({ severities: [severity], urgencies: [], priority });
      else if (urgency !== null) byUrgency.push({ severities: [], urgencies: [urgency], priority });
    }
  const rest = at(null, null);
  const last = rest === "normal" ? [] : [{ severities: [], urgencies: [], priority: rest }];
  // A row that says what would follow without it is left out, from the last on.
  const tail = byUrgency.filter((row) => row.priority !== rest);
  return [...exact, ...bySeverity, ...tail, ...last];
}

/** The rows after one cell of the table was set. */
export function withCell(
  rows: readonly DocPriority[],
  severities: readonly string[],
  urgencies: readonly string[],
  cell: { severity: Judged; urgency: Judged; priority: CasePriority },
): DocPriority[] {
  const matrix = matrixOf(rows, severities, urgencies);
  const found = matrix.find((row) => row.severity === cell.severity)?.cells.find((one) => one.urgency === cell.urgency);
  if (found) found.priority = cell.priority;
  return rowsOf(matrix);
}
