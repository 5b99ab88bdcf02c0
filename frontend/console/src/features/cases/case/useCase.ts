import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed } from "vue";
import { api, ApiError } from "@/api/client";
import { keys } from "@/api/keys";
import type {
  CaseClocks,
  CaseCompleteness,
  CaseDetail,
  CaseOutcome,
  CaseRole,
  ClockPauseReason,
  Id,
  TeamRef,
  UserRef,
} from "@/api/types";
import { useSession } from "@/app/session";
import { t } from "@/lib/i18n";
import { useNotify } from "@/ui";

/** A case by its number, as people write it. */
export const useCase = (number: () => string) =>
  useQuery({
    queryKey: computed(() => keys.case(number())),
    queryFn: ({ signal }) => api.get<CaseDetail>(`/case_numbers/${encodeURIComponent(number())}`, {}, signal),
  });

const below =
  <T>(part: string) =>
  (item: () => CaseDetail | undefined) =>
    useQuery({
      queryKey: computed(() => [...keys.case(item()?.number ?? ""), part]),
      queryFn: ({ signal }) => api.get<T>(`/cases/${item()?.id ?? ""}/${part}`, {}, signal),
      enabled: computed(() => item() !== undefined),
    });

/** The clocks of a case, in the order of their starts. */
export const useClocks = below<CaseClocks>("clocks");
/** What of a case is recorded and what is lacking, stage by stage. */
export const useCompleteness = below<CaseCompleteness>("completeness");

export type CaseActions = ReturnType<typeof useCaseActions>;

/** Everything that can be done with a case: shown at once, taken back with a word when the server refuses. */
export function useCaseActions(current: () => CaseDetail | undefined) {
  const client = useQueryClient();
  const notify = useNotify();
  const session = useSession();

  /** Takes over what the server says of the case now; everything that hangs on it is asked for again. */
  function settle(after: CaseDetail) {
    client.setQueryData(keys.case(after.number), after);
    void client.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] === "case" && queryKey[1] === after.number && queryKey.length > 2,
    });
    void client.invalidateQueries({ queryKey: keys.cases });
    void client.invalidateQueries({ queryKey: keys.caseCounts });
  }

  async function change(
    optimistic: Partial<CaseDetail>,
    call: (item: CaseDetail) => Promise<CaseDetail>,
    done = "",
    undo?: () => void,
  ): Promise<boolean> {
    const before = current();
    if (!before) return false;
    client.setQueryData<CaseDetail>(keys.case(before.number), (old) => (old ? { ...old, ...optimistic } : old));
    try {
      settle(await call(before));
      if (done) notify.done(done, undo);
      return true;
    } catch (error) {
      client.setQueryData<CaseDetail>(keys.case(before.number), (old) =>
        old
          ? {
              ...old,
              ...Object.fromEntries(Object.keys(optimistic).map((name) => [name, before[name as keyof CaseDetail]])),
            }
          : old,
      );
      const stale = error instanceof ApiError && error.status === 409;
      if (stale) void client.invalidateQueries({ queryKey: keys.case(before.number) });
      notify.failed(
        error,
        error instanceof ApiError && error.retriable ? () => void change(optimistic, call, done, undo) : undefined,
      );
      return false;
    }
  }
  const post = (rest: string, body?: unknown) => (item: CaseDetail) =>
    api.post<CaseDetail>(`/cases/${item.id}${rest}`, body ?? {});

  const assign = (to: { owner?: UserRef | null; team?: TeamRef | null }, undoable = true): Promise<boolean> => {
    const before = current();
    const back = {
      ...("owner" in to ? { owner: before?.owner ?? null } : {}),
      ...("team" in to ? { team: before?.team ?? null } : {}),
    };
    const name = to.owner?.name ?? to.team?.name;
    return change(
      to,
      post("/assign", {
        ...("owner" in to ? { owner_id: to.owner?.id ?? null } : {}),
        ...("team" in to ? { team_id: to.team?.id ?? null } : {}),
      }),
      name ? t("cases.actions.assigned", { name }) : t("cases.actions.unassigned"),
      undoable ? () => void assign(back, false) : undefined,
    );
  };
  /** Keeps somebody from a case; undoing it gives them back what they had to do with it. */
  async function recuse(user: { id: Id; name: string }, reason: string): Promise<boolean> {
    const before = current();
    if (!before) return false;
    const roles = (["participant", "watcher"] as const).filter((role) =>
      (role === "watcher" ? before.watchers : before.participants).some((one) => one.id === user.id),
    );
    const owned = before.owner?.id === user.id;
    const mine = user.id === session.me?.id;
    const send = (rest: string, body: unknown) => api.post<CaseDetail>(`/cases/${before.id}${rest}`, body);
    const back = () =>
      change(
        {},
        async () => {
          let after = await send("/people", { role: "recused", remove: [user.id] });
          for (const role of roles) after = await send("/people", { role, add: [user.id] });
          return owned ? send("/assign", { owner_id: user.id }) : after;
        },
        t("cases.people.recusalUndone", { name: user.name }),
      );
    // Who recuses themselves no longer sees the case, so they cannot take it back.
    return change(
      {},
      post("/people", { role: "recused", add: [user.id], reason }),
      t("cases.people.recusedDone", { name: user.name }),
      mine ? undefined : () => void back(),
    );
  }
  const me = (): UserRef | null =>
    session.me
      ? { id: session.me.id, name: session.me.name, avatar_attachment_id: session.me.avatar_attachment_id }
      : null;

  return {
    change,
    settle,
    post,
    assign,
    take: () => change({ owner: me() }, post("/take"), t("cases.actions.taken")),
    complete: (stage: string, outcome?: CaseOutcome, promisesGoOn = false) =>
      change(
        {},
        post("/complete_stage", { stage_key: stage, ...(outcome ? { outcome } : {}), promises_go_on: promisesGoOn }),
        t("cases.actions.completed"),
      ),
    skip: (stage: string, reason: string, promisesGoOn = false) =>
      change(
        {},
        post("/skip_stage", { stage_key: stage, reason, promises_go_on: promisesGoOn }),
        t("cases.actions.skipped"),
      ),
    goBack: (stage: string, reason: string) =>
      change({}, post("/return_to_stage", { stage_key: stage, reason }), t("cases.actions.wentBack")),
    wait: (reason: ClockPauseReason, note: string) =>
      change(
        {
          state:
            reason === "customer" ? "waiting_customer" : reason === "third_party" ? "waiting_third_party" : "on_hold",
        },
        post("/wait", { reason, note }),
        t("cases.actions.waits"),
      ),
    resume: () => change({ state: "open" }, post("/resume"), t("cases.actions.resumed")),
    archive: (outcome: CaseOutcome, reason: string, promisesGoOn = false) =>
      change({}, post("/archive", { outcome, reason, promises_go_on: promisesGoOn }), t("cases.actions.archived")),
    reopen: (reason: string, stage?: string) =>
      change({}, post("/reopen", { reason, ...(stage ? { stage_key: stage } : {}) }), t("cases.actions.reopened")),
    movePlan: (version: Id, reason: string) =>
      change({}, post("/plan", { plan_version_id: version, reason }), t("cases.actions.planMoved")),
    classify: (patch: Record<string, unknown>, shown: Partial<CaseDetail>) =>
      change(shown, post("/classification", patch)),
    tag: (add: Id[], remove: Id[]) => change({}, post("/tags", { add, remove })),
    people: (role: CaseRole, add: Id[], remove: Id[], reason = "") =>
      change({}, post("/people", { role, add, remove, reason })),
    recuse,
    teams: (add: Id[], remove: Id[]) => change({}, post("/teams", { add, remove })),
    link: (conversation: Id) => change({}, post("/conversations", { conversation_id: conversation })),
    unlink: (conversation: Id) =>
      change(
        {},
        (item) => api.delete<CaseDetail>(`/cases/${item.id}/conversations/${conversation}`),
        t("cases.related.unlinked"),
      ),
    async watch(on: boolean) {
      const own = me();
      const before = current();
      if (!own || !before) return;
      const watchers = on ? [...before.watchers, own] : before.watchers.filter((user) => user.id !== own.id);
      await change({ watchers }, async (item) => {
        await (on ? api.put(`/cases/${item.id}/watch`) : api.delete(`/cases/${item.id}/watch`));
        return { ...item, watchers };
      });
    },
  };
}
