/** Reads a value that this browser remembers; anything unreadable counts as absent. */
export function recall<T>(name: string, fallback: T): T {
  try {
    const text = localStorage.getItem(`heard.${name}`);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

/** Remembers a value in this browser. */
export function remember(name: string, value: unknown): void {
  try {
    localStorage.setItem(`heard.${name}`, JSON.stringify(value));
  } catch {
    // A full or forbidden storage only costs the memory of a pane's width.
  }
}

/** Forgets what was remembered in this browser. */
export function forget(name: string): void {
  try {
    localStorage.removeItem(`heard.${name}`);
  } catch {
    // Nothing was remembered where storage is forbidden.
  }
}
