/** Languages of the product. */
export type Locale = "zh-CN" | "en";

/** The supported language nearest to the wishes given, Chinese when there is none. */
export function pickLocale(...wishes: (string | null | undefined)[]): Locale {
  for (const wish of wishes) {
    if (/^zh\b/i.test(wish ?? "")) return "zh-CN";
    if (/^en\b/i.test(wish ?? "")) return "en";
  }
  return wishes.some(Boolean) ? "en" : "zh-CN";
}

/** A size in bytes for people: "812 B", "1.4 MB". */
export function formatBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const rounded = unit === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
  return rounded === 1024 ? `1 ${units[unit + 1]}` : `${rounded} ${units[unit]}`;
}

type Instant = string | number | Date;
const MINUTE = 60_000;
const WEEKDAYS: Record<Locale, string[]> = {
  "zh-CN": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
};
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

interface Wall {
  year: number;
  month: number;
  day: number;
  time: string;
  /** Days since the epoch of this calendar day, to tell how many days lie between two. */
  dayNumber: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function wall(at: Instant, timeZone: string | undefined): Wall {
  const key = timeZone ?? "";
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      ...(timeZone ? { timeZone } : {}),
    });
    formatters.set(key, formatter);
  }
  const parts = Object.fromEntries(formatter.formatToParts(new Date(at)).map((p) => [p.type, p.value]));
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
  return {
    year,
    month,
    day,
    time: `${parts.hour}:${parts.minute}`,
    dayNumber: Date.UTC(year, month - 1, day) / 86_400_000,
  };
}

const weekday = (w: Wall, locale: Locale) => WEEKDAYS[locale][new Date(w.dayNumber * 86_400_000).getUTCDay()] as string;
const two = (n: number) => String(n).padStart(2, "0");

/** "16:00". */
export function clockTime(at: Instant, timeZone?: string): string {
  return wall(at, timeZone).time;
}

/** Heading of a day in a thread: today, yesterday, a weekday within the week, else the date. */
export function dayLabel(at: Instant, now: Instant, locale: Locale, timeZone?: string): string {
  const w = wall(at, timeZone);
  const today = wall(now, timeZone);
  const ago = today.dayNumber - w.dayNumber;
  const zh = locale === "zh-CN";
  if (ago === 0) return zh ? "今天" : "Today";
  if (ago === 1) return zh ? "昨天" : "Yesterday";
  if (zh) return `${w.year === today.year ? "" : `${w.year} 年 `}${w.month} 月 ${w.day} 日 ${weekday(w, locale)}`;
  return `${weekday(w, locale)} ${w.day} ${MONTHS[w.month - 1]}${w.year === today.year ? "" : ` ${w.year}`}`;
}

/** "2026-09-20 周日 16:00" or "Sun 20 Sep 2026, 16:00". */
export function fullTime(at: Instant, locale: Locale, timeZone?: string): string {
  const w = wall(at, timeZone);
  if (locale === "zh-CN") return `${w.year}-${two(w.month)}-${two(w.day)} ${weekday(w, locale)} ${w.time}`;
  return `${weekday(w, locale)} ${w.day} ${MONTHS[w.month - 1]} ${w.year}, ${w.time}`;
}

/** Short time for lists: relative within a day, then yesterday, the date, the date with its year. */
export function relativeTime(at: Instant, now: Instant, locale: Locale, timeZone?: string): string {
  const zh = locale === "zh-CN";
  const age = new Date(now).getTime() - new Date(at).getTime();
  if (Math.abs(age) < MINUTE) return zh ? "刚刚" : "just now";
  const w = wall(at, timeZone);
  const today = wall(now, timeZone);
  const minutes = Math.floor(age / MINUTE);
  if (age > 0 && minutes < 60) return zh ? `${minutes} 分钟前` : `${minutes} min ago`;
  if (age > 0 && w.dayNumber === today.dayNumber) {
    const hours = Math.floor(minutes / 60);
    return zh ? `${hours} 小时前` : `${hours} h ago`;
  }
  if (today.dayNumber - w.dayNumber === 1) return `${zh ? "昨天" : "Yesterday"} ${w.time}`;
  if (w.dayNumber === today.dayNumber) return w.time;
  if (zh) return w.year === today.year ? `${w.month} 月 ${w.day} 日` : `${w.year}-${two(w.month)}-${two(w.day)}`;
  return `${w.day} ${MONTHS[w.month - 1]}${w.year === today.year ? "" : ` ${w.year}`}`;
}
