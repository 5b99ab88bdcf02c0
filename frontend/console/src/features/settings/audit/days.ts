import { timeZone } from "@/lib/time";

/** How far the zone is from UTC at an instant, in milliseconds. */
function offset(at: number, zone: string): number {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    })
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  );
  return (
    Date.UTC(
      parts["year"] ?? 0,
      (parts["month"] ?? 1) - 1,
      parts["day"],
      parts["hour"],
      parts["minute"],
      parts["second"],
    ) -
    Math.floor(at / 1000) * 1000
  );
}

/** The first instant of a civil day in the reader's zone. */
export function dayStart(day: string, zone: string = timeZone.value): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const guess = midnight - offset(midnight, zone);
  return new Date(midnight - offset(guess, zone)).toISOString();
}

/** The first instant after a civil day. */
export function dayEnd(day: string, zone: string = timeZone.value): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return dayStart(next, zone);
}
