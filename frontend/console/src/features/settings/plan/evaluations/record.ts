import type { ActionTarget, PlanEvaluationRequest, PlanEvaluationView } from "@/api/types";
import { t } from "@/lib/i18n";

/** What is written down of an evaluation, in the order in which it is read. */
export const parts = [
  "purpose",
  "principles",
  "scope",
  "method",
  "findings",
  "changes",
  "implementation",
  "supervision",
] as const;
export type Part = (typeof parts)[number];

/** A record as the form edits it; what is empty is an empty text. */
export interface RecordForm {
  kind: "evaluation" | "update";
  title: string;
  plan_version_id: string | null;
  period_from: string;
  period_to: string;
  findings: Record<Part, string>;
  actions: {
    title: string;
    owner_id: string | null;
    due_on: string;
    done: boolean;
    done_on: string;
    outcome: string;
    about: ActionTarget | null;
  }[];
}

export function toForm(view: PlanEvaluationView | undefined, version: string | null = null): RecordForm {
  return {
    kind: view?.kind ?? "evaluation",
    title: view?.title ?? "",
    plan_version_id: view ? view.plan_version_id : version,
    period_from: view?.period_from ?? "",
    period_to: view?.period_to ?? "",
    findings: Object.fromEntries(parts.map((part) => [part, view?.findings[part] ?? ""])) as RecordForm["findings"],
    actions: (view?.actions ?? []).map(({ title, owner, due_on, done, done_on, outcome, about }) => ({
      title,
      owner_id: owner?.id ?? null,
      due_on: due_on ?? "",
      done,
      done_on: done_on ?? "",
      outcome,
      about: about ?? null,
    })),
  };
}

/** What is sent; actions of which nothing was written are left out. */
export function toRequest(form: RecordForm): PlanEvaluationRequest {
  return {
    kind: form.kind,
    title: form.title.trim(),
    plan_version_id: form.plan_version_id,
    period_from: form.period_from || null,
    period_to: form.period_to || null,
    findings: Object.fromEntries(parts.map((part) => [part, form.findings[part].trim()])),
    actions: form.actions
      .filter((action) => action.title.trim() !== "")
      .map((action) => ({
        ...action,
        title: action.title.trim(),
        outcome: action.outcome.trim(),
        due_on: action.due_on || null,
        done_on: (action.done && action.done_on) || null,
      })),
  };
}

/** What a measure is against, as an address says it: `cause:slow`. */
export function targetOf(text: unknown): ActionTarget | null {
  const [section, key] = typeof text === "string" ? text.split(":") : [];
  return (section === "cause" || section === "category") && key ? { section, key } : null;
}

const said = (value: unknown) => (typeof value === "string" ? value : "");

/** A new record; one that begins with figures of cases has a measure against them to be filled in. */
export function beginWith(query: Record<string, unknown>, version: string | null): RecordForm {
  const form = toForm(undefined, version);
  const about = targetOf(query["about"]);
  if (!about) return form;
  const name = said(query["name"]) || about.key;
  return {
    ...form,
    title: t("plan.evaluation.measureTitle", { name }),
    period_from: said(query["from"]),
    findings: {
      ...form.findings,
      findings: t("plan.evaluation.measureFound", { name, n: said(query["n"]), from: said(query["from"]) }),
    },
    actions: [{ title: "", owner_id: null, due_on: "", done: false, done_on: "", outcome: "", about }],
  };
}
