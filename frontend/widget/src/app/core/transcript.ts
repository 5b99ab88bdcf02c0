import { cleanName, cleanText, fullTime } from "@heard/shared";
import { systemLine } from "../i18n";
import { refusalOf } from "./api";
import { store, toast, words } from "./context";
import { loadEarlier } from "./threads";
import type { Message } from "./types";

/** One message as lines of a text file; null for what is of no concern to the customer. */
function lines(message: Message): string | null {
  const t = words();
  const { locale, config } = store.get();
  const { author, system } = message;
  const time = fullTime(message.created_at, locale);
  const said = system && systemLine(t, system.code, system.params);
  if (system) return said && `${time}  ${said}`;
  const name = author.mine ? t.you : cleanName(author.name ?? "") || config?.brand_name;
  const files = message.attachments.map((file) => `[${t.file}] ${cleanName(file.name)} (SHA-256 ${file.sha256})`);
  const body = message.recalled ? (author.mine ? t.recalledMine : t.recalledOther) : cleanText(message.body);
  return [`${time}  ${name}`, body, ...files].filter(Boolean).join("\n");
}

/** Hands the customer the whole conversation as a text file. */
export async function transcript(id: string): Promise<void> {
  const t = words();
  try {
    while (store.get().threads[id]?.earlier) await loadEarlier(id);
  } catch (error) {
    refusalOf(error);
    return toast(t.transcriptFailed);
  }
  const items = store.get().threads[id]?.items ?? [];
  const text = items.map(lines).filter(Boolean).join("\n\n");
  const link = document.createElement("a");
  // The mark at the beginning tells editors on Windows that this is UTF-8.
  link.href = URL.createObjectURL(new Blob(["\uFEFF", text, "\n"], { type: "text/plain" }));
  link.download = `${t.transcriptFile}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
