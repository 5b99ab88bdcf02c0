import type { Doc } from "./model";

/** What things of a plan refer to, by the names of the properties that hold keys. */
const kinds: Record<string, string> = {
  case_type: "case_types",
  category: "categories",
  department: "departments",
  departments: "departments",
  severity: "severities",
  severities: "severities",
  urgencies: "urgencies",
  difficulty: "difficulties",
  difficulties: "difficulties",
  categories: "categories",
  causes: "causes",
  case_types: "case_types",
  escalation: "escalations",
  tasks: "escalations",
  handovers: "escalations",
  flow: "flows",
};

/** The section that a property of this name refers to. */
export const referenceOf = (property: string): string | undefined => kinds[property];

/** A place where a thing of a plan is named by another one. */
export interface Use {
  section: string;
  /** The place in its list, when it is one of a list. */
  index: number;
  /** From the section on, as `clocks[2].when.categories`. */
  path: string;
}

/** Where a key of a section is named; `view/class` counts for views. */
export function usesOf(doc: Doc, section: string, key: string): Use[] {
  const found: Use[] = [];
  const walk = (value: unknown, path: string, property: string) => {
    if (Array.isArray(value)) {
      value.forEach((inner, at) =>
        typeof inner === "string" ? check(inner, path, property) : walk(inner, `${path}[${at}]`, property),
      );
    } else if (typeof value === "string") check(value, path, property);
    else if (typeof value === "object" && value !== null)
      for (const [name, inner] of Object.entries(value)) walk(inner, path ? `${path}.${name}` : name, name);
  };
  const check = (value: string, path: string, property: string) => {
    const named =
      section === "views"
        ? property === "classes" && (value === key || value.startsWith(`${key}/`))
        : kinds[property] === section && value === key;
    if (!named) return;
    const [, own, index] = /^([a-z_]+)(?:\[(\d+)\])?/.exec(path) ?? [];
    found.push({ section: own ?? "", index: Number(index ?? 0), path });
  };
  for (const [name, value] of Object.entries(doc)) walk(value, name, name === section ? "" : name);
  return found;
}
