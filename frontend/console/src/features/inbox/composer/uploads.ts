import { reactive } from "vue";
import { upload } from "@/api/upload";
import { ApiError, newKey } from "@/api/client";
import type { Attachment, Id } from "@/api/types";

/** A file on its way to the server. */
export interface FileOnItsWay {
  key: string;
  file: File;
  progress: number;
  problem: string | null;
}

interface Running {
  items: FileOnItsWay[];
  aborts: Map<string, AbortController>;
}

const running = new Map<Id, Running>();
/** Who takes the finished attachments of a conversation; the composer that was opened last. */
const handlers = new Map<Id, (attachment: Attachment) => void>();

/** The uploads of a conversation; they go on while another conversation is open. */
export function useUploads(conversation: Id, done: (attachment: Attachment) => void) {
  const mine: Running = running.get(conversation) ?? { items: reactive([]), aborts: new Map() };
  running.set(conversation, mine);
  handlers.set(conversation, done);

  async function run(item: FileOnItsWay) {
    item.problem = null;
    const abort = new AbortController();
    mine.aborts.set(item.key, abort);
    try {
      const attachment = await upload(item.file, { purpose: "message", conversation_id: conversation }, (share) => { item.progress = share; }, abort.signal);
      remove(item.key);
      handlers.get(conversation)?.(attachment);
    } catch (error) {
      if (!abort.signal.aborted) item.problem = error instanceof ApiError ? (error.detail ?? error.title) : String(error);
    }
  }
  function add(file: File) {
    const item = reactive<FileOnItsWay>({ key: newKey(), file, progress: 0, problem: null });
    mine.items.push(item);
    void run(item);
  }
  function remove(key: string) {
    const index = mine.items.findIndex((item) => item.key === key);
    if (index >= 0) mine.items.splice(index, 1);
    mine.aborts.get(key)?.abort();
    mine.aborts.delete(key);
  }
  return { items: mine.items, add, remove, retry: (item: FileOnItsWay) => void run(item) };
}
