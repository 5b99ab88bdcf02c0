import { copyOf, sectionNames, type Doc } from "./model";

/** Something that two people changed in different ways. */
export interface Conflict {
  section: keyof Doc;
  /** The key of the thing; empty for a section that is merged as one. */
  key: string;
  mine: unknown;
  theirs: unknown;
}
interface Keyed {
  key: string;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const isKeyed = (value: unknown): value is Keyed[] =>
  Array.isArray(value) && value.every((one) => typeof (one as Partial<Keyed> | null)?.key === "string");

/** One side's value when only that side changed it; undefined when both did, differently. */
function decide(base: unknown, mine: unknown, theirs: unknown): { value: unknown } | undefined {
  if (same(mine, theirs) || same(base, theirs)) return { value: mine };
  return same(base, mine) ? { value: theirs } : undefined;
}

function mergeList(section: keyof Doc, base: Keyed[], mine: Keyed[], theirs: Keyed[], conflicts: Conflict[]): Keyed[] {
  const find = (list: Keyed[], key: string) => list.find((one) => one.key === key);
  const orderChanged = !same(
    base.map((one) => one.key),
    mine.map((one) => one.key),
  );
  const [lead, other] = orderChanged ? [mine, theirs] : [theirs, mine];
  const order = lead.map((one) => one.key);
  // What only the other side has stands after the one it stood after there.
  other.forEach((one, at) => {
    if (order.includes(one.key)) return;
    const before = other.slice(0, at).findLast((earlier) => order.includes(earlier.key));
    order.splice(before ? order.indexOf(before.key) + 1 : 0, 0, one.key);
  });
  const merged: Keyed[] = [];
  for (const key of order) {
    const [was, own, their] = [find(base, key), find(mine, key), find(theirs, key)];
    const decided = decide(was, own, their);
    if (!decided) conflicts.push({ section, key, mine: own, theirs: their });
    const value = (decided ? decided.value : (own ?? their)) as Keyed | undefined;
    if (value) merged.push(value);
  }
  return merged;
}

/** Puts together what two people made of the same document; what both changed keeps my value and is told. */
export function mergeDocs(base: Doc, mine: Doc, theirs: Doc): { merged: Doc; conflicts: Conflict[] } {
  const conflicts: Conflict[] = [];
  const merged = copyOf(mine);
  const held = merged as unknown as Record<string, unknown>;
  for (const section of sectionNames) {
    const [was, own, their] = [base[section], mine[section], theirs[section]];
    const decided = decide(was, own, their);
    if (decided) held[section] = copyOf(decided.value);
    else if (isKeyed(was) && isKeyed(own) && isKeyed(their))
      held[section] = copyOf(mergeList(section, was, own, their, conflicts));
    else conflicts.push({ section, key: "", mine: own, theirs: their });
  }
  return { merged, conflicts };
}

/** The document with the colleague's side of a conflict. */
export function takeTheirs(doc: Doc, conflict: Conflict): Doc {
  const next = copyOf(doc);
  const held = next as unknown as Record<string, unknown>;
  if (!conflict.key) held[conflict.section] = copyOf(conflict.theirs);
  else {
    const list = held[conflict.section] as Keyed[];
    const at = list.findIndex((one) => one.key === conflict.key);
    const entry = conflict.theirs === undefined ? [] : [copyOf(conflict.theirs) as Keyed];
    list.splice(at < 0 ? list.length : at, at < 0 ? 0 : 1, ...entry);
  }
  return next;
}
