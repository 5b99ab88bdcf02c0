import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import type { Settings } from "@/api/types";

/** What may be changed of the settings; the mail password can be written, never read. */
export type SettingsPatch = Partial<Omit<Settings, "mail" | "version">> & {
  mail?: Partial<Settings["mail"]> & { smtp_password?: string };
};

/** The organisation's settings and the way to change them against their version. */
export function useSettings() {
  const client = useQueryClient();
  const query = useQuery({ queryKey: keys.settings, queryFn: () => api.get<Settings>("/settings") });
  async function save(patch: SettingsPatch): Promise<void> {
    const next = await api.patch<Settings>("/settings", patch, { version: query.data.value?.version ?? 0 });
    client.setQueryData(keys.settings, next);
  }
  return { query, save };
}
