import { useQueryClient } from "@tanstack/vue-query";
import { useDebounceFn, watchDebounced } from "@vueuse/core";
import {
  computed,
  inject,
  onScopeDispose,
  provide,
  ref,
  watch,
  type ComputedRef,
  type InjectionKey,
  type Ref,
} from "vue";
import { onBeforeRouteLeave } from "vue-router";
import { api, ApiError } from "@/api/client";
import type { Id, PlanProblem } from "@/api/types";
import { useSession } from "@/app/session";
import { locale, t } from "@/lib/i18n";
import { forget, recall, remember } from "@/lib/store";
import { confirm, useNotify } from "@/ui";
import { planKeys, useRefresh } from "./api";
import { createHistory, type History } from "./history";
import { mergeDocs, takeTheirs, type Conflict } from "./merge";
import { copyOf, type Doc, type VersionView } from "./model";
import { problemAt, problemsUnder } from "./problems";

/** What the forms of a version work with. */
interface PlanEditor {
  plan: Ref<Doc>;
  readonly: ComputedRef<boolean>;
  problems: ComputedRef<readonly PlanProblem[]>;
  /** What holds together and is likely meant otherwise. */
  hints: ComputedRef<readonly PlanProblem[]>;
  /** What is wrong exactly at a path. */
  errorAt: (path: string) => string | undefined;
  /** How much is wrong at a path and below it. */
  countUnder: (path: string) => number;
  /** What is likely meant otherwise exactly at a path. */
  hintAt: (path: string) => string | undefined;
  undo: () => void;
  /** Tells what was done and offers to take it back. */
  didRemove: (name: string) => void;
}
const place: InjectionKey<PlanEditor> = Symbol("plan editor");

/** The editor of the version whose page this is. */
export function usePlanEditor(): PlanEditor {
  const editor = inject(place);
  if (!editor) throw new Error("no plan editor above this component");
  return editor;
}

/** What was typed and not saved, kept in this browser. */
interface Kept {
  /** The counter of the version that it was made of, and what that said. */
  version: number;
  base: string;
  text: string;
}

/** What the server found in a document. */
interface Found {
  problems: PlanProblem[];
  hints: PlanProblem[];
}

/** Where unsaved work on a version is kept: a shared browser must not give it to somebody else. */
export const memoryOf = (version: Id, user: Id): string => `plan.${user}.${version}`;

/** Edits a copy of a version: saves it against its counter, keeps work through conflicts, reloads and undo. */
export function createPlanEditor(id: Id, source: () => VersionView | undefined, may: () => boolean) {
  const client = useQueryClient();
  const refresh = useRefresh();
  const notify = useNotify();
  const plan = ref<Doc>();
  const base = ref("");
  const counter = ref(0);
  const saving = ref(false);
  const recovered = ref(false);
  const live = ref<Found>();
  const conflicts = ref<{ list: Conflict[]; theirs: VersionView; by: string }>();
  const canUndo = ref(false);
  const canRedo = ref(false);
  let history: History | undefined;

  const readonly = computed(() => !may() || source()?.info.state !== "draft");
  const text = computed(() => (plan.value ? JSON.stringify(plan.value) : ""));
  const dirty = computed(() => plan.value !== undefined && text.value !== base.value);
  const found = computed<Found | undefined>(() => (dirty.value ? live.value : undefined) ?? source());
  const problems = computed<readonly PlanProblem[]>(() => found.value?.problems ?? []);
  const hints = computed<readonly PlanProblem[]>(() => (may() ? (found.value?.hints ?? []) : []));
  const memory = memoryOf(id, useSession().me?.id ?? "");

  function take(view: VersionView) {
    base.value = JSON.stringify(view.content);
    counter.value = view.info.version;
    plan.value = copyOf(view.content);
    history = createHistory(base.value);
    live.value = undefined;
    marks();
  }
  function marks() {
    canUndo.value = history?.canUndo() ?? false;
    canRedo.value = history?.canRedo() ?? false;
  }

  watch(
    source,
    (view) => {
      if (!view || saving.value) return;
      if (!plan.value) {
        take(view);
        recover(view);
      } else if (text.value === JSON.stringify(view.content)) {
        // What was saved here comes back: nothing changes, and steps can still be taken back.
        base.value = text.value;
        counter.value = view.info.version;
      } else if (!dirty.value) take(view);
    },
    { immediate: true },
  );
  function recover(view: VersionView) {
    const kept = recall<Kept | null>(memory, null);
    if (!kept || view.info.state !== "draft" || !may()) return;
    if (kept.text === base.value) return forget(memory);
    // Saved by somebody else meanwhile: the save will find the conflict and put both together.
    base.value = kept.version === view.info.version ? base.value : kept.base;
    counter.value = kept.version;
    plan.value = JSON.parse(kept.text) as Doc;
    recovered.value = true;
  }
  const keep = () => {
    if (dirty.value) remember(memory, { version: counter.value, base: base.value, text: text.value } satisfies Kept);
    else forget(memory);
  };

  watchDebounced(
    text,
    (now) => {
      if (!now) return;
      history?.note(now);
      marks();
      keep();
    },
    { debounce: 350, maxWait: 2000 },
  );

  let asked = 0;
  const validate = useDebounceFn(async () => {
    if (!dirty.value || readonly.value) return;
    const turn = (asked += 1);
    try {
      const checked = await api.post<Found>("/plans/validate", { content: plan.value });
      if (turn === asked) live.value = checked;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }, 500);
  watch([text, locale], () => void validate());

  function restore(state: string | undefined) {
    if (state === undefined) return;
    plan.value = JSON.parse(state) as Doc;
    marks();
  }
  function undo() {
    if (text.value) history?.note(text.value);
    restore(history?.undo());
  }
  const redo = () => restore(history?.redo());
  function didRemove(name: string) {
    if (text.value) history?.note(text.value);
    notify.done(t("plan.removed", { name }), undo);
  }

  function saved(view: VersionView, sent: string) {
    const untouched = text.value === sent;
    base.value = JSON.stringify(view.content);
    counter.value = view.info.version;
    if (untouched) plan.value = copyOf(view.content);
    live.value = undefined;
    recovered.value = false;
    conflicts.value = undefined;
    forget(memory);
    client.setQueryData([...planKeys.version(id), locale.value], view);
    void client.invalidateQueries({ queryKey: planKeys.line(view.info.plan_id) });
  }

  /** Saves; after a conflict puts both together and saves again, or asks about what both changed. */
  async function save(tries = 3): Promise<boolean> {
    if (!plan.value || saving.value || readonly.value) return false;
    saving.value = true;
    const sent = text.value;
    try {
      const view = await api.patch<VersionView>(
        `/plan_versions/${id}`,
        { content: JSON.parse(sent) },
        { version: counter.value },
      );
      saved(view, sent);
      notify.done(view.problems.length ? t("plan.savedProblems", { n: view.problems.length }) : t("ui.saved"));
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.code === "version_conflict" && tries > 0) {
        saving.value = false;
        return await meet(tries);
      }
      notify.failed(error, error instanceof ApiError && error.retriable ? () => void save() : undefined);
      return false;
    } finally {
      saving.value = false;
    }
  }

  async function meet(tries: number): Promise<boolean> {
    const theirs = await api.get<VersionView>(`/plan_versions/${id}`).catch((error: unknown) => notify.failed(error));
    if (!theirs || !plan.value) return false;
    if (theirs.info.state !== "draft") {
      await refresh();
      return false;
    }
    const found = mergeDocs(JSON.parse(base.value) as Doc, plan.value, theirs.content);
    if (found.conflicts.length) {
      conflicts.value = { list: found.conflicts, theirs, by: theirs.info.edited_by?.name ?? "" };
      return false;
    }
    adopt(found.merged, theirs);
    const done = await save(tries - 1);
    if (done) notify.info(t("plan.conflict.merged"));
    return done;
  }
  function adopt(merged: Doc, theirs: VersionView) {
    base.value = JSON.stringify(theirs.content);
    counter.value = theirs.info.version;
    plan.value = merged;
  }
  /** Saves what was chosen: for each conflict mine or theirs. */
  async function settle(theirsAt: readonly boolean[]): Promise<boolean> {
    const open = conflicts.value;
    if (!open || !plan.value) return false;
    let { merged } = mergeDocs(JSON.parse(base.value) as Doc, plan.value, open.theirs.content);
    open.list.forEach((conflict, at) => {
      if (theirsAt[at]) merged = takeTheirs(merged, conflict);
    });
    adopt(merged, open.theirs);
    return save();
  }

  function discard() {
    const view = source();
    if (view) take(view);
    recovered.value = false;
    forget(memory);
  }

  const warn = (event: BeforeUnloadEvent) => {
    if (dirty.value && !readonly.value) event.preventDefault();
  };
  window.addEventListener("beforeunload", warn);
  onScopeDispose(() => window.removeEventListener("beforeunload", warn));
  onBeforeRouteLeave(async () => {
    if (!dirty.value || readonly.value) return true;
    const leave = await confirm({
      title: t("ui.unsaved.title"),
      body: t("plan.leaveText"),
      confirm: t("ui.unsaved.leave"),
      tone: "neutral",
    });
    if (leave) keep();
    return leave;
  });

  const errorAt = (path: string) => problemAt(problems.value, path);
  const hintAt = (path: string) => problemAt(hints.value, path);
  const countUnder = (path: string) => problemsUnder(problems.value, path).length;
  provide(place, { plan: plan as Ref<Doc>, readonly, problems, hints, errorAt, countUnder, hintAt, undo, didRemove });
  return {
    plan,
    readonly,
    dirty,
    saving,
    problems,
    recovered,
    conflicts,
    canUndo,
    canRedo,
    save,
    settle,
    discard,
    undo,
    redo,
  };
}
export type PlanEditorState = ReturnType<typeof createPlanEditor>;
