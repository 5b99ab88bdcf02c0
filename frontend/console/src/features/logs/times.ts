import { t } from "@/lib/i18n";

/** A time as it stands in a log, to the second: `2026-11-22 14:58:37`. */
export function logTime(at: string, dated = true): string {
  const [day, time = ""] = at.split("T");
  const second = time.split(".")[0] ?? "";
  return dated ? `${day} ${second}` : second;
}

/** From a time to a later one; a day that is the same is told once. */
export function logRange(first: string, last: string, dated = true): string {
  const same = first.split("T")[0] === last.split("T")[0];
  const [from, to] = [logTime(first, dated), logTime(last, dated && !same)];
  return logTime(first) === logTime(last) ? from : t("logs.range", { from, to });
}

/** `+08:00` of minutes. */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${minutes < 0 ? "−" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** A length of time in its largest unit: `5 分钟`. */
export function stepText(seconds: number): string {
  const units = [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ] as const;
  const [name, size] = units.find(([, length]) => seconds >= length) ?? ["second", 1];
  return t(`logs.step.${name}`, { n: Math.round(seconds / size) });
}
