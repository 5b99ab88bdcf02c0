import { watch } from "vue";
import { realtime } from "@/api/realtime";
import { useSession } from "@/app/session";
import { forgetDrafts, refreshDraft } from "./composer/drafts";
import { forgetLists } from "./list/conversations";
import { forgetPlace } from "./place";
import { followLine, openOutbox } from "./thread/sending";
import { followThreads, forgetThreads } from "./thread/thread";

/** What goes on while any page is open: threads stay complete, the outbox empties itself. */
export function follow(): void {
  const session = useSession();
  followThreads();
  followLine();
  realtime.onEvent((event) => {
    const id = event.data["conversation_id"];
    if (event.kind === "draft.saved" && typeof id === "string") refreshDraft(id);
  });
  watch(
    () => session.me?.id,
    (id) => {
      openOutbox(id);
      if (id) return;
      forgetThreads();
      forgetLists();
      forgetDrafts();
      forgetPlace();
    },
    { immediate: true },
  );
}
