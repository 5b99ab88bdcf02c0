/** What somebody changed of a record while another one changed it too. */
export interface Merge<T> {
  /** What I changed and the other did not touch, or changed to the same. */
  mine: Partial<T>;
  /** What both changed, each to something else. */
  both: (keyof T & string)[];
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The fields that differ. */
export function changed<T extends object>(base: T, now: T): (keyof T & string)[] {
  return (Object.keys(now) as (keyof T & string)[]).filter((key) => !same(base[key], now[key]));
}

/** Puts my changes beside those of the other: both began with `base`. */
export function merge<T extends object>(base: T, mine: T, theirs: T): Merge<T> {
  const result: Merge<T> = { mine: {}, both: [] };
  for (const key of changed(base, mine)) {
    if (same(theirs[key], base[key])) result.mine[key] = mine[key];
    else if (!same(theirs[key], mine[key])) result.both.push(key);
  }
  return result;
}
