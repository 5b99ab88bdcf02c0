import { locale } from "./i18n";

/** `1.2 MB`: powers of 1024, one decimal below ten. */
export function formatBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `12,345` */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(locale.value).format(value);
}

/** Compares names as people scan them: by pinyin for Chinese, digits by value. */
export function byName<T extends { name: string }>(a: T, b: T): number {
  return new Intl.Collator(["zh-CN", "en"], { numeric: true, sensitivity: "base" }).compare(a.name, b.name);
}

/** A number that stays the same for the same text, to pick a colour by. */
export function hash(text: string): number {
  let value = 0;
  for (const char of text) value = (value * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return value;
}
