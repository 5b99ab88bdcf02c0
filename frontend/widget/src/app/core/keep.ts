/** The part of Web Storage that is used. */
export type Backing = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/**
 * What outlives the page, one name space per inbox: in the frame's own storage; where a browser blocks that for frames of other
 * sites, in memory and, through `relay`, in the storage of the host page.
 */
export class Keep {
  private readonly memory: Map<string, string>;

  constructor(
    private readonly prefix: string,
    private readonly backing: Backing | null,
    saved: Record<string, string>,
    private readonly relay: (key: string, value: string | null) => void,
  ) {
    this.memory = new Map(backing ? [] : Object.entries(saved));
  }

  /** Whether other tabs see the same. Without storage a frame has no locks either. */
  get shared(): boolean {
    return this.backing !== null;
  }

  get<T>(key: string): T | null {
    const text = this.backing ? this.backing.getItem(this.prefix + key) : (this.memory.get(key) ?? null);
    if (text === null) return null;
    try {
      return JSON.parse(text) as T;
    } catch {
      return null; // Somebody else wrote there: as if nothing were kept.
    }
  }

  set(key: string, value: unknown): void {
    const text = value === null ? null : JSON.stringify(value);
    if (!this.backing) {
      if (text === null) this.memory.delete(key);
      else this.memory.set(key, text);
      this.relay(key, text);
      return;
    }
    try {
      if (text === null) this.backing.removeItem(this.prefix + key);
      else this.backing.setItem(this.prefix + key, text);
    } catch {
      // The quota is used up. What is on screen stays; only a reload would lose it.
    }
  }

  /** Tells when another tab changed the key. */
  watch(key: string, changed: () => void): void {
    if (!this.backing) return;
    addEventListener("storage", (event) => {
      if (event.key === this.prefix + key) changed();
    });
  }
}

/** The frame's own storage, if the browser lets it be used. */
export function ownStorage(): Storage | null {
  try {
    localStorage.setItem("heard:probe", "1");
    localStorage.removeItem("heard:probe");
    return localStorage;
  } catch {
    return null;
  }
}
