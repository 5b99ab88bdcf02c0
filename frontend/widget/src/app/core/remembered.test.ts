import { expect, it } from "vitest";
import { findLost, recalled, remembered } from "./remembered";
import { emptyDraft, type DraftFile } from "./state";
import type { Attachment } from "./types";

const attachment = { id: "a", name: "b.png" } as Attachment;
const file = (patch: Partial<DraftFile>): DraftFile => ({
  key: "k",
  name: "b.png",
  size: 3,
  modified: 7,
  share: 0.5,
  state: "uploading",
  upload: null,
  error: null,
  attachment: null,
  image: "blob:1",
  ...patch,
});
const over = (files: DraftFile[]): DraftFile[] =>
  (
    JSON.parse(JSON.stringify(remembered({ c: { ...emptyDraft, files }, d: emptyDraft }))) as Record<
      string,
      DraftFile[]
    >
  )["c"]?.map(recalled) ?? [];

it("keeps what arrived and knows what was on its way", () => {
  const [done, lost, ...rest] = over([
    file({ state: "done", upload: "u1", attachment }),
    file({ upload: "u2" }),
    file({ state: "failed" }),
  ]);
  expect(done).toMatchObject({ key: "k", state: "done", attachment, image: null });
  expect(lost).toMatchObject({ state: "failed", upload: "u2", attachment: null });
  expect(rest).toEqual([]);
  // Lost once more: still known.
  expect(over([lost as DraftFile])[0]).toMatchObject({ state: "failed", upload: "u2" });
});

it("remembers nothing when there is nothing", () => {
  expect(remembered({ c: { ...emptyDraft, files: [file({})] } })).toEqual({ c: [] });
});

it("recognises a file that is chosen again", () => {
  const lost = file({ state: "failed", upload: "u" });
  const chosen = (text: string, lastModified: number) => new File([text], "b.png", { lastModified });
  expect(findLost([file({ attachment }), lost], chosen("abc", 7))).toBe(lost);
  expect(findLost([lost], chosen("abcd", 7))).toBeUndefined();
  expect(findLost([lost], chosen("abc", 8))).toBeUndefined();
  expect(findLost([file({ attachment })], chosen("abc", 7))).toBeUndefined();
});
