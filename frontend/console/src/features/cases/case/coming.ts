import { reactive } from "vue";
import { ApiError, newKey } from "@/api/client";
import type { EvidenceGiver, Id } from "@/api/types";
import { upload } from "@/api/upload";

interface Kept {
  given_by: EvidenceGiver;
  note: string;
}
/** A file on its way into the evidence. */
interface Coming {
  key: string;
  file: File;
  kept: Kept;
  progress: number;
  problem: string | null;
  abort: AbortController;
}

/** Files on their way; each is kept as evidence with what was said about it when it was chosen. */
export function useComing(keep: (file: Id, kept: Kept) => Promise<void>) {
  const coming = reactive<Coming[]>([]);
  async function send(one: Coming) {
    one.problem = null;
    try {
      const progress = (share: number) => {
        one.progress = share;
      };
      const file = await upload(one.file, { purpose: "evidence" }, progress, one.abort.signal);
      await keep(file.id, one.kept);
      drop(one);
    } catch (error) {
      if (!one.abort.signal.aborted)
        one.problem =
          error instanceof ApiError ? (error.errors[0]?.message ?? error.detail ?? error.title) : String(error);
    }
  }
  function add(file: File, kept: Kept) {
    const one = reactive<Coming>({
      key: newKey(),
      file,
      kept,
      progress: 0,
      problem: null,
      abort: new AbortController(),
    });
    coming.push(one);
    void send(one);
  }
  function drop(one: Coming) {
    one.abort.abort();
    const at = coming.findIndex((other) => other.key === one.key);
    if (at >= 0) coming.splice(at, 1);
  }
  return { coming, send, add, drop };
}
