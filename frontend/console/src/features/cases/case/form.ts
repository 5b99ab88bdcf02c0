import { useQueryClient } from "@tanstack/vue-query";
import { shallowRef } from "vue";
import { api, ApiError } from "@/api/client";
import { keys } from "@/api/keys";
import type { CaseDetail, CaseFields, CaseTimelineEntry, Page } from "@/api/types";
import { t } from "@/lib/i18n";
import { useForm, useNotify } from "@/ui";
import { changed, merge } from "../merge";
import { lastEditor } from "./log";
import type { CaseActions } from "./useCase";

/** What both changed: the question that `ConflictDialog` asks. */
export interface Conflict {
  fields: { name: string; mine: unknown; theirs: unknown }[];
  /** Who changed them, when the log tells. */
  who: string | undefined;
  answer: (keep: Set<string> | undefined) => void;
}

/**
 * A form over some fields of a case. When somebody else changed the case meanwhile, changes of other fields are kept
 * beside each other; where both changed the same field, `conflict` asks whose holds.
 */
export function useCaseForm<T extends object>(
  item: () => CaseDetail,
  pick: (item: CaseDetail) => T,
  actions: CaseActions,
  bodyOf: (patch: Partial<T>, all: T) => CaseFields,
) {
  const conflict = shallowRef<Conflict>();
  const client = useQueryClient();
  const notify = useNotify();
  /** The log is a help here: without it the question is asked all the same. */
  const editor = async (id: string) =>
    lastEditor(
      (await api.get<Page<CaseTimelineEntry>>(`/cases/${id}/timeline`, { limit: 20 }).catch(() => ({ items: [] })))
        .items,
    );
  const ask = (fields: Conflict["fields"], who: string | undefined) =>
    new Promise<Set<string> | undefined>((resolve) => {
      conflict.value = {
        fields,
        who,
        answer: (keep) => {
          conflict.value = undefined;
          resolve(keep);
        },
      };
    });
  const send = (id: string, version: number, body: CaseFields) =>
    api.patch<CaseDetail>(`/cases/${id}`, body, { version });

  async function save(state: T, base: T): Promise<void> {
    const before = item();
    const own = Object.fromEntries(changed(base, state).map((name) => [name, state[name as keyof T]])) as Partial<T>;
    try {
      actions.settle(await send(before.id, before.version, bodyOf(own, state)));
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "version_conflict") throw error;
      const theirs = await api.get<CaseDetail>(`/cases/${before.id}`);
      const now = pick(theirs);
      const { mine, both } = merge(base, state, now);
      if (both.length) {
        const keep = await ask(
          both.map((name) => ({ name, mine: state[name], theirs: now[name] })),
          await editor(before.id),
        );
        if (!keep) throw error;
        for (const name of both) if (keep.has(name)) mine[name] = state[name];
      }
      const after = Object.keys(mine).length
        ? await send(before.id, theirs.version, bodyOf(mine, { ...now, ...mine }))
        : theirs;
      Object.assign(state, pick(after));
      actions.settle(after);
      client.setQueryData(keys.case(after.number), after);
      notify.info(t("cases.conflict.merged"));
    }
  }
  const form = useForm<T>(() => pick(item()), save);
  return { form, conflict };
}
