import { useDocumentVisibility, useWindowFocus } from "@vueuse/core";
import { computed, onDeactivated, onScopeDispose, ref, watch, type Ref } from "vue";
import { api } from "@/api/client";
import type { Conversation, Id } from "@/api/types";
import { patchConversation } from "../list/conversations";
import { firstUnread, isAnswered } from "./timeline";
import type { Thread } from "./thread";

/** A moment of looking before what is on screen counts as read. */
const glance = 350;

/** Marks what was seen as read, and knows where the unread begins. */
export function useReading(thread: Thread, conversation: () => Conversation | undefined, atBottom: Ref<boolean>) {
  const visible = useDocumentVisibility();
  const focused = useWindowFocus();
  const looking = computed(() => visible.value === "visible" && focused.value);
  const newFrom = ref<number>();
  const begun = ref(false);
  let told = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Once both the messages and the count are there: where the line above what is new stands. */
  function begin(): boolean {
    const now = conversation();
    if (begun.value || !thread.loaded.value || !now) return begun.value;
    newFrom.value = firstUnread(thread.messages.value, now.unread);
    if (now.unread === 0 && !now.mentioned) told = thread.last;
    begun.value = true;
    return true;
  }

  async function tell(id: Id, no: number) {
    if (no <= told) return;
    const before = told;
    told = no;
    patchConversation(id, { unread: 0, mentioned: false });
    await api.post(`/conversations/${id}/read`, { no }).catch(() => {
      told = before;
    });
  }

  watch([looking, atBottom, thread.messages, begun], () => {
    clearTimeout(timer);
    if (!begun.value || !looking.value || !atBottom.value || thread.last <= told) return;
    timer = setTimeout(() => void tell(thread.id, thread.last), glance);
  });

  // What comes while nobody looks gets the line above it.
  watch(thread.messages, (now, before) => {
    if (!begun.value || looking.value) return;
    const last = before.at(-1)?.no ?? 0;
    const fresh = now.find((message) => message.no > last && message.author.kind === "contact");
    if (fresh && (newFrom.value === undefined || newFrom.value <= told)) newFrom.value = fresh.no;
  });
  // It stands above what was new on arriving; once that was read, an answer or leaving ends it.
  const end = () => {
    if (newFrom.value !== undefined && newFrom.value <= told) newFrom.value = undefined;
  };
  watch(thread.messages, (now) => {
    if (newFrom.value !== undefined && isAnswered(now, newFrom.value)) end();
  });
  onDeactivated(end);
  onScopeDispose(() => clearTimeout(timer));
  return { newFrom, begin };
}
