import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import { useTeams } from "@/api/queries";
import type { Counts, Id } from "@/api/types";
import { useSession } from "@/app/session";
import { t } from "@/lib/i18n";
import type { ListFilter, View } from "./filter";

export interface ViewItem {
  view: View;
  team: Id | null;
  label: string;
  icon: string;
  /** Kept by the server; undefined where none is kept. */
  count: number | undefined;
  testid: string;
}

export const useCounts = () =>
  useQuery({ queryKey: keys.counts, queryFn: () => api.get<Counts>("/conversation_counts") });

/** The views of the inbox with their counts. */
export function useViews() {
  const session = useSession();
  const counts = useCounts();
  const teams = useTeams(() => session.can("user.read"));
  const names = computed(
    () => new Map([...(teams.data.value ?? []), ...(session.me?.teams ?? [])].map((team) => [team.id, team.name])),
  );
  const shownTeams = computed(() => {
    const open = new Map((counts.data.value?.teams ?? []).map((team) => [team.team_id, team.open]));
    const ids = new Set([...(session.me?.teams ?? []).map((team) => team.id), ...open.keys()]);
    return [...ids]
      .filter((id) => names.value.has(id))
      .map((id) => ({ id, name: names.value.get(id) ?? "", open: open.get(id) ?? 0 }));
  });
  const items = computed<ViewItem[]>(() => {
    const kept = counts.data.value;
    const item = (view: View, icon: string, count: number | undefined): ViewItem => ({
      view,
      team: null,
      label: t(`inbox.views.${view}`),
      icon,
      count,
      testid: `inbox-view-${view}`,
    });
    return [
      item("mine", "i-lucide-user-round", kept?.mine),
      item("unassigned", "i-lucide-circle-dashed", kept?.unassigned),
      item("mentions", "i-lucide-at-sign", kept?.mentions),
      ...shownTeams.value.map((team) => ({
        view: "team" as const,
        team: team.id,
        label: team.name,
        icon: "i-lucide-users",
        count: team.open,
        testid: "inbox-view-team",
      })),
      item("all", "i-lucide-layers", kept?.all),
      item("snoozed", "i-lucide-alarm-clock", kept?.snoozed),
      item("closed", "i-lucide-circle-check", undefined),
    ];
  });
  const isCurrent = (item: ViewItem, filter: ListFilter) => item.view === filter.view && item.team === filter.team;
  return { items, counts, isCurrent };
}
