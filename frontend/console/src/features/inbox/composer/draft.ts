import { ref, type Ref } from "vue";
import type { Attachment, Draft } from "@/api/types";

/** What the composer holds for one conversation. */
export interface Words {
  mode: "reply" | "note";
  body: string;
  attachments: Attachment[];
}

interface DraftDeps {
  load(): Promise<Draft>;
  save(words: Words): Promise<void>;
  remove(): Promise<void>;
  /** What this browser holds that the server does not have yet. */
  local: { get(): Words | null; set(words: Words | null): void };
  /** Calls later; gives a function that takes the call back. */
  later(run: () => void, milliseconds: number): () => void;
}

const calm = 800;
const again = 5000;
const blank = (): Words => ({ mode: "reply", body: "", attachments: [] });
const empty = (words: Words) => words.body.trim() === "" && words.attachments.length === 0;
const same = (a: Words, b: Words) =>
  a.mode === b.mode &&
  a.body === b.body &&
  a.attachments.map((file) => file.id).join() === b.attachments.map((file) => file.id).join();

/** Keeps the words of a conversation here at once and on the server a moment later; nothing that was typed is lost. */
export class DraftKeeper {
  readonly words: Ref<Words> = ref(blank());
  /** Set once it is known what was written before. */
  readonly ready = ref(false);
  private saved: Words = blank();
  private cancel: (() => void) | undefined;
  private saving: Promise<void> | undefined;

  constructor(private readonly deps: DraftDeps) {}

  get dirty(): boolean {
    return !same(this.words.value, this.saved);
  }

  /** Restores: first what only this browser has, else what the server keeps. */
  async open(): Promise<void> {
    const local = this.deps.local.get();
    if (local) {
      this.words.value = local;
      this.ready.value = true;
      this.schedule(calm);
      return;
    }
    await this.refresh();
    this.ready.value = true;
  }

  /** Takes over what another tab wrote, unless something is being written here. */
  async refresh(): Promise<void> {
    const found = await this.deps.load().catch(() => undefined);
    if (!found || this.dirty || this.saving) return;
    this.saved = { mode: found.mode, body: found.body, attachments: found.attachments };
    this.words.value = { ...this.saved };
  }

  /** Something was typed, added or taken out. */
  change(patch: Partial<Words>): void {
    this.words.value = { ...this.words.value, ...patch };
    this.deps.local.set(this.dirty ? this.words.value : null);
    this.schedule(calm);
  }

  /** The words were sent: the same mode, an empty field. */
  clear(): void {
    this.change({ body: "", attachments: [] });
    void this.flush();
  }

  /** Saves now, as before leaving. */
  async flush(): Promise<void> {
    this.cancel?.();
    this.cancel = undefined;
    if (this.saving) return this.saving;
    this.saving = this.saveAll().finally(() => {
      this.saving = undefined;
    });
    return this.saving;
  }

  private schedule(milliseconds: number): void {
    this.cancel?.();
    this.cancel = this.deps.later(() => void this.flush(), milliseconds);
  }

  private async saveAll(): Promise<void> {
    while (this.dirty) {
      const words = this.words.value;
      try {
        if (empty(words)) {
          if (!empty(this.saved)) await this.deps.remove();
        } else await this.deps.save(words);
      } catch {
        // The browser still has it; the next try comes by itself.
        this.schedule(again);
        return;
      }
      this.saved = words;
    }
    this.deps.local.set(null);
  }
}
