import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed } from "vue";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import type {
  Case,
  CaseDetail,
  CaseGroupRow,
  CaseLinkKind,
  GroupRepresentative,
  Id,
  NewCaseSplit,
  RelatedCases,
} from "@/api/types";
import { t } from "@/lib/i18n";
import { useNotify } from "@/ui";

/** What belongs to a case: links, merges, repeated complaints. */
export const useRelated = (item: () => CaseDetail | undefined) =>
  useQuery({
    queryKey: computed(() => [...keys.case(item()?.number ?? ""), "related"]),
    queryFn: ({ signal }) => api.get<RelatedCases>(`/cases/${item()?.id ?? ""}/related`, {}, signal),
    enabled: computed(() => item() !== undefined),
  });

/** The group complaint that a case belongs to. */
export const useGroup = (id: () => Id | null | undefined) =>
  useQuery({
    queryKey: computed(() => ["case_group", id() ?? ""]),
    queryFn: ({ signal }) => api.get<CaseGroupRow>(`/case_groups/${id() ?? ""}`, {}, signal),
    enabled: computed(() => Boolean(id())),
  });

/** Repeated complaints that are not dealt with yet: neither part of this case nor tied to it, as what was split off is. */
export function openRepeats(related: RelatedCases | undefined): Case[] {
  if (!related) return [];
  const merged = related.merges.filter((one) => !one.merge.undone_at);
  const tied = new Set([...merged, ...related.links].map((one) => one.case.id));
  return related.repeats.filter((one) => !tied.has(one.id) && !one.merged_into);
}

export type RelationActions = ReturnType<typeof useRelationActions>;

/** Everything that ties cases together or takes them apart; what can be undone offers it. */
export function useRelationActions(item: () => CaseDetail) {
  const client = useQueryClient();
  const notify = useNotify();

  /** Both sides may show something else now. */
  function settle() {
    for (const queryKey of [["case"], ["case_group"], keys.cases, keys.caseCounts])
      void client.invalidateQueries({ queryKey });
  }
  async function change(work: () => Promise<unknown>, done: string, undo?: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
    } catch (error) {
      notify.failed(error);
      return false;
    }
    settle();
    notify.done(done, undo ? () => void change(undo, t("cases.relations.undone")) : undefined);
    return true;
  }
  const at = (rest: string, id: Id = item().id) => `/cases/${id}${rest}`;
  const unmerge = (id: Id) => api.post(at("/unmerge", id));

  return {
    link: (other: Case, kind: CaseLinkKind, note: string) =>
      change(
        () => api.post(at("/links"), { other_id: other.id, kind, note }),
        t("cases.relations.linked", { number: other.number }),
      ),
    unlink: (link: Id, other: Case, kind: CaseLinkKind, note: string) =>
      change(
        () => api.delete(at(`/links/${link}`)),
        t("cases.relations.unlinked", { number: other.number }),
        kind === "split" ? undefined : () => api.post(at("/links"), { other_id: other.id, kind, note }),
      ),
    setParent: (parent: Id | null) => {
      const before = item().parent_id;
      return change(
        () => api.put(at("/parent"), { parent_id: parent }),
        t(parent ? "cases.relations.parentSet" : "cases.relations.parentGone"),
        () => api.put(at("/parent"), { parent_id: before }),
      );
    },
    merge: (into: Case, reason: string) => {
      const { id } = item();
      return change(
        () => api.post(at("/merge", id), { into: into.id, reason }),
        t("cases.relations.merged", { number: into.number }),
        () => unmerge(id),
      );
    },
    /** Lays another case into this one. */
    take: (other: Case, reason: string) =>
      change(
        () => api.post(at("/merge", other.id), { into: item().id, reason }),
        t("cases.relations.taken", { number: other.number }),
        () => unmerge(other.id),
      ),
    unmerge: (id: Id) => change(() => unmerge(id), t("cases.relations.unmerged")),
    /** Lays a part back into the case that it was taken from. */
    unsplit: (part: Id, origin: Id) =>
      change(
        () => api.post(at("/merge", part), { into: origin, reason: t("cases.relations.splitUndone") }),
        t("cases.relations.unsplitDone"),
        () => unmerge(part),
      ),
    split: async (wish: NewCaseSplit, key: string): Promise<Case | undefined> => {
      const { id } = item();
      let part: Case | undefined;
      await change(
        async () => {
          part = await api.post<Case>(at("/split", id), wish, { idempotencyKey: key });
        },
        t("cases.relations.splitDone"),
        () => api.post(at("/merge", part?.id ?? ""), { into: id, reason: t("cases.relations.splitUndone") }),
      );
      return part;
    },
    makeGroup: (title: string, note: string, cases: Id[], representatives: GroupRepresentative[], key: string) =>
      change(
        () => api.post("/case_groups", { title, note, case_ids: cases, representatives }, { idempotencyKey: key }),
        t("cases.relations.groupMade"),
      ),
    changeGroup: (
      group: CaseGroupRow,
      patch: { title?: string; note?: string; representatives?: GroupRepresentative[]; add?: Id[]; remove?: Id[] },
    ) =>
      change(
        () => api.patch(`/case_groups/${group.id}`, patch, { version: group.version }),
        t("cases.relations.groupSaved"),
      ),
  };
}
