import { computed, onScopeDispose, reactive, ref, toRaw, watch, type ComputedRef, type Ref } from "vue";
import { onBeforeRouteLeave } from "vue-router";
import { ApiError } from "@/api/client";
import { t } from "@/lib/i18n";
import { confirm } from "./confirm";
import { useNotify } from "./notify";

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(toRaw(value))) as T;
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export interface Form<T> {
  /** What the fields edit; undefined until the source has loaded. */
  state: Ref<T | undefined>;
  dirty: ComputedRef<boolean>;
  saving: Ref<boolean>;
  /** Complaints by field name. */
  errors: Record<string, string>;
  submit: () => Promise<boolean>;
  reset: () => void;
}

/**
 * The one form pattern: a copy of the source is edited, `save` sends it, complaints stand at their fields. A newer source
 * replaces the copy only while nothing was changed; leaving with changes asks.
 */
export function useForm<T extends object>(
  source: () => T | undefined,
  save: (state: T, base: T) => Promise<unknown>,
  options: { saved?: string; guard?: boolean } = {},
): Form<T> {
  const notify = useNotify();
  const base = ref<T>();
  const state = ref<T>() as Ref<T | undefined>;
  const saving = ref(false);
  const errors = reactive<Record<string, string>>({});
  const dirty = computed(() => state.value !== undefined && !same(state.value, base.value));
  const take = (value: T) => {
    base.value = copy(value) as typeof base.value;
    state.value = copy(value);
    clear();
  };
  const clear = () => {
    for (const name of Object.keys(errors)) delete errors[name];
  };

  watch(
    source,
    (value) => {
      if (value && !dirty.value && !saving.value) take(value);
    },
    { immediate: true, deep: true },
  );

  async function submit(): Promise<boolean> {
    if (!state.value || saving.value) return false;
    clear();
    saving.value = true;
    try {
      await save(copy(state.value), base.value as T);
      base.value = copy(state.value) as typeof base.value;
      if (options.saved !== "") notify.done(options.saved ?? t("ui.saved"));
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.errors.length) {
        for (const complaint of error.errors) errors[complaint.field] = complaint.message;
        showFirstError(() => notify.failed(error));
      } else if (error instanceof ApiError && error.code === "version_conflict") {
        notify.failed(error, () => {
          const value = source();
          if (value) take(value);
        });
      } else notify.failed(error, error instanceof ApiError && error.retriable ? () => void submit() : undefined);
      return false;
    } finally {
      saving.value = false;
      const value = source();
      if (value && !dirty.value) take(value);
    }
  }

  function reset() {
    const value = source();
    if (value) take(value);
  }

  if (options.guard !== false) {
    const warn = (event: BeforeUnloadEvent) => {
      if (dirty.value) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    onScopeDispose(() => window.removeEventListener("beforeunload", warn));
    onBeforeRouteLeave(async () =>
      dirty.value
        ? confirm({ title: t("ui.unsaved.title"), body: t("ui.unsaved.body"), confirm: t("ui.unsaved.leave") })
        : true,
    );
  }
  return { state, dirty, saving, errors, submit, reset };
}

/** Goes to the first field with a complaint; `missing` tells of one that no field shows. */
function showFirstError(missing: () => void) {
  setTimeout(() => {
    const field = document.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]:not(:empty)");
    if (!field) return missing();
    field.focus();
    field.scrollIntoView({ block: "center" });
  }, 120);
}
