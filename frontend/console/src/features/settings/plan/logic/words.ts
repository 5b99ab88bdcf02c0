import type { StageKind } from "@/api/types";
import { t, tOr } from "@/lib/i18n";
import { planText } from "@/features/cases/plan";
import type { Doc, DocAction, DocCondition, DocMoment, DocRecipient, DocStep, DocText } from "./model";
import { limitText } from "./limits";

const listed = (words: readonly string[]): string => words.join(t("plan.comma"));

/** The name of a thing of a plan, or its key. */
export function nameOf(list: readonly { key: string; name?: unknown; title?: unknown }[], key: string): string {
  const found = list.find((one) => one.key === key);
  return planText((found?.name ?? found?.title) as { zh: string } | undefined) || key;
}

/** Where something stands in a plan, in words: `Departments › Technical department › Team`. */
export function fieldText(plan: Doc, field: string): string {
  let node: unknown = plan;
  const steps = field.replace(/^content\.?/, "").match(/[^.[\]]+/g) ?? [];
  const words = steps.map((step, at) => {
    const within = node as Record<string, unknown> | null | undefined;
    const listed = Array.isArray(within) && /^\d+$/.test(step);
    node = within?.[step];
    if (listed) return thingText(node) || t("plan.compare.row", { key: Number(step) + 1 });
    if (step === "zh" || step === "en") return t(`plan.language.${step}`);
    return at === 0 ? tOr(`plan.section.${step}`, step) : tOr(`plan.property.${step}`, step);
  });
  return words.join(" › ");
}

/** What something in a list of a plan is called. */
function thingText(thing: unknown): string {
  if (typeof thing !== "object" || thing === null) return "";
  const { key, name, title } = thing as { key?: string; name?: DocText; title?: DocText };
  return planText(name ?? title) || (key ?? "");
}

/** The name of a class that is given as `view/class`. */
export function classText(plan: Pick<Doc, "views">, both: string): string {
  const [view = "", key = ""] = both.split("/");
  const found = plan.views.find((one) => one.key === view);
  return found ? `${planText(found.name)}: ${nameOf(found.classes, key)}` : both;
}

/** Which cases a rule is for. */
export function conditionText(plan: Doc, when: DocCondition): string {
  const parts = [
    when.case_types.map((key) => nameOf(plan.case_types, key)),
    when.categories.map((key) => nameOf(plan.categories, key)),
    when.classes.map((both) => classText(plan, both)),
    when.severities.map((key) => nameOf(plan.severities, key)),
    when.urgencies.map((key) => nameOf(plan.urgencies, key)),
    when.difficulties.map((key) => nameOf(plan.difficulties, key)),
  ].filter((names) => names.length > 0);
  return parts.length ? parts.map(listed).join(" · ") : t("plan.condition.all");
}

/** The name of stages of a kind, as the plan calls them where all of its flows call them the same. */
export function stageText(plan: Pick<Doc, "flows">, kind: StageKind): string {
  const names = new Set(
    plan.flows.flatMap((flow) =>
      flow.stages.filter((stage) => stage.kind === kind).map((stage) => planText(stage.name)),
    ),
  );
  const [only] = names;
  return names.size === 1 && only ? only : t(`cases.stageKind.${kind}`);
}

/** `"Handle" is completed`. */
export const momentText = (moment: DocMoment, plan: Pick<Doc, "flows">): string =>
  "stage" in moment
    ? t(`plan.moment.${moment.on}`, { name: stageText(plan, moment.stage) })
    : t(`plan.moment.${moment.on}`);

export const recipientText = (to: DocRecipient, people: (id: string) => string = (id) => id): string =>
  to.who === "user" ? people(to.user_id) : t(`plan.recipient.${to.who}`);

/** What an escalation does. */
export function actionText(plan: Pick<Doc, "departments">, action: DocAction, people?: (id: string) => string): string {
  switch (action.do) {
    case "notify":
      return t("plan.action.notifyText", { names: listed(action.to.map((to) => recipientText(to, people))) });
    case "reassign":
      return t("plan.action.reassignText", { name: nameOf(plan.departments, action.department) });
    case "join_departments":
      return t("plan.action.joinText", {
        names: listed(action.departments.map((key) => nameOf(plan.departments, key))),
      });
    default:
      return t(`plan.action.${action.do}`);
  }
}

/** When a step of a chain comes. */
export function atText(at: DocStep["at"]): string {
  if (at.on === "share") return at.share === 100 ? t("plan.at.breach") : t("plan.at.share", { share: at.share });
  return t("plan.at.overdue", { time: limitText({ unit: "calendar_minutes", minutes: at.minutes }) });
}

export const roleText = (role: string): string => tOr(`settings.roles.builtIn.${role}`, role);

/** Options of a select from words. */
export const optionsFrom = <V extends string>(
  values: readonly V[],
  label: (value: V) => string,
): { value: V; label: string }[] => values.map((value) => ({ value, label: label(value) }));
