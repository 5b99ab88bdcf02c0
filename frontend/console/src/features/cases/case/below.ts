import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed } from "vue";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import type { CaseDetail, Page } from "@/api/types";
import { useAction } from "@/ui";

/** A list that hangs on a case, and what is done with it. What is done may change the case itself, so that is asked for again. */
export function useBelow<T>(item: () => CaseDetail, part: string) {
  const client = useQueryClient();
  const { busy, run } = useAction();
  const query = useQuery({
    queryKey: computed(() => [...keys.case(item().number), part]),
    queryFn: async ({ signal }) => (await api.get<Page<T>>(`/cases/${item().id}/${part}`, {}, signal)).items,
  });
  const path = (rest = "") => `/cases/${item().id}/${part}${rest}`;
  const renew = () => client.invalidateQueries({ queryKey: keys.case(item().number) });
  async function act<R>(work: () => Promise<R>, done?: string): Promise<boolean> {
    let worked = false;
    await run(async () => {
      await work();
      worked = true;
    }, done);
    // A dialog closes over what is true by then, so that nothing changes under the next click.
    await renew();
    return worked;
  }
  return { query, items: computed(() => query.data.value), busy, path, act, renew };
}
