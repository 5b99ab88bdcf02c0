import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";
import { api, ApiError, setCsrfToken } from "@/api/client";
import { realtime } from "@/api/realtime";
import type { Locale, Me, MePatch, Meta, Presence } from "@/api/types";
import { setLocale } from "@/lib/i18n";
import { setCurrency } from "@/lib/money";
import { queryClient } from "@/lib/query";
import { setTimeZone } from "@/lib/time";
import { applyTheme, type Theme } from "./theme";

/** Who is signed in and how they like to work. */
export const useSession = defineStore("session", () => {
  const meta = ref<Meta>();
  const me = ref<Me>();
  const loaded = ref(false);

  const rights = computed(() => new Set(me.value?.rights ?? []));
  /** Whether the signed-in person may do it; the server decides in the end. */
  const can = (right: string) => rights.value.has(right);

  let loading: Promise<void> | undefined;
  /** Where everybody must have a second factor, an account has no rights before it is set up. */
  const needsSecondFactor = computed(
    () => me.value !== undefined && !me.value.totp_enabled && me.value.roles.length > 0 && me.value.rights.length === 0,
  );

  /** Asks the server who this is, once at a time; a missing session is an answer, not an error. */
  const load = (): Promise<void> =>
    (loading ??= ask().finally(() => {
      loading = undefined;
    }));

  async function ask(): Promise<void> {
    meta.value = await api.get<Meta>("/meta");
    // Who is not signed in is not asked who they are: a refusal would stand in the browser's log as an error.
    if (meta.value.signed_in) {
      try {
        await enter(await api.get<Me>("/me"));
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 401) throw error;
      }
    }
    loaded.value = true;
  }

  /** Begins to work as this person. */
  async function enter(who: Me): Promise<void> {
    setCsrfToken(who.csrf_token);
    setTimeZone(who.time_zone);
    setCurrency(who.currency);
    applyTheme(who.theme);
    await setLocale(who.locale);
    me.value = who;
    if (meta.value)
      meta.value = { ...meta.value, setup_required: false, signed_in: true, organization: who.organization };
    realtime.start(who.realtime_seq);
  }

  /** Forgets everything about the person; the server has ended the session or soon will. */
  function leave(): void {
    realtime.stop();
    setCsrfToken(undefined);
    me.value = undefined;
    queryClient.clear();
  }

  async function signOut(): Promise<void> {
    await api.delete("/session").catch((error: unknown) => {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
    });
    leave();
  }

  async function change(patch: MePatch): Promise<void> {
    const next = await api.patch<Me>("/me", patch);
    setTimeZone(next.time_zone);
    applyTheme(next.theme);
    await setLocale(next.locale);
    if (me.value) me.value = { ...next, realtime_seq: me.value.realtime_seq, csrf_token: me.value.csrf_token };
  }

  /** Asks again who this is: rights and teams may have changed, or the session may be over. */
  async function refresh(): Promise<void> {
    if (!me.value) return;
    const next = await api.get<Me>("/me");
    setCsrfToken(next.csrf_token);
    setCurrency(next.currency);
    if (me.value) me.value = { ...next, realtime_seq: me.value.realtime_seq };
  }

  const setTheme = (theme: Theme) => {
    applyTheme(theme);
    return change({ theme });
  };

  const setLanguage = async (locale: Locale) => {
    await setLocale(locale);
    if (me.value) await change({ locale });
    // Names that the server translates.
    await queryClient.invalidateQueries();
  };

  async function setPresence(status: Presence["status"], reason: string | null = null): Promise<void> {
    const presence = await api.put<Presence>("/me/presence", { status, reason });
    if (me.value) me.value = { ...me.value, presence };
  }

  /** One remembered choice on the server, such as sounds; undefined when never chosen. */
  const preference = <T>(name: string): T | undefined => me.value?.preferences[name] as T | undefined;
  const setPreference = (name: string, value: unknown) => change({ preferences: { [name]: value } });

  return {
    meta,
    me,
    loaded,
    can,
    needsSecondFactor,
    load,
    enter,
    leave,
    signOut,
    refresh,
    change,
    setTheme,
    setLanguage,
    setPresence,
    preference,
    setPreference,
  };
});

/** Keeps rights, teams and presence true, and notices the end of the session when the line was refused. */
export function followSession(): void {
  const session = useSession();
  const again = () =>
    session.refresh().catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
    });
  realtime.onEvent((event) => {
    if (["user", "role", "team", "session"].includes(event.kind.split(".")[0] ?? "")) void again();
  });
  realtime.onSignal((signal) => {
    if (signal.type === "presence" && session.me && signal.user_id === session.me.id)
      session.me = { ...session.me, presence: signal.presence };
  });
  realtime.onResync(() => void again());
  watch(realtime.failures, () => void again());
}
