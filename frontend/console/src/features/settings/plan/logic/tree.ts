/** A node of a tree that is kept as a list: parents before children. */
export interface Node {
  key: string;
  parent: string | null;
}
export interface Placed<T> {
  node: T;
  depth: number;
  /** Its place in the list that was given. */
  index: number;
  leaf: boolean;
  /** Whether it is the first or last among its siblings. */
  first: boolean;
  last: boolean;
}

const parentOf = <T extends Node>(nodes: readonly T[], node: T): string =>
  node.parent && nodes.some((one) => one.key === node.parent) ? node.parent : "";
const childrenOf = <T extends Node>(nodes: readonly T[], parent: string): T[] =>
  nodes.filter((node) => parentOf(nodes, node) === parent);

/** The tree from top to bottom, each node before what lies below it. */
export function placed<T extends Node>(nodes: readonly T[]): Placed<T>[] {
  const found: Placed<T>[] = [];
  const walk = (parent: string, depth: number) => {
    const level = childrenOf(nodes, parent);
    level.forEach((node, at) => {
      const leaf = childrenOf(nodes, node.key).length === 0;
      found.push({ node, depth, index: nodes.indexOf(node), leaf, first: at === 0, last: at === level.length - 1 });
      if (depth < 32) walk(node.key, depth + 1);
    });
  };
  walk("", 0);
  return found;
}

/** The same nodes in the order of the tree. */
export const ordered = <T extends Node>(nodes: readonly T[]): T[] => placed(nodes).map((item) => item.node);

/** A node and all that lie below it. */
export function branch(nodes: readonly Node[], key: string): Set<string> {
  const found = new Set([key]);
  for (let before = 0; before !== found.size;) {
    before = found.size;
    for (const node of nodes) if (node.parent && found.has(node.parent)) found.add(node.key);
  }
  return found;
}

/** Puts a node below another one, or at the top, after `after` or as the last; `undefined` when that is not possible. */
export function moved<T extends Node>(
  nodes: readonly T[],
  key: string,
  parent: string | null,
  after?: string | null,
): T[] | undefined {
  const node = nodes.find((one) => one.key === key);
  if (!node || (parent !== null && branch(nodes, key).has(parent))) return undefined;
  const rest = nodes.filter((one) => one.key !== key);
  const siblings = childrenOf(rest, parent ?? "");
  const place = after === undefined ? siblings.length : siblings.findIndex((one) => one.key === after) + 1;
  const next = siblings[place];
  const at = next ? rest.indexOf(next) : rest.length;
  return ordered([...rest.slice(0, at), { ...node, parent }, ...rest.slice(at)]);
}

/** Moves a node among its siblings, up by -1 or down by 1. */
export function shifted<T extends Node>(nodes: readonly T[], key: string, by: -1 | 1): T[] | undefined {
  const node = nodes.find((one) => one.key === key);
  if (!node) return undefined;
  const parent = parentOf(nodes, node);
  const siblings = childrenOf(nodes, parent);
  const at = siblings.indexOf(node);
  const target = at + by;
  if (target < 0 || target >= siblings.length) return undefined;
  const before = by < 0 ? siblings[target - 1] : siblings[target];
  return moved(nodes, key, parent || null, before?.key ?? null);
}

/** Puts a node below the sibling above it. */
export function indented<T extends Node>(nodes: readonly T[], key: string): T[] | undefined {
  const node = nodes.find((one) => one.key === key);
  if (!node) return undefined;
  const siblings = childrenOf(nodes, parentOf(nodes, node));
  const above = siblings[siblings.indexOf(node) - 1];
  return above && moved(nodes, key, above.key);
}

/** Puts a node beside the one above it. */
export function outdented<T extends Node>(nodes: readonly T[], key: string): T[] | undefined {
  const node = nodes.find((one) => one.key === key);
  const parent = nodes.find((one) => one.key === node?.parent);
  return parent && moved(nodes, key, parentOf(nodes, parent) || null, parent.key);
}

/** Puts a node beside another one or below it, as its first or last; `undefined` where it stands already or cannot go. */
export function dropped<T extends Node>(
  nodes: readonly T[],
  key: string,
  target: string,
  side: "before" | "after" | "inside" | "first",
): T[] | undefined {
  const beside = nodes.find((one) => one.key === target);
  if (!beside || key === target) return undefined;
  const parent = parentOf(nodes, beside) || null;
  const siblings = childrenOf(nodes, parent ?? "").filter((one) => one.key !== key);
  const before = siblings[siblings.indexOf(beside) - 1]?.key ?? null;
  const next =
    side === "inside"
      ? moved(nodes, key, target)
      : side === "first"
        ? moved(nodes, key, target, null)
        : moved(nodes, key, parent, side === "before" ? before : target);
  const same = next?.every(
    (node, at) => node.key === ordered(nodes)[at]?.key && node.parent === ordered(nodes)[at]?.parent,
  );
  return same ? undefined : next;
}

/** The tree with one more node. */
export const added = <T extends Node>(nodes: readonly T[], node: T): T[] => ordered([...nodes, node]);

/** The tree without a node and what lies below it. */
export function without<T extends Node>(nodes: readonly T[], key: string): T[] {
  const gone = branch(nodes, key);
  return nodes.filter((node) => !gone.has(node.key));
}
