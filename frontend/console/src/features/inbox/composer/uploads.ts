import { reactive } from "vue";
import { upload } from "@/api/upload";
import { ApiError, newKey } from "@/api/client";
import type { Attachment, Id } from "@/api/types";
import { findLost, UploadMemory, type Remembered } from "./remembered";

/** A file on its way to the server. */
export interface FileOnItsWay extends Remembered {
  key: string;
  /** Null after the page was loaded anew: the bytes went with it. */
  file: File | null;
  progress: number;
  problem: string | null;
}

interface Running {
  items: FileOnItsWay[];
  aborts: Map<string, AbortController>;
  memory: UploadMemory;
}

const running = new Map<Id, Running>();
/** Who takes the finished attachments of a conversation; the composer that was opened last. */
const handlers = new Map<Id, (attachment: Attachment) => void>();

function open(user: Id, conversation: Id): Running {
  const memory = new UploadMemory(sessionStorage, `heard.uploads.${user}.${conversation}`);
  const lost = memory.recall().map((known) => ({ ...known, key: newKey(), file: null, progress: 0, problem: null }));
  return { items: reactive(lost), aborts: new Map(), memory };
}

/** The uploads of a conversation; they go on while another conversation is open. */
export function useUploads(user: Id, conversation: Id, done: (attachment: Attachment) => void) {
  const mine = running.get(conversation) ?? open(user, conversation);
  running.set(conversation, mine);
  handlers.set(conversation, done);
  const save = () => mine.memory.remember(mine.items);

  async function run(item: FileOnItsWay) {
    if (!item.file) return;
    item.problem = null;
    const abort = new AbortController();
    mine.aborts.set(item.key, abort);
    const began = (id: Id) => {
      item.upload = id;
      save();
    };
    try {
      const progress = (share: number) => {
        item.progress = share;
      };
      const attachment = await upload(
        item.file,
        { purpose: "message", conversation_id: conversation },
        progress,
        abort.signal,
        { begun: item.upload, began },
      );
      remove(item.key);
      handlers.get(conversation)?.(attachment);
    } catch (error) {
      if (!abort.signal.aborted)
        item.problem = error instanceof ApiError ? (error.detail ?? error.title) : String(error);
    }
  }
  function add(file: File) {
    const lost = findLost(mine.items, file);
    if (lost) remove(lost.key);
    const about = { name: file.name, size: file.size, modified: file.lastModified, upload: lost?.upload ?? null };
    const item = reactive<FileOnItsWay>({ ...about, key: newKey(), file, progress: 0, problem: null });
    mine.items.push(item);
    void run(item);
  }
  function remove(key: string) {
    const index = mine.items.findIndex((item) => item.key === key);
    if (index >= 0) mine.items.splice(index, 1);
    mine.aborts.get(key)?.abort();
    mine.aborts.delete(key);
    save();
  }
  return { items: mine.items, add, remove, retry: (item: FileOnItsWay) => void run(item) };
}
