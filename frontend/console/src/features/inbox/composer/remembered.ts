import type { Id } from "@/api/types";

/** What outlives a reload of a file on its way: all but its bytes. */
export interface Remembered {
  name: string;
  size: number;
  modified: number;
  /** The upload at the server, once it was begun. */
  upload: Id | null;
}

/** The unfinished uploads of a conversation, kept for this tab. What arrived is in the draft. */
export class UploadMemory {
  constructor(
    private readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
    private readonly name: string,
  ) {}

  remember(items: readonly Remembered[]): void {
    const begun = items
      .filter((item) => item.upload)
      .map(({ name, size, modified, upload }) => ({ name, size, modified, upload }));
    try {
      if (begun.length) this.storage.setItem(this.name, JSON.stringify(begun));
      else this.storage.removeItem(this.name);
    } catch {
      // A full storage costs no more than the offer to go on after a reload.
    }
  }

  recall(): Remembered[] {
    try {
      return JSON.parse(this.storage.getItem(this.name) ?? "[]") as Remembered[];
    } catch {
      return [];
    }
  }
}

/** The file without bytes that was chosen again. */
export function findLost<T extends Remembered & { file: File | null }>(
  items: readonly T[],
  chosen: File,
): T | undefined {
  return items.find(
    (item) =>
      !item.file && item.name === chosen.name && item.size === chosen.size && item.modified === chosen.lastModified,
  );
}
