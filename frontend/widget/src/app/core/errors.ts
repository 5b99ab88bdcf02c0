/** The last failures of this frame's scripts, for a diagnosis that the customer agrees to send. */
export const failures: Event[] = [];

/** Remembers failures from now on. */
export function watchErrors(): void {
  for (const name of ["error", "unhandledrejection"])
    addEventListener(name, (event) => failures.push(event) > 10 && failures.shift());
}
