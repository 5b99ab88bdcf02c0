import type { Draft, DraftFile } from "./state";

/** What outlives a reload of the files of drafts, by conversation: all but their bytes, unless these arrived. */
export function remembered(drafts: Record<string, Draft>): Record<string, DraftFile[]> {
  const kept: Record<string, DraftFile[]> = {};
  for (const id in drafts) kept[id] = (drafts[id] as Draft).files.filter((file) => file.upload);
  return kept;
}

/** A file as it stands after the reload. */
export const recalled = (file: DraftFile): DraftFile => ({
  ...file,
  state: file.attachment ? "done" : "failed",
  error: null,
  image: null,
});

/** Which of the files without bytes was chosen again. */
export const findLost = (files: DraftFile[], chosen: File): DraftFile | undefined =>
  files.find(
    (file) =>
      !file.attachment &&
      file.name === chosen.name &&
      file.size === chosen.size &&
      file.modified === chosen.lastModified,
  );
