import { useDebounceFn } from "@vueuse/core";
import { computed, ref, watch } from "vue";
import { api } from "@/api/client";
import type { Id, Page, WordingFinding } from "@/api/types";
import { useSession } from "@/app/session";
import { locale } from "@/lib/i18n";
import { stillThere } from "./still";

/** What the plan discourages in a text, asked for when whoever writes pauses. Of what was found only what still stands there is shown. */
export function useWording(text: () => string, caseId: () => Id | undefined = () => undefined) {
  const session = useSession();
  const answer = ref<WordingFinding[]>([]);
  let asked = 0;
  const ask = useDebounceFn(async () => {
    const turn = (asked += 1);
    const now = text();
    if (!now.trim() || !session.can("case.read")) {
      answer.value = [];
      return;
    }
    // A hint is in the way of nothing: without an answer there is none.
    const found = await api
      .post<Page<WordingFinding>>("/wording_checks", { text: now.slice(0, 20_000), case_id: caseId() ?? null })
      .catch(() => undefined);
    if (turn === asked && found) answer.value = found.items;
  }, 600);
  watch([text, caseId, locale], () => void ask(), { immediate: true });
  return { found: computed(() => stillThere(answer.value, text())) };
}
