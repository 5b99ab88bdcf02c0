import { onScopeDispose, ref, shallowRef, watch } from "vue";
import { api } from "@/api/client";
import { realtime } from "@/api/realtime";
import type { Id, Items, UserRef } from "@/api/types";

export interface Typing {
  key: string;
  who: "contact" | "user";
  name: string | null;
  preview: string | null;
}

/** Without a sign of life typing counts as over. */
const typingLasts = 8000;

/** Who else looks at a conversation and who is typing in it; tells the others that this person looks. */
export function usePresence(id: Id, me: Id) {
  const viewers = shallowRef<UserRef[]>([]);
  const typing = shallowRef<Typing[]>([]);
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const others = (users: UserRef[]) => users.filter((user) => user.id !== me);

  function stopTyping(key: string) {
    clearTimeout(timers.get(key));
    timers.delete(key);
    if (typing.value.some((item) => item.key === key)) typing.value = typing.value.filter((item) => item.key !== key);
  }
  const stops = [
    realtime.onSignal((signal) => {
      if (signal.type === "viewing" && signal.conversation_id === id) viewers.value = others(signal.users);
      if (signal.type !== "typing" || signal.conversation_id !== id) return;
      const key = `${signal.who}-${signal.name}`;
      stopTyping(key);
      if (!signal.on) return;
      typing.value = [...typing.value, { key, who: signal.who, name: signal.name, preview: signal.preview }];
      timers.set(
        key,
        setTimeout(() => stopTyping(key), typingLasts),
      );
    }),
    realtime.onEvent((event) => {
      if (
        event.kind === "message.posted" &&
        event.data["conversation_id"] === id &&
        event.data["author_kind"] === "contact"
      )
        for (const item of typing.value) if (item.who === "contact") stopTyping(item.key);
    }),
    watch(realtime.state, (state) => {
      if (state === "lost") {
        viewers.value = [];
        typing.value = [];
      }
    }),
  ];
  realtime.send({ type: "viewing", conversation_id: id });
  void api.get<Items<UserRef>>(`/conversations/${id}/viewers`).then(
    (found) => {
      viewers.value = others(found.items);
    },
    () => {},
  );
  onScopeDispose(() => {
    for (const stop of stops) stop();
    for (const timer of timers.values()) clearTimeout(timer);
    realtime.send({ type: "viewing", conversation_id: null });
  });
  return { viewers, typing };
}

/** Tells the contact that this person types: at most every few seconds, and when they stop. */
export function useTypingSignal(id: Id) {
  const on = ref(false);
  let sentAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function stop() {
    clearTimeout(timer);
    if (!on.value) return;
    on.value = false;
    sentAt = 0;
    realtime.send({ type: "typing", conversation_id: id, on: false });
  }
  function typed() {
    clearTimeout(timer);
    timer = setTimeout(stop, 4000);
    on.value = true;
    if (Date.now() - sentAt < 3000) return;
    sentAt = Date.now();
    realtime.send({ type: "typing", conversation_id: id, on: true });
  }
  onScopeDispose(stop);
  return { typed, stop };
}
