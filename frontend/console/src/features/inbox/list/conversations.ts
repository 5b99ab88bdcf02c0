import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from "vue";
import { api } from "@/api/client";
import { realtime } from "@/api/realtime";
import type { Conversation, Id, Page } from "@/api/types";
import { queryClient } from "@/lib/query";
import { keys } from "@/api/keys";
import { filterKey, filterQuery, type ListFilter } from "./filter";
import { settle } from "./settle";

interface Kept {
  items: Conversation[];
  cursor: string | null;
}

const pageSize = 50;
const calm = 400;
const kept = new Map<string, Kept>();
const patchers = new Set<(id: Id, patch: Partial<Conversation>) => void>();

/** Changes a conversation everywhere it is shown, before the server's answer is there. */
export function patchConversation(id: Id, patch: Partial<Conversation>): void {
  queryClient.setQueryData<Conversation>(keys.conversation(id), (old) => (old ? { ...old, ...patch } : old));
  for (const list of kept.values())
    list.items = list.items.map((item) => (item.id === id ? { ...item, ...patch } : item));
  for (const patcher of patchers) patcher(id, patch);
}

/** The row of a conversation that some list has, to show its head before it is loaded. */
export function listedConversation(id: Id): Conversation | undefined {
  for (const list of kept.values()) {
    const found = list.items.find((item) => item.id === id);
    if (found) return found;
  }
  return undefined;
}

export function forgetLists(): void {
  kept.clear();
}

/** Events that do not change what a list shows. */
const silent = new Set(["conversation.contact_read", "conversation.viewed", "conversation.exported", "draft.saved"]);
const concerns = (kind: string, data: Record<string, unknown>) =>
  (typeof data["conversation_id"] === "string" && !silent.has(kind)) ||
  ["contact.updated", "tag.updated", "user.updated"].includes(kind);

/** The conversations of a view, kept true by events and still under the hand. */
export function useConversations(filter: Ref<ListFilter>, selected: Ref<Id | null>) {
  const fresh = shallowRef<Conversation[]>();
  const shown = shallowRef<Conversation[]>();
  const cursor = ref<string | null>(null);
  const waiting = ref(0);
  const held = ref(false);
  const error = shallowRef<unknown>();
  const loading = ref(false);
  let key = "";
  let running = false;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(hold = held.value) {
    if (!fresh.value) return;
    // The open row may have left the view; its thread knows what it is like now.
    const open =
      selected.value === null ? undefined : queryClient.getQueryData<Conversation>(keys.conversation(selected.value));
    const before = (shown.value ?? []).map((item) => (item.id === open?.id ? open : item));
    const settled = settle(before, fresh.value, hold, selected.value);
    shown.value = settled.rows;
    waiting.value = settled.waiting;
  }

  function keep(items: Conversation[], next: string | null) {
    fresh.value = items;
    cursor.value = next;
    kept.set(key, { items, cursor: next });
  }

  /** Asks again for as many rows as there are. */
  async function refresh(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (running) {
      again = true;
      return;
    }
    running = true;
    loading.value = true;
    const asked = key;
    try {
      const wanted = Math.max(pageSize, fresh.value?.length ?? 0);
      const items: Conversation[] = [];
      let next: string | null = null;
      do {
        const page: Page<Conversation> = await api.get<Page<Conversation>>("/conversations", {
          ...filterQuery(filter.value),
          limit: Math.min(200, wanted - items.length),
          cursor: next,
        });
        items.push(...page.items);
        next = page.next_cursor;
      } while (next && items.length < wanted && asked === key);
      if (asked === key) {
        error.value = undefined;
        keep(items, next);
        show();
      } else again = true;
    } catch (caught) {
      if (asked === key) error.value = caught;
      else again = true;
    } finally {
      running = false;
      loading.value = false;
    }
    if (again) {
      again = false;
      later(asked === key ? calm : 0);
    }
  }

  function later(milliseconds = calm) {
    timer ??= setTimeout(() => void refresh(), milliseconds);
  }

  async function more(): Promise<void> {
    if (running || !cursor.value) return;
    running = true;
    loading.value = true;
    const asked = key;
    try {
      const page = await api.get<Page<Conversation>>("/conversations", {
        ...filterQuery(filter.value),
        limit: pageSize,
        cursor: cursor.value,
      });
      if (asked === key) {
        const have = new Set((fresh.value ?? []).map((item) => item.id));
        keep([...(fresh.value ?? []), ...page.items.filter((item) => !have.has(item.id))], page.next_cursor);
        show();
      }
    } catch (caught) {
      error.value = caught;
    } finally {
      running = false;
      loading.value = false;
    }
    if (again || asked !== key) {
      again = false;
      later(0);
    }
  }

  /** Shows what waits, in its place. */
  function apply() {
    show(false);
  }

  watch(
    filter,
    (now) => {
      const next = filterKey(now);
      if (next === key) return;
      key = next;
      const remembered = kept.get(key);
      fresh.value = remembered?.items;
      shown.value = remembered ? [...remembered.items] : undefined;
      cursor.value = remembered?.cursor ?? null;
      waiting.value = 0;
      error.value = undefined;
      void refresh();
    },
    { immediate: true, deep: true },
  );

  watch(held, (now) => {
    if (!now) show();
  });
  watch(selected, () => {
    if (!held.value) show();
  });

  const patcher = (id: Id, patch: Partial<Conversation>) => {
    const change = (items: Conversation[] | undefined) =>
      items?.map((item) => (item.id === id ? { ...item, ...patch } : item));
    fresh.value = change(fresh.value);
    shown.value = change(shown.value);
  };
  patchers.add(patcher);
  const stops = [
    realtime.onEvent((event) => {
      if (concerns(event.kind, event.data)) later();
    }),
    realtime.onResync(() => void refresh()),
    realtime.onSignal((signal) => {
      if (signal.type !== "contact_online") return;
      const change = (items: Conversation[] | undefined) =>
        items?.map((item) =>
          item.contact.id === signal.contact_id
            ? { ...item, contact: { ...item.contact, online: signal.online } }
            : item,
        );
      fresh.value = change(fresh.value);
      shown.value = change(shown.value);
    }),
  ];
  onScopeDispose(() => {
    clearTimeout(timer);
    patchers.delete(patcher);
    for (const stop of stops) stop();
  });

  return {
    items: shown,
    waiting,
    held,
    error,
    loading,
    hasMore: computed(() => cursor.value !== null),
    more: () => void more(),
    refresh: () => void refresh(),
    apply,
  };
}
