import type { Doc, DocView } from "./model";

export { classOf } from "@/features/cases/plan";

/** Puts a category into a class of a view by its own entry; `null` leaves it to what lies above. */
export function setClass(view: DocView, category: string, key: string | null): void {
  for (const one of view.classes) {
    const at = one.categories.indexOf(category);
    if (one.key !== key && at >= 0) one.categories.splice(at, 1);
    if (one.key === key && at < 0) one.categories.push(category);
  }
}

/** What a category inherits when it says nothing itself. */
export function inherited(
  plan: Pick<Doc, "categories">,
  category: string,
  property: "department" | "severity" | "difficulty",
): string | null {
  const parents = new Map(plan.categories.map((node) => [node.key, node]));
  let at = parents.get(category)?.parent;
  for (let steps = 0; at && steps < 32; steps += 1) {
    const node = parents.get(at);
    if (node?.[property]) return node[property];
    at = node?.parent;
  }
  return null;
}
