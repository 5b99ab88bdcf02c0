import { planText } from "@/features/cases/plan";
import type { Doc, DocView } from "./model";

/** The class of a view that a category is in: by its own entry or by that of a node above it. */
export function classOf(plan: Pick<Doc, "categories">, view: DocView, category: string): { key: string; name: string; own: boolean } | undefined {
  let at: string | null | undefined = category;
  for (let steps = 0; at && steps < 32; steps += 1) {
    const key: string = at;
    const found = view.classes.find((one) => one.categories.includes(key));
    if (found) return { key: found.key, name: planText(found.name), own: steps === 0 };
    at = plan.categories.find((node) => node.key === key)?.parent;
  }
  return undefined;
}

/** Puts a category into a class of a view by its own entry; `null` leaves it to what lies above. */
export function setClass(view: DocView, category: string, key: string | null): void {
  for (const one of view.classes) {
    const at = one.categories.indexOf(category);
    if (one.key !== key && at >= 0) one.categories.splice(at, 1);
    if (one.key === key && at < 0) one.categories.push(category);
  }
}

/** What a category inherits when it says nothing itself. */
export function inherited(plan: Pick<Doc, "categories">, category: string, property: "department" | "severity" | "difficulty"): string | null {
  const parents = new Map(plan.categories.map((node) => [node.key, node]));
  let at = parents.get(category)?.parent;
  for (let steps = 0; at && steps < 32; steps += 1) {
    const node = parents.get(at);
    if (node?.[property]) return node[property];
    at = node?.parent;
  }
  return null;
}
