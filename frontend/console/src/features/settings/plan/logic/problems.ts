import type { PlanProblem } from "@/api/types";
import type { Section } from "./model";

/** A place in the rail of a version, and the sections of the document that it shows. */
export const places = [
  { id: "overview", icon: "i-lucide-layout-dashboard", sections: [] },
  { id: "categories", icon: "i-lucide-list-tree", sections: ["categories", "views"] },
  { id: "departments", icon: "i-lucide-network", sections: ["departments"] },
  { id: "types", icon: "i-lucide-shapes", sections: ["case_types", "fields", "intake"] },
  { id: "priorities", icon: "i-lucide-grid-3x3", sections: ["severities", "urgencies", "difficulties", "priorities"] },
  { id: "stages", icon: "i-lucide-route", sections: ["flows", "clocks", "calendar"] },
  { id: "escalations", icon: "i-lucide-trending-up", sections: ["escalations", "chains", "alarms", "reminders"] },
  { id: "templates", icon: "i-lucide-mail-open", sections: ["templates"] },
  { id: "playbooks", icon: "i-lucide-list-checks", sections: ["playbooks"] },
  { id: "remedies", icon: "i-lucide-hand-heart", sections: ["remedies"] },
  { id: "causes", icon: "i-lucide-git-branch", sections: ["causes"] },
  { id: "cards", icon: "i-lucide-lightbulb", sections: ["cards", "wording"] },
  { id: "closing", icon: "i-lucide-archive", sections: ["closing"] },
  { id: "laws", icon: "i-lucide-scale", sections: [] },
  { id: "document", icon: "i-lucide-braces", sections: [] },
] as const satisfies readonly { id: string; icon: string; sections: readonly Section[] }[];
export type PlaceId = (typeof places)[number]["id"];

/** The section that a path begins with. */
const sectionOf = (field: string): string => /^[a-z_]+/.exec(field.replace(/^content\./, ""))?.[0] ?? "";

/** Where in the rail something is put right. */
export function placeOf(field: string): PlaceId {
  const section = sectionOf(field);
  return places.find((place) => (place.sections as readonly string[]).includes(section))?.id ?? "document";
}

/** How many problems stand at each place of the rail. */
export function countByPlace(problems: readonly PlanProblem[]): Partial<Record<PlaceId, number>> {
  const counts: Partial<Record<PlaceId, number>> = {};
  for (const { field } of problems) {
    const place = placeOf(field);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

/** Whether a path is another one or lies below it. */
export const isUnder = (field: string, path: string): boolean =>
  field === path || field.startsWith(`${path}.`) || field.startsWith(`${path}[`);

/** What is wrong exactly here, or, for a text, in one of its languages. */
export const problemAt = (problems: readonly PlanProblem[], path: string): string | undefined =>
  problems.find((problem) => problem.field === path)?.message;

/** What is wrong here or below. */
export const problemsUnder = (problems: readonly PlanProblem[], path: string): PlanProblem[] =>
  problems.filter((problem) => isUnder(problem.field, path));
