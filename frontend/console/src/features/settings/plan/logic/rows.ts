import { classOf, isWithin } from "@/features/cases/plan";
import type { Doc, DocCondition, DocFlow, DocStage } from "./model";
import { classText, nameOf } from "./words";
import { t } from "@/lib/i18n";

/** What of a case decides which stages and clocks are for it, as far as it is known. */
export interface Facts {
  case_type?: string;
  category?: string;
  severity?: string;
  urgency?: string;
  difficulty?: string;
}

/** A kind of case whose row of stages can be looked at. */
export interface Kind {
  value: string;
  label: string;
  facts: Facts;
}

/** Whether a case is such a case. What is not known fits no restriction, unless it is left `open`. */
export function fits(plan: Doc, when: DocCondition, facts: Facts, open = false): boolean {
  const one = (keys: readonly string[], value: string | undefined) =>
    keys.length === 0 || (value === undefined ? open : keys.includes(value));
  const some = (keys: readonly string[], holds: (key: string, category: string) => boolean) => {
    const { category } = facts;
    return keys.length === 0 || (category === undefined ? open : keys.some((key) => holds(key, category)));
  };
  const inClass = (both: string, category: string) => {
    const [name = "", key = ""] = both.split("/");
    const view = plan.views.find((each) => each.key === name);
    return view !== undefined && classOf(plan, view, category)?.key === key;
  };
  return (
    one(when.case_types, facts.case_type) &&
    one(when.severities, facts.severity) &&
    one(when.urgencies, facts.urgency) &&
    one(when.difficulties, facts.difficulty) &&
    some(when.categories, (key, category) => isWithin(plan, category, key)) &&
    some(when.classes, inClass)
  );
}

/** Whether it restricts nothing. */
export const isOpen = (when: DocCondition): boolean => Object.values(when).every((keys) => keys.length === 0);

/** Whether a case goes through a stage. */
export const goesThrough = (plan: Doc, stage: DocStage, facts: Facts): boolean =>
  isOpen(stage.when) || fits(plan, stage.when, facts) !== stage.except;

/** The kinds of cases that the stages of a flow tell apart, those not classified yet first; none when it has one row only. */
export function kindsOf(plan: Doc, flow: DocFlow): Kind[] {
  const conditions = flow.stages.map((stage) => stage.when).filter((when) => !isOpen(when));
  if (!conditions.length) return [];
  const named = (property: keyof DocCondition) => [...new Set(conditions.flatMap((when) => when[property]))];
  const representative = (both: string) =>
    plan.categories.find((one) => fits(plan, { ...none, classes: [both] }, { category: one.key }))?.key;
  const kinds: Kind[] = [{ value: "unknown", label: t("plan.stage.rowUnknown"), facts: {} }];
  for (const both of named("classes")) {
    const category = representative(both);
    if (category) kinds.push({ value: `classes:${both}`, label: classText(plan, both), facts: { category } });
  }
  const sections = [
    ["categories", "category", plan.categories],
    ["case_types", "case_type", plan.case_types],
    ["severities", "severity", plan.severities],
    ["urgencies", "urgency", plan.urgencies],
    ["difficulties", "difficulty", plan.difficulties],
  ] as const;
  for (const [property, fact, list] of sections)
    for (const key of named(property))
      kinds.push({ value: `${property}:${key}`, label: nameOf(list, key), facts: { [fact]: key } });
  return kinds;
}

const none: DocCondition = {
  case_types: [],
  categories: [],
  classes: [],
  severities: [],
  urgencies: [],
  difficulties: [],
};
