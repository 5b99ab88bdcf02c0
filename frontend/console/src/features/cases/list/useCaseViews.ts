import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import { useTeams } from "@/api/queries";
import type { CaseCounts, Id } from "@/api/types";
import { useSession } from "@/app/session";
import { t } from "@/lib/i18n";
import { fitting, type CaseFilter, type CaseView } from "./filter";

export interface ViewItem {
  view: CaseView;
  team: Id | null;
  label: string;
  icon: string;
  /** Kept by the server; undefined where none is kept. */
  count: number | undefined;
  /** What counts here is late. */
  alarming?: boolean;
}

const useCaseCounts = (when?: () => boolean) =>
  useQuery({
    queryKey: keys.caseCounts,
    queryFn: ({ signal }) => api.get<CaseCounts>("/case_counts", {}, signal),
    enabled: computed(() => when?.() ?? true),
  });

/** The prepared views with their counts. */
export function useCaseViews() {
  const session = useSession();
  const counts = useCaseCounts();
  const teams = useTeams(() => session.can("user.read"));
  const names = computed(
    () => new Map([...(teams.data.value ?? []), ...(session.me?.teams ?? [])].map((team) => [team.id, team.name])),
  );
  const items = computed<ViewItem[]>(() => {
    const kept = counts.data.value;
    const item = (view: CaseView, icon: string, count?: number, alarming = false): ViewItem => ({
      view,
      team: null,
      label: t(`cases.views.${view}`),
      icon,
      count,
      alarming,
    });
    return [
      item("mine", "i-lucide-user-round", kept?.mine),
      item("unassigned", "i-lucide-circle-dashed", kept?.unassigned),
      item("overdue", "i-lucide-alarm-clock", kept?.overdue, true),
      item("due_soon", "i-lucide-clock-alert", kept?.due_soon),
      item("participating", "i-lucide-users-round"),
      item("watching", "i-lucide-eye"),
      ...(kept?.teams ?? [])
        .filter((team) => names.value.has(team.team_id))
        .map((team) => ({
          view: "team" as const,
          team: team.team_id,
          label: names.value.get(team.team_id) ?? "",
          icon: "i-lucide-users",
          count: team.open,
        })),
      // What is kept counts teams; who does not see all of them sees single cases of others besides.
      item("all", "i-lucide-layers", session.can("case.read_all") ? kept?.all : undefined),
      item("archived", "i-lucide-archive"),
    ];
  });
  const isCurrent = (item: ViewItem, filter: CaseFilter) =>
    item.view === filter.view && (item.team ?? undefined) === (item.view === "team" ? filter.by.team_id : undefined);
  const filterFor = (item: ViewItem, filter: CaseFilter): CaseFilter => {
    const by = fitting(item.view, filter.by);
    const { team_id: _, ...rest } = by;
    return {
      ...filter,
      view: item.view,
      by: item.team ? { ...rest, team_id: item.team } : filter.view === "team" ? rest : by,
    };
  };
  return { items, isCurrent, filterFor };
}
