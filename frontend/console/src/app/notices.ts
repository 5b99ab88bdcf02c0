import type { Router } from "vue-router";
import { realtime, type RealtimeEvent } from "@/api/realtime";
import type { Json } from "@/api/types";
import { t, type TextKey } from "@/lib/i18n";
import { useSession } from "./session";

export interface Notices {
  scope: "mine" | "team" | "all";
  sound: boolean;
  desktop: boolean;
}

/** What the person chose to hear of; sounds for own conversations when nothing was chosen. */
export function notices(preferences: Record<string, Json> | undefined): Notices {
  const scope = preferences?.["notice_scope"];
  return {
    scope: scope === "team" || scope === "all" ? scope : "mine",
    sound: preferences?.["sound"] !== false,
    desktop: preferences?.["desktop"] === true,
  };
}

let audio: AudioContext | undefined;

/** Two soft tones, made here so that no file has to be loaded. */
export function playSound(): void {
  audio ??= new AudioContext();
  const begin = audio.currentTime;
  for (const [index, frequency] of [660, 880].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const at = begin + index * 0.12;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.12, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.35);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.4);
  }
}

/** Whether an event is one that the person wants to be told of. */
export function concerns(event: Pick<RealtimeEvent, "kind" | "data">, me: string, scope: Notices["scope"]): boolean {
  if (event.kind === "conversation.assigned")
    return event.data["assignee_id"] === me && event.data["former_assignee_id"] !== me;
  if (event.kind !== "message.posted") return false;
  const mentions = event.data["mentions"];
  if (Array.isArray(mentions) && mentions.includes(me) && event.data["author_id"] !== me) return true;
  if (event.data["author_kind"] !== "contact") return false;
  const assignee = event.data["assignee_id"];
  return assignee === me || scope === "all" || (scope === "team" && !assignee);
}

function wording(event: Pick<RealtimeEvent, "kind" | "data">): TextKey {
  if (event.kind === "conversation.assigned") return "inbox.notices.assigned";
  return event.data["author_kind"] === "contact" ? "notices.message" : "inbox.notices.mention";
}

/** Makes new messages and assignments heard: a sound, and a notice of the system while the tab is hidden. */
export function followNotices(router: Router): void {
  const session = useSession();
  let soundedAt = 0;
  realtime.onEvent((event) => {
    if (!session.me) return;
    const chosen = notices(session.me.preferences);
    if (!concerns(event, session.me.id, chosen.scope)) return;
    const path = `/inbox/${String(event.data["conversation_id"])}`;
    const looking = !document.hidden && document.hasFocus() && router.currentRoute.value.path === path;
    if (looking) return;
    if (chosen.sound && Date.now() - soundedAt > 2000) {
      soundedAt = Date.now();
      playSound();
    }
    if (chosen.desktop && document.hidden && "Notification" in window && Notification.permission === "granted") {
      // The text stays inside: a notice may show on a locked screen.
      const notice = new Notification(t(wording(event)), {
        body: t("notices.open"),
        tag: path,
        icon: "/favicon.svg",
      });
      notice.onclick = () => {
        window.focus();
        void router.push(path);
        notice.close();
      };
    }
  });
}
