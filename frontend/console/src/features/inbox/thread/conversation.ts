import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { onScopeDispose } from "vue";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import { realtime } from "@/api/realtime";
import type { Conversation, Id } from "@/api/types";
import { listedConversation } from "../list/conversations";

/** One conversation; its row in a list stands in until the answer is there. */
export function useConversation(id: () => Id) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: keys.conversation(id()),
    queryFn: ({ signal }) => api.get<Conversation>(`/conversations/${id()}`, {}, signal),
    placeholderData: () => listedConversation(id()),
  });
  const stop = realtime.onSignal((signal) => {
    if (signal.type !== "contact_online") return;
    client.setQueryData<Conversation>(keys.conversation(id()), (old) =>
      old?.contact.id === signal.contact_id ? { ...old, contact: { ...old.contact, online: signal.online } } : old,
    );
  });
  const stopEvents = realtime.onEvent((event) => {
    if (event.kind === "contact.updated" && event.data["contact_id"] === query.data.value?.contact.id)
      void query.refetch();
  });
  onScopeDispose(() => {
    stop();
    stopEvents();
  });
  return query;
}
