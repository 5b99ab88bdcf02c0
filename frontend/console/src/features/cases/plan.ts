import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { all, api } from "@/api/client";
import { keys } from "@/api/keys";
import type { Id, PinnedPlan, Plan, PlanFieldDef, PlanSummary, PlanTerms, PlanText, PlanView } from "@/api/types";
import { locale, t } from "@/lib/i18n";

/** A text of the plan in the language in use, or in the other one when it is missing there. */
export function planText(text: Partial<PlanText> | null | undefined, language = locale.value): string {
  if (!text) return "";
  return (language === "en" ? text.en || text.zh : text.zh || text.en) ?? "";
}

/** A node of a tree with where it stands. */
interface TreeItem<T> {
  node: T;
  depth: number;
  leaf: boolean;
  /** Names from the root to it. */
  path: string[];
}

interface TreeNode {
  key: string;
  parent?: string | null;
  name: PlanText;
}

/** A tree as it is read from top to bottom: each node before what lies below it. */
export function treeOf<T extends TreeNode>(nodes: readonly T[], language = locale.value): TreeItem<T>[] {
  const below = new Map<string, T[]>();
  const known = new Set(nodes.map((node) => node.key));
  for (const node of nodes) {
    const parent = node.parent && known.has(node.parent) ? node.parent : "";
    below.set(parent, [...(below.get(parent) ?? []), node]);
  }
  const items: TreeItem<T>[] = [];
  const walk = (parent: string, depth: number, path: string[]) => {
    for (const node of below.get(parent) ?? []) {
      const own = [...path, planText(node.name, language)];
      items.push({ node, depth, leaf: !below.has(node.key), path: own });
      walk(node.key, depth + 1, own);
    }
  };
  walk("", 0, []);
  return items;
}

/** Whether a category is another one or lies below it. */
export function isWithin(plan: Pick<Plan, "categories">, key: string | null | undefined, ancestor: string): boolean {
  const parents = new Map(plan.categories.map((node) => [node.key, node.parent]));
  let at = key;
  for (let steps = 0; at && steps < 32; steps += 1) {
    if (at === ancestor) return true;
    at = parents.get(at);
  }
  return false;
}

/** The class of a view that a category is in: by its own entry or by that of a node above it. */
export function classOf(
  plan: { categories: readonly Pick<TreeNode, "key" | "parent">[] },
  view: { classes: readonly { key: string; name: PlanText; categories: readonly string[] }[] },
  category: string,
): { key: string; name: string; own: boolean } | undefined {
  let at: string | null | undefined = category;
  for (let steps = 0; at && steps < 32; steps += 1) {
    const key: string = at;
    const found = view.classes.find((one) => one.categories.includes(key));
    if (found) return { key: found.key, name: planText(found.name), own: steps === 0 };
    at = plan.categories.find((node) => node.key === key)?.parent;
  }
  return undefined;
}

/** The plan's fields for a type and a category. */
export function fieldsFor(
  plan: Pick<Plan, "categories" | "fields">,
  type: string | null | undefined,
  category: string | null | undefined,
): PlanFieldDef[] {
  return plan.fields.filter((field) => {
    const types = field.case_types ?? [];
    const categories = field.categories ?? [];
    return (
      (!types.length || (type && types.includes(type))) &&
      (!categories.length || categories.some((key) => isWithin(plan, category, key)))
    );
  });
}

/** The name of a field of the plan, or its key. */
export const fieldName = (plan: Pick<Plan, "fields"> | undefined, key: string): string =>
  planText(plan?.fields.find((field) => field.key === key)?.name) || key;

/** How grave a level is: 0 is the gravest, -1 unknown. */
export const rankOf = (levels: readonly { key: string }[] | undefined, key: string | null | undefined): number =>
  (levels ?? []).findIndex((level) => level.key === key);

/** Stands for "nothing chosen" in a select, whose options may not be empty. */
export const unset = "-";

/** Yes, no or undecided, as a choice has it. */
export const yesNo = (value: unknown): "yes" | "no" | null => (value === true ? "yes" : value === false ? "no" : null);

/** Options of a select from things with keys and names. */
export const optionsOf = (
  things: readonly { key: string; name: PlanText }[] | undefined,
): { value: string; label: string }[] =>
  (things ?? []).map((thing) => ({ value: thing.key, label: planText(thing.name) }));

/** The plan that new cases follow. */
export const usePlan = () =>
  useQuery({
    queryKey: keys.plan,
    queryFn: ({ signal }) => api.get<PinnedPlan>("/plan", {}, signal),
    staleTime: 10 * 60_000,
  });

/** What cases of all plans are called and sorted by, for lists and figures; new cases have those of the default plan. */
export const usePlanTerms = () =>
  useQuery({
    queryKey: [...keys.plan, "terms"],
    queryFn: ({ signal }) => api.get<PlanTerms>("/plan_terms", {}, signal),
    staleTime: 10 * 60_000,
  });

/** The version of the plan that a case follows; most of the time it is the active one. */
export function useCasePlan(version: () => Id | undefined) {
  const active = usePlan();
  const other = computed(() => {
    const wanted = version();
    return wanted && active.data.value && active.data.value.version_id !== wanted ? wanted : undefined;
  });
  const older = useQuery({
    queryKey: computed(() => [...keys.plan, other.value ?? ""]),
    queryFn: async ({ signal }) =>
      (await api.get<{ content: Plan }>(`/plan_versions/${other.value ?? ""}`, {}, signal)).content,
    enabled: computed(() => other.value !== undefined),
    staleTime: Infinity,
  });
  return computed<Plan | undefined>(() => (other.value ? older.data.value : active.data.value?.plan));
}

/** Every plan with its versions: a case can be put under another plan as well. */
export const usePlanViews = (enabled: () => boolean) =>
  useQuery({
    queryKey: [...keys.plan, "views"],
    queryFn: async ({ signal }) =>
      Promise.all(
        (await all<PlanSummary>("/plans", {}, signal)).map((plan) =>
          api.get<PlanView>(`/plans/${plan.id}`, {}, signal),
        ),
      ),
    enabled: computed(enabled),
  });

/** What people call the versions that cases follow: `App complaints · version 2`. */
export const versionNames = (views: readonly PlanView[]): Map<Id, string> =>
  new Map(
    views.flatMap(({ plan, versions }) =>
      versions.map((one) => [one.id, t("cases.plan.named", { name: planText(plan.name), no: one.no })] as const),
    ),
  );
