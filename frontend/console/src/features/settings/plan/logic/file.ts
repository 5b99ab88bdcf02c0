import type { PlanText } from "@/api/types";
import { complete } from "./blank";
import type { Doc } from "./model";

/** A plan as a file, to be taken from one installation to another. */
export interface PlanFile {
  name: PlanText;
  /** The key of the pack that it began with. */
  pack: string;
  content: Doc;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The text of the file. */
export const writePlan = (plan: PlanFile): string => `${JSON.stringify({ heard_plan: 1, ...plan }, null, 2)}\n`;

/** What a file holds: a plan that was downloaded, or a pack; nothing when it is neither. */
export function readPlan(text: string): PlanFile | undefined {
  let file: unknown;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
  if (!isObject(file)) return undefined;
  const content = isObject(file["content"]) ? file["content"] : file["plan"];
  if (!isObject(content) || !Array.isArray(content["case_types"]) || !Array.isArray(content["flows"])) return undefined;
  const name = isObject(file["name"]) ? (file["name"] as PlanText) : { zh: "", en: "" };
  const pack = typeof file["pack"] === "string" ? file["pack"] : typeof file["key"] === "string" ? file["key"] : "";
  return { name, pack, content: abroad(complete(content)) };
}

/** The plan without what only its own installation knows: teams, inboxes, tags, and people who are named. */
function abroad(doc: Doc): Doc {
  const own = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((one) => !isObject(one) || one["who"] !== "user").map(own);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, own(inner)]));
  };
  const plan = own(doc) as Doc;
  return {
    ...plan,
    departments: plan.departments.map((department) => ({ ...department, team_id: null })),
    intake: plan.intake.map((rule) => ({ ...rule, when: { ...rule.when, inbox_ids: [], tags: [] } })),
  };
}
