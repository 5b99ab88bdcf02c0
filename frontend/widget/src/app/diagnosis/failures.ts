const LONGEST = 500;

/** A failure of a script in a line: when, what and where. */
export function failureText(event: Event, origin: number): string {
  const { message, filename, lineno, reason } = event as Partial<ErrorEvent & PromiseRejectionEvent>;
  const place = filename ? ` (${filename}:${lineno ?? 0})` : "";
  return `${new Date(origin + event.timeStamp).toISOString()} ${message ?? String(reason)}${place}`.slice(0, LONGEST);
}
