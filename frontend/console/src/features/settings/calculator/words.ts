import { fill, t } from "@/lib/i18n";

/** Working time in hours and minutes: a day of it would be ambiguous. */
export function workingTime(minutes: number): string {
  const whole = Math.round(minutes);
  const parts = [
    ...(whole >= 60 ? [t("time.hours", { n: Math.floor(whole / 60) })] : []),
    ...(whole % 60 || whole < 60 ? [t("time.minutes", { n: whole % 60 })] : []),
  ];
  return parts.join(fill(t("time.join")));
}
