import { ref } from "vue";
import { api, type Query } from "@/api/client";
import type { Case, Page } from "@/api/types";
import { t } from "@/lib/i18n";
import { useNotify } from "@/ui";

/** How many cases are picked at once at most. */
const MOST = 1000;

/** Fetches everything that a list holds, up to a limit that it tells. */
export function useGathering() {
  const notify = useNotify();
  const gathering = ref(false);
  async function gather(query: Query): Promise<Case[] | undefined> {
    gathering.value = true;
    try {
      const found: Case[] = [];
      let cursor: string | null = null;
      do {
        const page: Page<Case> = await api.get<Page<Case>>("/cases", { ...query, limit: 200, cursor });
        found.push(...page.items);
        cursor = page.next_cursor;
      } while (cursor && found.length < MOST);
      if (cursor) notify.info(t("cases.bulk.most", { n: MOST }));
      return found.slice(0, MOST);
    } catch (error) {
      notify.failed(error);
      return undefined;
    } finally {
      gathering.value = false;
    }
  }
  return { gather, gathering };
}
