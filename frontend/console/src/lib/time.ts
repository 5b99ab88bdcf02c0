import { onScopeDispose, readonly, ref, type Ref } from "vue";
import type { Locale } from "@/api/types";
import { fill, locale, t } from "./i18n";

const zone = ref<string>(Intl.DateTimeFormat().resolvedOptions().timeZone);

/** The time zone in which everything is shown: the signed-in person's. */
export const timeZone = readonly(zone);
export function setTimeZone(name: string): void {
  if (isTimeZone(name)) zone.value = name;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** All time zones the browser knows, with the common ones of this region first. */
export function timeZones(): string[] {
  const first = [
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "UTC",
  ];
  const all = Intl.supportedValuesOf("timeZone").filter((name) => !first.includes(name));
  return [...first, ...all];
}

const formats = new Map<string, Intl.DateTimeFormat>();
function parts(at: Date, locale: Locale, tz: string): Record<string, string> {
  const key = `${locale} ${tz}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, {
      timeZone: tz,
      hourCycle: "h23",
      weekday: "short",
      year: "numeric",
      month: locale === "en" ? "short" : "2-digit",
      day: locale === "en" ? "numeric" : "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(key, format);
  }
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
}

/** `2026-09-20 周日 16:00`; in English `Sun 20 Sep 2026, 16:00`. */
export function formatDateTime(at: string | Date, language: Locale = locale.value, tz: string = zone.value): string {
  const p = parts(new Date(at), language, tz);
  return language === "en"
    ? `${p["weekday"]} ${p["day"]} ${p["month"]} ${p["year"]}, ${p["hour"]}:${p["minute"]}`
    : `${p["year"]}-${p["month"]}-${p["day"]} ${p["weekday"]} ${p["hour"]}:${p["minute"]}`;
}

/** `2026-09-20 周日`; in English `Sun 20 Sep 2026`. */
export function formatDate(at: string | Date, language: Locale = locale.value, tz: string = zone.value): string {
  const p = parts(new Date(at), language, tz);
  return language === "en"
    ? `${p["weekday"]} ${p["day"]} ${p["month"]} ${p["year"]}`
    : `${p["year"]}-${p["month"]}-${p["day"]} ${p["weekday"]}`;
}

/** `16:00` */
export function formatClock(at: string | Date, tz: string = zone.value): string {
  const p = parts(new Date(at), "en", tz);
  return `${p["hour"]}:${p["minute"]}`;
}

/** The full time with seconds and zone, for hovering. */
export function formatFull(at: string | Date, language: Locale = locale.value, tz: string = zone.value): string {
  const date = new Date(at);
  const p = parts(date, language, tz);
  const offset =
    new Intl.DateTimeFormat("en", { timeZone: tz, timeZoneName: "shortOffset" })
      .formatToParts(date)
      .find((part) => part.type === "timeZoneName")?.value ?? "";
  return `${formatDateTime(date, language, tz)}:${p["second"]} ${tz} (${offset})`;
}

/** The civil day `YYYY-MM-DD` in the zone, to tell days apart. */
export function dayOf(at: string | Date, tz: string = zone.value): string {
  const p = parts(new Date(at), "zh-CN", tz);
  return `${p["year"]}-${p["month"]}-${p["day"]}`;
}

/** `3 分钟前` within a day, the date and time else. */
export function formatRelative(
  at: string | Date,
  now: number,
  language: Locale = locale.value,
  tz: string = zone.value,
): string {
  const seconds = Math.round((now - new Date(at).getTime()) / 1000);
  if (Math.abs(seconds) >= 86_400) return formatDateTime(at, language, tz);
  if (Math.abs(seconds) < 45) return t("time.now");
  const minutes = Math.round(Math.abs(seconds) / 60);
  const hours = Math.round(Math.abs(seconds) / 3600);
  if (seconds > 0) return minutes < 60 ? t("time.minutesAgo", { n: minutes }) : t("time.hoursAgo", { n: hours });
  return minutes < 60 ? t("time.inMinutes", { n: minutes }) : t("time.inHours", { n: hours });
}

/** The shortest form for a list row: `刚刚`, `5 分`, `16:00` today, `09-18`, else the year too. */
export function formatShort(
  at: string | Date,
  now: number,
  language: Locale = locale.value,
  tz: string = zone.value,
): string {
  const date = new Date(at);
  const minutes = Math.floor((now - date.getTime()) / 60_000);
  if (minutes >= 0 && minutes < 1) return t("time.now");
  if (minutes >= 0 && minutes < 60) return t("time.minutesShort", { n: minutes });
  if (dayOf(date, tz) === dayOf(new Date(now), tz)) return formatClock(date, tz);
  const p = parts(date, language, tz);
  const thisYear = p["year"] === parts(new Date(now), language, tz)["year"];
  if (language === "en") return thisYear ? `${p["day"]} ${p["month"]}` : `${p["day"]} ${p["month"]} ${p["year"]}`;
  return thisYear ? `${p["month"]}-${p["day"]}` : `${p["year"]}-${p["month"]}-${p["day"]}`;
}

/** `2 小时 10 分`: the two largest units. */
export function formatDuration(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const days = Math.floor(total / 86_400);
  const hours = Math.floor((total % 86_400) / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const words: string[] = [];
  if (days) words.push(t("time.days", { n: days }));
  if (hours) words.push(t("time.hours", { n: hours }));
  if (minutes && !days) words.push(t("time.minutes", { n: minutes }));
  if (!words.length) words.push(t("time.seconds", { n: total }));
  return words.slice(0, 2).join(fill(t("time.join")));
}

const tickers = new Map<number, { now: Ref<number>; users: number; timer: ReturnType<typeof setInterval> }>();

/** The present, renewed every so many seconds and when the tab comes back; shared by all who ask for the same pace. */
export function useNow(seconds = 30): Readonly<Ref<number>> {
  let ticker = tickers.get(seconds);
  if (!ticker) {
    const now = ref(Date.now());
    ticker = {
      now,
      users: 0,
      timer: setInterval(() => {
        if (!document.hidden) now.value = Date.now();
      }, seconds * 1000),
    };
    tickers.set(seconds, ticker);
  }
  const mine = ticker;
  mine.users += 1;
  const wake = () => {
    mine.now.value = Date.now();
  };
  document.addEventListener("visibilitychange", wake);
  onScopeDispose(() => {
    document.removeEventListener("visibilitychange", wake);
    mine.users -= 1;
    if (mine.users === 0) {
      clearInterval(mine.timer);
      tickers.delete(seconds);
    }
  });
  return mine.now;
}

/** An instant as a field of the kind `datetime-local` takes it, in the person's zone: `2026-09-20T16:00`. */
export function toInput(at: string | null | undefined, tz: string = zone.value): string {
  return at ? `${dayOf(at, tz)}T${formatClock(at, tz)}` : "";
}

/** The instant that such a field means; null when it is empty. A time that a change of clocks skips is the one after it. */
export function fromInput(text: string, tz: string = zone.value): string | null {
  const asUtc = new Date(`${text}:00Z`).getTime();
  if (!text || Number.isNaN(asUtc)) return null;
  let at = asUtc;
  for (let round = 0; round < 2; round += 1)
    at += asUtc - new Date(`${toInput(new Date(at).toISOString(), tz)}:00Z`).getTime();
  return new Date(at).toISOString();
}
