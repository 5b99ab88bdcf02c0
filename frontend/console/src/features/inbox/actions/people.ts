import { computed } from "vue";
import { usePresences, useTeams, useUsers } from "@/api/queries";
import type { Presence, TeamRef, UserRef } from "@/api/types";
import { useSession } from "@/app/session";
import { t } from "@/lib/i18n";
import type { PickItem } from "@/ui";

export interface PersonItem extends PickItem {
  user?: UserRef;
  team?: TeamRef;
  status?: Presence["status"];
}

const order = { online: 0, busy: 1, away: 2, offline: 3 } as const;

/** Colleagues with what they are doing, who could take something first, and teams. */
export function usePeople() {
  const session = useSession();
  const users = useUsers();
  const teams = useTeams();
  const presences = usePresences();
  const people = computed<PersonItem[]>(() => {
    const known = new Map((presences.data.value ?? []).map((item) => [item.user_id, item]));
    return (users.data.value ?? [])
      .filter((user) => user.state === "active")
      .map((user) => {
        const seen = known.get(user.id);
        return {
          id: user.id,
          label: user.name,
          words: user.email,
          user: { id: user.id, name: user.name, avatar_attachment_id: user.avatar_attachment_id },
          status: seen?.presence.status ?? ("offline" as const),
          group: t("inbox.actions.people"),
          hint: t("inbox.actions.openChats", { n: seen?.open_chats ?? 0 }),
        };
      })
      .sort(
        (a, b) =>
          Number(b.id === session.me?.id) - Number(a.id === session.me?.id) || order[a.status] - order[b.status],
      );
  });
  const groups = computed<PersonItem[]>(() =>
    (teams.data.value ?? []).map((team) => ({
      id: team.id,
      label: team.name,
      team: { id: team.id, name: team.name, kind: team.kind },
      icon: "i-lucide-users",
      group: t("inbox.actions.teams"),
    })),
  );
  return { people, teams: groups, loading: computed(() => users.isPending.value) };
}
