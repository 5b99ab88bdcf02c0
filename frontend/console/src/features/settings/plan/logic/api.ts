import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed } from "vue";
import { all, api } from "@/api/client";
import { keys } from "@/api/keys";
import type {
  Id,
  LawPack,
  PlanComparison,
  PlanEvaluationView,
  PlanPackSummary,
  PlanSummary,
  PlanView,
} from "@/api/types";
import { locale } from "@/lib/i18n";
import type { Doc, VersionView } from "./model";

export type Law = Omit<LawPack, "clocks"> & { clocks: Doc["clocks"] };
const day = 24 * 60 * 60_000;

/** Names of what is in the cache; all of it is asked for anew when a plan changes. */
export const planKeys = {
  list: [...keys.plan, "list"] as const,
  line: (id: Id) => [...keys.plan, "line", id] as const,
  version: (id: Id) => [...keys.plan, "version", id] as const,
  evaluations: (id: Id) => [...keys.plan, "evaluations", id] as const,
  evaluation: (id: Id) => [...keys.plan, "evaluation", id] as const,
};

export const usePlans = () =>
  useQuery({ queryKey: planKeys.list, queryFn: ({ signal }) => all<PlanSummary>("/plans", {}, signal) });
export const usePlanLine = (id: () => Id | undefined) =>
  useQuery({
    queryKey: computed(() => planKeys.line(id() ?? "")),
    queryFn: ({ signal }) => api.get<PlanView>(`/plans/${id() ?? ""}`, {}, signal),
    enabled: computed(() => id() !== undefined),
  });
export const useVersion = (id: () => Id | undefined) =>
  useQuery({
    // Problems come in the reader's language.
    queryKey: computed(() => [...planKeys.version(id() ?? ""), locale.value]),
    queryFn: ({ signal }) => api.get<VersionView>(`/plan_versions/${id() ?? ""}`, {}, signal),
    enabled: computed(() => id() !== undefined),
  });
export const usePacks = () =>
  useQuery({
    queryKey: ["plan_packs"],
    queryFn: ({ signal }) => all<PlanPackSummary>("/plan_packs", {}, signal),
    staleTime: day,
  });
export const useLaws = () =>
  useQuery({
    queryKey: ["law_packs"],
    queryFn: ({ signal }) => all<Law>("/law_packs", {}, signal),
    staleTime: day,
  });
export const useComparison = (id: () => Id, other: () => Id | undefined) =>
  useQuery({
    queryKey: computed(() => [...planKeys.version(id()), "compare", other() ?? ""]),
    queryFn: ({ signal }) => api.get<PlanComparison>(`/plan_versions/${id()}/compare`, { with: other() }, signal),
    enabled: computed(() => other() !== undefined),
  });
export const useEvaluations = (plan: () => Id) =>
  useQuery({
    queryKey: computed(() => planKeys.evaluations(plan())),
    queryFn: ({ signal }) => all<PlanEvaluationView>(`/plans/${plan()}/evaluations`, {}, signal),
  });
export const useEvaluation = (id: () => Id | undefined) =>
  useQuery({
    queryKey: computed(() => planKeys.evaluation(id() ?? "")),
    queryFn: ({ signal }) => api.get<PlanEvaluationView>(`/plan_evaluations/${id() ?? ""}`, {}, signal),
    enabled: computed(() => id() !== undefined),
  });

/** Makes everything about plans be asked for again. */
export function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.plan });
}
