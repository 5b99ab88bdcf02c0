import { api } from "@/api/client";
import type { Draft, Id } from "@/api/types";
import { recall, remember } from "@/lib/store";
import { patchConversation } from "../list/conversations";
import { DraftKeeper, type Words } from "./draft";

const keepers = new Map<Id, DraftKeeper>();
const most = 50;

/** The words of a conversation that are not sent yet; the same object for everybody who asks. */
export function draftOf(user: Id, conversation: Id): DraftKeeper {
  const known = keepers.get(conversation);
  if (known) return known;
  const path = `/conversations/${conversation}/draft`;
  const name = `draft.${user}.${conversation}`;
  const keeper = new DraftKeeper({
    load: () => api.get<Draft>(path),
    save: async (words) => {
      await api.put(path, {
        mode: words.mode,
        body: words.body,
        attachment_ids: words.attachments.map((file) => file.id),
      });
      patchConversation(conversation, { draft: true });
    },
    remove: async () => {
      await api.delete(path);
      patchConversation(conversation, { draft: false });
    },
    local: {
      get: () => recall<Words | null>(name, null),
      set: (words) => (words ? remember(name, words) : localStorage.removeItem(`heard.${name}`)),
    },
    later: (run, milliseconds) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  keepers.set(conversation, keeper);
  for (const [id, old] of keepers) {
    if (keepers.size <= most) break;
    if (!old.dirty) keepers.delete(id);
    else break;
  }
  return keeper;
}

/** Another tab saved its words. */
export const refreshDraft = (conversation: Id): void => void keepers.get(conversation)?.refresh();

export function forgetDrafts(): void {
  keepers.clear();
}
