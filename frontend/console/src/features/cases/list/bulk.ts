import { ApiError } from "@/api/client";
import type { CaseBulkResults, Id } from "@/api/types";

/** What became of one of many. */
export interface BulkResult<T> {
  item: T;
  /** Whether it was changed; not when it was so already. */
  changed: boolean;
  /** Why it did not work; absent when it did. */
  problem?: string;
}

/** What became of many, and by which it can all be undone. */
interface BulkOutcome<T> {
  results: BulkResult<T>[];
  undo: Id[];
}

/** How many the server is asked to change at once: few enough to see it go on. */
export const STEP = 50;

/** Changes many, some at a time, and tells of each what became of it. A part that fails holds up no other. */
export async function changeMany<T extends { id: Id }>(
  items: readonly T[],
  send: (ids: Id[]) => Promise<CaseBulkResults>,
  progress: (done: number) => void = () => {},
): Promise<BulkOutcome<T>> {
  const outcome: BulkOutcome<T> = { results: [], undo: [] };
  for (let from = 0; from < items.length; from += STEP) {
    const part = items.slice(from, from + STEP);
    try {
      const answer = await send(part.map((item) => item.id));
      const told = new Map(answer.items.map((one) => [one.id, one]));
      for (const item of part) {
        const one = told.get(item.id);
        outcome.results.push(
          one?.done
            ? { item, changed: one.changed }
            : { item, changed: false, problem: one?.message ?? one?.code ?? "" },
        );
      }
      if (answer.undo_id) outcome.undo.push(answer.undo_id);
    } catch (error) {
      const problem =
        error instanceof ApiError ? (error.errors[0]?.message ?? error.detail ?? error.title) : String(error);
      for (const item of part) outcome.results.push({ item, changed: false, problem });
    }
    progress(Math.min(from + STEP, items.length));
  }
  return outcome;
}

/** How many were changed, were so already, and could not be changed. */
export function counted(results: readonly BulkResult<unknown>[]) {
  const refused = results.filter((result) => result.problem !== undefined).length;
  const changed = results.filter((result) => result.changed).length;
  return { changed, same: results.length - changed - refused, refused };
}

/** The keys between two rows of a list, both with it, in the order of the list. */
export function between(keys: readonly string[], from: string, to: string): string[] {
  const [a, b] = [keys.indexOf(from), keys.indexOf(to)];
  if (a < 0 || b < 0) return [to];
  return keys.slice(Math.min(a, b), Math.max(a, b) + 1);
}
