import type { ClockLimit } from "@/api/types";
import { t } from "@/lib/i18n";
import type { DocLimit } from "./model";

/** Units as people name them; the document knows minutes and working days. */
export const units = ["working_minutes", "working_hours", "working_days", "minutes", "hours", "days"] as const;
export type Unit = (typeof units)[number];
export interface LimitForm {
  amount: number;
  unit: Unit;
  mode: "same_time" | "end_of_day";
}
const size: Record<Exclude<Unit, "working_days">, number> = {
  working_minutes: 1,
  working_hours: 60,
  minutes: 1,
  hours: 60,
  days: 1440,
};

/** The largest unit in which the limit is a whole number; up to three days of plain time are told in hours. */
export function toForm(limit: DocLimit | ClockLimit): LimitForm {
  switch (limit.unit) {
    case "working_days":
      return { amount: limit.days, unit: "working_days", mode: limit.mode ?? "same_time" };
    case "working_minutes":
      return limit.minutes > 0 && limit.minutes % 60 === 0
        ? { amount: limit.minutes / 60, unit: "working_hours", mode: "same_time" }
        : { amount: limit.minutes, unit: "working_minutes", mode: "same_time" };
    case "calendar_minutes":
      if (limit.minutes > 3 * 1440 && limit.minutes % 1440 === 0)
        return { amount: limit.minutes / 1440, unit: "days", mode: "same_time" };
      return limit.minutes > 0 && limit.minutes % 60 === 0
        ? { amount: limit.minutes / 60, unit: "hours", mode: "same_time" }
        : { amount: limit.minutes, unit: "minutes", mode: "same_time" };
    case "instant":
      return { amount: 0, unit: "minutes", mode: "same_time" };
  }
}

/** The limit of a form; anything that is no whole number counts as the nearest one. */
export function fromForm({ amount, unit, mode }: LimitForm): DocLimit {
  const whole = Math.max(0, Math.round(Number.isFinite(amount) ? amount : 0));
  if (unit === "working_days") return { unit: "working_days", days: whole, mode };
  const minutes = Math.round(Math.max(0, Number.isFinite(amount) ? amount : 0) * size[unit]);
  return unit.startsWith("working") ? { unit: "working_minutes", minutes } : { unit: "calendar_minutes", minutes };
}

/** `5 working days`, `1 working hour`, `24 hours`. */
export function limitText(limit: DocLimit | ClockLimit): string {
  const { amount, unit } = toForm(limit);
  return t(`plan.limit.text.${unit}`, { n: amount });
}

/** As above, with how days are counted. */
export function limitFull(limit: DocLimit): string {
  const text = limitText(limit);
  return limit.unit === "working_days" ? `${text} · ${t(`plan.limit.mode.${limit.mode}`)}` : text;
}

/** Puts the values of one limit into an object that others hold on to. */
export function assignLimit(target: object, limit: DocLimit): void {
  const held = target as Record<string, unknown>;
  for (const name of ["minutes", "days", "mode", "at"]) delete held[name];
  Object.assign(held, limit);
}
