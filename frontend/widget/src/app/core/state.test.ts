import { expect, it } from "vitest";
import { emptyDraft, moveDrafts, type DraftFile } from "./state";

const file = (key: string): DraftFile => ({
  key,
  name: key,
  size: 1,
  modified: 0,
  upload: null,
  share: 1,
  state: "done",
  error: null,
  attachment: null,
  image: null,
});
const now = (id: string) => (id === "new:a" ? "c" : id);

it("moves what was written before the conversation came to be", () => {
  const drafts = { "new:a": { ...emptyDraft, body: "图片", files: [file("1")] }, d: { ...emptyDraft, body: "别的" } };
  expect(moveDrafts(drafts, now)).toEqual({ c: drafts["new:a"], d: drafts.d });
});

it("keeps what was written under both names", () => {
  const drafts = {
    c: { ...emptyDraft, body: "二", files: [file("2")] },
    "new:a": { ...emptyDraft, body: " ", files: [file("1")], armed: true },
  };
  expect(moveDrafts(drafts, now)).toEqual({ c: { ...emptyDraft, body: "二", files: [file("2"), file("1")] } });
});
