import { useQuery } from "@tanstack/vue-query";
import { computed, ref, watch, type Ref } from "vue";
import { api } from "@/api/client";
import type { CaseDraft, CaseSource, Id, NewCase, Plan } from "@/api/types";
import { fromInput, toInput } from "@/lib/time";
import { unset } from "../plan";

/** What a case can begin from. */
interface Origin {
  conversation?: Id | null;
  contact?: { id: Id; display_name: string } | null;
}

/** What a new case begins with: from a conversation what was said there, otherwise nothing but the usual type. */
export function useNewCase(props: Origin, open: Ref<boolean>, plan: Ref<Plan | undefined>) {
  const draft = useQuery({
    queryKey: computed(() => ["case_draft", props.conversation ?? ""]),
    queryFn: ({ signal }) => api.get<CaseDraft>("/case_draft", { conversation_id: props.conversation ?? "" }, signal),
    enabled: computed(() => open.value && Boolean(props.conversation)),
    staleTime: 0,
    gcTime: 0,
  });
  const blank = () => ({
    type: "",
    title: "",
    category: null as string | null,
    severity: unset,
    urgency: unset,
    source: "phone" as CaseSource,
    received: toInput(new Date().toISOString()),
    contact: props.contact?.id ?? null,
    name: props.contact?.display_name ?? "",
    reach: "",
    facts: "",
    remedy: "",
    custom: {} as Record<string, unknown>,
    evidence: new Set<Id>(),
    files: [] as Id[],
    take: true,
    atOnce: false,
  });
  const state = ref(blank());
  // Before what fills the form: a dialog that opens again begins empty.
  watch(
    open,
    (now) => {
      if (now) state.value = blank();
    },
    { immediate: true },
  );
  const usual = computed(
    () => plan.value?.case_types.find((type) => type.key === "complaint")?.key ?? plan.value?.case_types[0]?.key ?? "",
  );
  watch(
    [usual, open],
    () => {
      if (!state.value.type) state.value.type = usual.value;
    },
    { immediate: true },
  );
  watch(
    () => draft.data.value,
    (from) => {
      if (!from || !open.value) return;
      Object.assign(state.value, {
        title: from.title,
        contact: from.contact_id,
        name: from.complainant.name,
        reach: from.complainant.contact,
        source: from.source,
        received: toInput(from.received_at),
        facts: from.facts,
        custom: { ...from.custom },
        evidence: new Set(from.evidence.map((file) => file.attachment_id)),
      });
    },
    { immediate: true },
  );

  /** What is sent; `only` when nobody else may have made a case of the conversation meanwhile. */
  function body(only: boolean): NewCase {
    const now = state.value;
    return {
      classification: {
        type_key: now.type,
        ...(now.category ? { category_key: now.category } : {}),
        ...(now.severity !== unset ? { severity_key: now.severity } : {}),
        ...(now.urgency !== unset ? { urgency_key: now.urgency } : {}),
      },
      fields: {
        title: now.title.trim(),
        contact_id: now.contact,
        complainant: { name: now.name.trim(), contact: now.reach.trim() },
        source: now.source,
        facts: now.facts,
        ...(now.atOnce ? { solvable_at_once: true } : {}),
        ...(now.remedy.trim() ? { remedy_sought: now.remedy } : {}),
        ...(Object.keys(now.custom).length ? { custom: now.custom } : {}),
      },
      received_at:
        now.received === toInput(draft.data.value?.received_at ?? null)
          ? (draft.data.value?.received_at ?? null)
          : fromInput(now.received),
      conversation_ids: props.conversation ? [props.conversation] : [],
      evidence: [...now.evidence, ...now.files].map((attachment_id) => ({ attachment_id })),
      take: now.take,
      only_case: Boolean(props.conversation) && only && !draft.data.value?.known_cases.some((known) => known.linked),
    } as NewCase;
  }
  return { draft, state, body };
}
