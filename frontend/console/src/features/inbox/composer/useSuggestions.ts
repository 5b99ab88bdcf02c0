import { computed, ref, watch, type Ref } from "vue";
import { api } from "@/api/client";
import { useCanned, useUsers } from "@/api/queries";
import type { CannedReply, Conversation, User } from "@/api/types";
import { useSession } from "@/app/session";
import { useNotify } from "@/ui";
import { findCanned, triggerAt, type Trigger } from "./text";

/** Canned replies after `/`, colleagues after `@` in notes; `left` is told when a reply was put in, to see what it left open. */
export function useSuggestions(
  conversation: () => Conversation,
  text: Ref<string>,
  caret: Ref<number>,
  note: Ref<boolean>,
  put: (from: number, to: number, insert: string) => void,
  left: () => void,
) {
  const notify = useNotify();
  const session = useSession();
  const index = ref(0);
  /** The text for which Escape closed the list. */
  const dismissed = ref<string>();
  const found = computed<Trigger | undefined>(() => triggerAt(text.value, caret.value, note.value));
  const trigger = computed(() => (found.value && dismissed.value !== text.value ? found.value : undefined));
  const canned = useCanned(() => trigger.value?.kind === "canned");
  const users = useUsers(() => note.value && session.can("user.read"));

  const replies = computed(() =>
    trigger.value?.kind === "canned" ? findCanned(canned.data.value ?? [], trigger.value.word) : [],
  );
  const people = computed(() => {
    if (trigger.value?.kind !== "mention") return [];
    const word = trigger.value.word.toLowerCase();
    return (users.data.value ?? [])
      .filter(
        (user) =>
          user.state === "active" &&
          (user.name.toLowerCase().includes(word) || user.email.toLowerCase().startsWith(word)),
      )
      .slice(0, 8);
  });
  const count = computed(() => (trigger.value?.kind === "canned" ? replies.value.length : people.value.length));
  watch([() => trigger.value?.kind, () => trigger.value?.word], () => {
    index.value = 0;
  });

  async function takeReply(reply: CannedReply, at: Trigger) {
    put(at.from, at.to, "");
    try {
      const rendered = await api.post<{ body: string; missing: string[] }>(`/canned_replies/${reply.id}/render`, {
        conversation_id: conversation().id,
      });
      put(at.from, at.from, rendered.body);
      left();
    } catch (error) {
      put(at.from, at.from, `/${at.word}`);
      notify.failed(error);
    }
  }
  function take(item: CannedReply | User) {
    const at = trigger.value;
    if (!at) return;
    if (at.kind === "canned") void takeReply(item as CannedReply, at);
    else put(at.from, at.to, `@${item && "name" in item ? item.name : ""} `);
  }

  /** Keys that the open list takes from the field. */
  function onKey(event: KeyboardEvent): boolean {
    if (!trigger.value) return false;
    if (event.key === "Escape") {
      dismissed.value = text.value;
      return true;
    }
    if (!count.value) return false;
    if (event.key === "ArrowDown") index.value = (index.value + 1) % count.value;
    else if (event.key === "ArrowUp") index.value = (index.value + count.value - 1) % count.value;
    else if (event.key === "Enter" || event.key === "Tab") {
      const item = trigger.value.kind === "canned" ? replies.value[index.value] : people.value[index.value];
      if (item) take(item);
    } else return false;
    return true;
  }
  return { trigger, replies, people, users, index, take, onKey };
}
