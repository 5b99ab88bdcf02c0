/** Moments at which a snoozed conversation usually comes back. */
interface SnoozeChoice {
  id: "hours" | "tomorrow" | "monday" | "week";
  at: Date;
}

interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

function wallOf(at: Date, zone: string): Wall & { weekday: number } {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  const parts = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, Number(part.value)]));
  const wall = {
    year: parts["year"] ?? 0,
    month: parts["month"] ?? 1,
    day: parts["day"] ?? 1,
    hour: parts["hour"] ?? 0,
    minute: parts["minute"] ?? 0,
  };
  return { ...wall, weekday: new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay() };
}

/** The instant at which clocks of a zone show a time; days past the end of a month go on into the next. */
export function instantOf(wall: Wall, zone: string): Date {
  const wanted = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  let guess = wanted;
  // Twice, because the offset may differ on the two sides of a change of the clocks.
  for (let round = 0; round < 2; round += 1) {
    const shown = wallOf(new Date(guess), zone);
    guess += wanted - Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute);
  }
  return new Date(guess);
}

/** The usual choices, in the zone of who chooses: in three hours, tomorrow at nine, next Monday at nine, in a week at nine. */
export function snoozeChoices(now: Date, zone: string): SnoozeChoice[] {
  const today = wallOf(now, zone);
  const nine = (days: number) => instantOf({ ...today, day: today.day + days, hour: 9, minute: 0 }, zone);
  const inHours = new Date(Math.ceil((now.getTime() + 3 * 3_600_000) / 900_000) * 900_000);
  const toMonday = (8 - today.weekday) % 7 || 7;
  return [
    { id: "hours", at: inHours },
    { id: "tomorrow", at: nine(1) },
    ...(toMonday > 1 && toMonday < 7 ? [{ id: "monday" as const, at: nine(toMonday) }] : []),
    { id: "week", at: nine(7) },
  ];
}

/** Reads `2026-09-20T16:00` of a date field as a time of the zone. */
export function readLocal(text: string, zone: string): Date | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (!found) return undefined;
  const [year, month, day, hour, minute] = found.slice(1).map(Number) as [number, number, number, number, number];
  return instantOf({ year, month, day, hour, minute }, zone);
}

/** Writes an instant for a date field. */
export function writeLocal(at: Date, zone: string): string {
  const wall = wallOf(at, zone);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}T${two(wall.hour)}:${two(wall.minute)}`;
}
