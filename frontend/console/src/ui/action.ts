import { ref } from "vue";
import { ApiError } from "@/api/client";
import { useNotify } from "./notify";

/** Runs a change, says when it failed and offers another try where one makes sense. */
export function useAction() {
  const notify = useNotify();
  const busy = ref(false);
  async function run<T>(work: () => Promise<T>, done?: string): Promise<T | undefined> {
    busy.value = true;
    try {
      const result = await work();
      if (done) notify.done(done);
      return result;
    } catch (error) {
      notify.failed(error, error instanceof ApiError && error.retriable ? () => void run(work, done) : undefined);
      return undefined;
    } finally {
      busy.value = false;
    }
  }
  return { busy, run };
}
