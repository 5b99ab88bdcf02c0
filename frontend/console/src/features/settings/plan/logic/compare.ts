import type { PlanChange, PlanEntry, PlanFieldChange, PlanSectionChanges } from "@/api/types";
import { planText } from "@/features/cases/plan";
import { t, tOr } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { limitFull } from "./limits";
import {
  sectionNames,
  type Doc,
  type DocAction,
  type DocLimit,
  type DocMoment,
  type DocRecipient,
  type DocStep,
} from "./model";
import { outsideOf, type Outside } from "./outside";
import { matrixOf, type Judged } from "./priority";
import { referenceOf } from "./uses";
import { actionText, atText, classText, momentText, nameOf, recipientText, roleText } from "./words";

/** A value before and after, with where it stands in words. */
export interface Difference {
  label: string;
  from: string;
  to: string;
}

type Lists = Record<string, readonly { key: string; name?: unknown }[]>;
const isText = (value: unknown): value is { zh?: string; en?: string } =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).length > 0 &&
  Object.keys(value).every((name) => name === "zh" || name === "en");

/** The words for properties whose values are words of the document. */
const vocabulary: Record<string, string> = {
  needs: "plan.need",
  stages: "cases.stageKind",
  stage: "cases.stageKind",
  required_at: "cases.stageKind",
  moods: "cases.mood",
  topic: "plan.topic",
  priority: "cases.priority",
  pause_on: "cases.pauseReason",
  mode: "plan.limit.mode",
};

function word(plan: Doc, property: string, value: string, outside: Outside): string {
  const kind = outsideOf(property);
  if (kind) return outside(kind, value);
  const section = referenceOf(property);
  if (section) return nameOf((plan as unknown as Lists)[section] ?? [], value);
  if (property === "classes" && value.includes("/")) return classText(plan, value);
  if (property === "role") return roleText(value);
  const place = vocabulary[property];
  if (place) return tOr(`${place}.${value}`, value);
  if (property === "kind")
    return tOr(
      `cases.stageKind.${value}`,
      tOr(
        `cases.notice.kind.${value}`,
        tOr(`cases.tasks.kind.${value}`, tOr(`plan.remedyKind.${value}`, tOr(`plan.fieldKind.${value}`, value))),
      ),
    );
  return value;
}

/** A value of a plan in words. */
export function valueText(plan: Doc, property: string, value: unknown, outside: Outside): string {
  if (value === null || value === undefined || value === "") return t("plan.compare.nothing");
  if (typeof value === "boolean") return t(value ? "plan.yes" : "plan.no");
  if (typeof value === "number") return property === "warn_at" ? `${String(value)}%` : String(value);
  if (typeof value === "string") return word(plan, property, value, outside);
  if (Array.isArray(value)) {
    const words = value.map((one) => valueText(plan, property, one, outside));
    return words.length ? words.join(t("plan.comma")) : t("plan.compare.nothing");
  }
  if (isText(value)) return planText(value);
  return objectText(plan, value as Record<string, unknown>, outside);
}

function objectText(plan: Doc, value: Record<string, unknown>, outside: Outside): string {
  if (typeof value["do"] === "string")
    return actionText(plan, value as unknown as DocAction, (id) => outside("user", id));
  if (typeof value["unit"] === "string") return limitFull(value as unknown as DocLimit);
  if (value["at"] && value["actions"])
    return `${atText(value["at"] as DocStep["at"])}: ${valueText(plan, "actions", value["actions"], outside)}`;
  if (value["on"] === "share" || value["on"] === "overdue") return atText(value as unknown as DocStep["at"]);
  if (typeof value["on"] === "string") return momentText(value as unknown as DocMoment, plan);
  if (typeof value["who"] === "string")
    return recipientText(value as unknown as DocRecipient, (id) => outside("user", id));
  if (typeof value["role"] === "string")
    return value["up_to"] === null || value["up_to"] === undefined
      ? roleText(value["role"])
      : t("plan.remedy.upTo", { name: roleText(value["role"]), amount: formatMoney(Number(value["up_to"])) });
  const name = value["name"] ?? value["title"];
  if (name) return planText(name as { zh: string });
  return JSON.stringify(value);
}

type Content = Pick<Difference, "label"> & { text: string };
/** Objects that have words of their own. */
const known = ["do", "unit", "on", "who", "role"];
const silent = (property: string, value: unknown): boolean =>
  ["key", "name", "title", "pack"].includes(property) ||
  value === null ||
  value === "" ||
  (value === false && property !== "enabled") ||
  (Array.isArray(value) && !value.length) ||
  (isText(value) && !planText(value));

/** What stands above a node of a tree is of the node's own section; the two trees may have the same keys. */
const saidAs = (property: string, section: string): string => (property === "parent" ? section : property);

/** What a thing that is new or gone says, a line for each property that says something. */
export function contents(
  plan: Doc,
  value: unknown,
  outside: Outside,
  above: readonly string[] = [],
  section = "",
): Content[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([property, inner]: [string, unknown]): Content[] => {
    if (silent(property, inner)) return [];
    const place = [...above, tOr(`plan.property.${property}`, property)];
    const line = () => [{ label: place.join(" › "), text: valueText(plan, saidAs(property, section), inner, outside) }];
    if (typeof inner !== "object" || inner === null || isText(inner)) return line();
    if (Array.isArray(inner)) {
      const keyed = inner.filter(
        (one): one is { key: string; name?: object; title?: object } =>
          typeof one === "object" && one !== null && "key" in one,
      );
      return keyed.length < inner.length ? line() : keyed.flatMap((one) => inside(plan, one, outside, place));
    }
    // A limit says beside how long also when it warns and what pauses it.
    if ("unit" in inner) return [...line(), ...contents(plan, rest(inner, ["pause_on", "warn_at"]), outside, above)];
    return known.some((name) => name in inner) ? line() : contents(plan, inner, outside, place);
  });
}

/** What a thing within another one says, or at least its name. */
function inside(
  plan: Doc,
  one: { key: string; name?: object; title?: object },
  outside: Outside,
  place: readonly string[],
): Content[] {
  const name = planText((one.name ?? one.title) as { zh: string } | undefined) || one.key;
  const found = contents(plan, one, outside, [...place, name]);
  return found.length ? found : [{ label: place.join(" › "), text: name }];
}
const rest = (value: object, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));

/** What a rule leaves open fits every case: nothing asked is no restriction. */
const isOpen = (path: string, value: unknown): boolean =>
  /(^|\.)when\./.test(path) && (value === null || value === undefined || (Array.isArray(value) && !value.length));

/** Where a value stands, in words: `Stages › Handle › Needs`. */
export function pathText(plan: Doc, path: string): string {
  const steps = path.match(/[^.[\]]+/g) ?? [];
  const names = namesIn(plan);
  return steps
    .map((step, at) => {
      if (step === "zh" || step === "en") return t(`plan.language.${step}`);
      const listed = path.includes(`[${step}]`) && at > 0;
      return listed ? (names.get(step) ?? step) : tOr(`plan.property.${step}`, step);
    })
    .join(" › ");
}

/** Names of everything that has a key, wherever it is; the first one counts. */
function namesIn(value: unknown, found = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) for (const one of value) namesIn(one, found);
  else if (typeof value === "object" && value !== null) {
    const { key, name, title } = value as Record<string, unknown>;
    const called = planText((name ?? title) as { zh: string } | undefined);
    if (typeof key === "string" && called && !found.has(key)) found.set(key, called);
    for (const inner of Object.values(value)) if (typeof inner === "object") namesIn(inner, found);
  }
  return found;
}

const propertyOf = (path: string): string =>
  (path.match(/[^.[\]]+/g) ?? []).filter((step) => step !== "zh" && step !== "en").at(-1) ?? path;

/** One changed value. */
export function difference(plan: Doc, field: PlanFieldChange, outside: Outside, section = ""): Difference {
  const property = saidAs(propertyOf(field.path), section);
  return {
    label: pathText(plan, field.path),
    from: isOpen(field.path, field.old) ? t("plan.condition.any") : valueText(plan, property, field.old, outside),
    to: isOpen(field.path, field.new) ? t("plan.condition.any") : valueText(plan, property, field.new, outside),
  };
}

export const entryName = (
  plan: Doc,
  section: string,
  entry: Pick<PlanEntry, "key" | "name"> & { value?: unknown },
): string => {
  if (entry.name) return planText(entry.name);
  if (section === "priorities" && entry.value) return priorityRow(plan, entry.value as Record<string, unknown>);
  return t("plan.compare.row", { key: entry.key });
};

function priorityRow(plan: Doc, row: Record<string, unknown>): string {
  const keys = (name: string) => (row[name] as string[] | undefined) ?? [];
  const levels = [
    ...keys("severities").map((key) => nameOf(plan.severities, key)),
    ...keys("urgencies").map((key) => nameOf(plan.urgencies, key)),
  ];
  return `${levels.join(" × ") || t("plan.condition.all")} → ${tOr(`cases.priority.${String(row["priority"])}`, "")}`;
}

/** What the two tables of priorities come to in different ways; rows alone would tell nobody anything. */
export function priorityChanges(before: Doc, now: Doc): Difference[] {
  const keys = (levels: readonly { key: string }[]) => levels.map((level) => level.key);
  const tables = [before, now].map((doc) => matrixOf(doc.priorities, keys(now.severities), keys(now.urgencies)));
  const name = (levels: Doc["severities"], key: Judged) =>
    key === null ? t("plan.priority.open") : nameOf(levels, key);
  return (tables[1] ?? []).flatMap((row, at) =>
    row.cells.flatMap((cell, place) => {
      const was = tables[0]?.[at]?.cells[place]?.priority ?? cell.priority;
      if (was === cell.priority) return [];
      const label = `${name(now.severities, row.severity)} × ${name(now.urgencies, cell.urgency)}`;
      return [{ label, from: t(`cases.priority.${was}`), to: t(`cases.priority.${cell.priority}`) }];
    }),
  );
}

/** The sections in the order in which a plan is read. */
export const inOrder = (sections: readonly PlanSectionChanges[]): PlanSectionChanges[] =>
  [...sections].sort(
    (a, b) =>
      (sectionNames as readonly string[]).indexOf(a.section) - (sectionNames as readonly string[]).indexOf(b.section),
  );

export const changeName = (plan: Doc, section: string, change: PlanChange): string =>
  change.key === "" ? tOr(`plan.section.${section}`, section) : entryName(plan, section, change);

/** How many things a comparison names. */
export const sizeOf = (
  sections: readonly PlanSectionChanges[],
): { added: number; removed: number; changed: number } => ({
  added: sections.reduce((sum, one) => sum + one.added.length, 0),
  removed: sections.reduce((sum, one) => sum + one.removed.length, 0),
  changed: sections.reduce((sum, one) => sum + one.changed.length, 0),
});

/** What two texts share at their ends, and what differs between. */
export function differing(from: string, to: string): { head: string; old: string; fresh: string; tail: string } {
  const [a, b] = [[...from], [...to]];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  return {
    head: a.slice(0, head).join(""),
    old: a.slice(head, a.length - tail).join(""),
    fresh: b.slice(head, b.length - tail).join(""),
    tail: a.slice(a.length - tail).join(""),
  };
}
