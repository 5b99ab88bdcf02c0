import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import { useInboxes } from "@/api/queries";
import type { Conversation, Page } from "@/api/types";
import { useSession } from "@/app/session";
import { useCounts } from "./useViews";

/** Whether no customer has ever written, and by which inbox the first one could; for those who set inboxes up. */
export function useBeginning() {
  const session = useSession();
  const mayBegin = () => session.can("inbox.manage") && session.can("inbox.read");
  const counts = useCounts();
  const inboxes = useInboxes(mayBegin);
  const quiet = computed(() => mayBegin() && counts.data.value?.all === 0 && counts.data.value.snoozed === 0);
  const closed = useQuery({
    queryKey: [...keys.conversations, "beginning"],
    queryFn: ({ signal }) => api.get<Page<Conversation>>("/conversations", { view: "closed", limit: 1 }, signal),
    enabled: quiet,
  });
  return {
    beginning: computed(() => quiet.value && inboxes.data.value !== undefined && closed.data.value?.items.length === 0),
    chat: computed(() => inboxes.data.value?.find((inbox) => inbox.kind === "web_chat" && inbox.state === "active")),
  };
}
