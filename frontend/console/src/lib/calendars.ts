import { tOr } from "./i18n";

/** What people call a calendar: one that comes with the product has a name in their language. */
export const calendarName = (name: string): string => tOr(`calendars.builtInNames.${name}`, name);

/** The reasons for a deadline, with the calendar called as people call it. */
export const reasons = (lines: readonly string[], calendar: string): string[] =>
  lines.map((line) =>
    line
      .replace(`“${calendar}”`, `“${calendarName(calendar)}”`)
      .replace(`"${calendar}"`, `"${calendarName(calendar)}"`),
  );
