import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, onScopeDispose, reactive } from "vue";
import { api, ApiError } from "@/api/client";
import { keys } from "@/api/keys";
import { realtime } from "@/api/realtime";
import type { Contact, Id } from "@/api/types";
import { t } from "@/lib/i18n";
import { useNotify } from "@/ui";

export type ContactPatch = Partial<
  Pick<Contact, "name" | "email" | "phone" | "note" | "organization" | "attributes" | "blocked">
>;

/** A contact and how their record is changed, field by field. */
export function useContact(id: () => Id | undefined) {
  const client = useQueryClient();
  const notify = useNotify();
  const errors = reactive<Record<string, string>>({});
  const query = useQuery({
    queryKey: computed(() => keys.contact(id() ?? "")),
    queryFn: ({ signal }) => api.get<Contact>(`/contacts/${id() ?? ""}`, {}, signal),
    enabled: computed(() => id() !== undefined),
  });
  const contact = computed(() => query.data.value);
  onScopeDispose(
    realtime.onSignal((signal) => {
      if (signal.type !== "contact_online" || signal.contact_id !== id()) return;
      client.setQueryData<Contact>(keys.contact(signal.contact_id), (old) =>
        old ? { ...old, online: signal.online } : old,
      );
    }),
  );

  /** Saves some fields; tells whether it worked. A colleague's newer change is shown first. */
  async function save(patch: ContactPatch): Promise<boolean> {
    const before = contact.value;
    if (!before) return false;
    for (const name of Object.keys(errors)) delete errors[name];
    try {
      const after = await api.patch<Contact>(`/contacts/${before.id}`, patch, { version: before.version });
      client.setQueryData(keys.contact(before.id), after);
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.code === "version_conflict") {
        await query.refetch();
        notify.info(t("inbox.actions.conflict"));
      } else if (error instanceof ApiError && error.errors.length)
        for (const complaint of error.errors) errors[complaint.field] = complaint.message;
      else notify.failed(error);
      return false;
    }
  }
  return { query, contact, errors, save };
}
