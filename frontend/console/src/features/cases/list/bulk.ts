import { ApiError } from "@/api/client";

/** What became of one of many. */
export interface BulkResult<T> {
  item: T;
  /** Why it did not work; absent when it did. */
  problem?: string;
}

/** Does something with many, a few at a time, and tells of each what became of it. One that fails stops no other. */
export async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<unknown>, progress: (done: number) => void = () => {}, atOnce = 4): Promise<BulkResult<T>[]> {
  const results: BulkResult<T>[] = items.map((item) => ({ item }));
  let next = 0;
  let done = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const result = results[index] as BulkResult<T>;
      try {
        await work(result.item);
      } catch (error) {
        result.problem = error instanceof ApiError ? (error.errors[0]?.message ?? error.detail ?? error.title) : String(error);
      }
      done += 1;
      progress(done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}

/** The keys between two rows of a list, both with it, in the order of the list. */
export function between(keys: readonly string[], from: string, to: string): string[] {
  const [a, b] = [keys.indexOf(from), keys.indexOf(to)];
  if (a < 0 || b < 0) return [to];
  return keys.slice(Math.min(a, b), Math.max(a, b) + 1);
}
