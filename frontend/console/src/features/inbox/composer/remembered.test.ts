import { describe, expect, it } from "vitest";
import { findLost, UploadMemory } from "./remembered";

const storage = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
};
const item = (upload: string | null, name = "a.png") => ({ name, size: 3, modified: 7, upload });
const chosen = (text: string, lastModified: number) => new File([text], "a.png", { lastModified });

describe("unfinished uploads over a reload", () => {
  it("remembers those that the server knows", () => {
    const place = storage();
    new UploadMemory(place, "k").remember([item("u1"), item(null, "b.png")]);
    expect(new UploadMemory(place, "k").recall()).toEqual([item("u1")]);
    new UploadMemory(place, "k").remember([]);
    expect(new UploadMemory(place, "k").recall()).toEqual([]);
  });

  it("begins empty when what is stored cannot be read", () => {
    const place = storage();
    place.setItem("k", "{");
    expect(new UploadMemory(place, "k").recall()).toEqual([]);
  });

  it("recognises the same file, and only that", () => {
    const lost = { ...item("u1"), file: null };
    expect(findLost([lost], chosen("abc", 7))).toBe(lost);
    expect(findLost([lost], chosen("abcd", 7))).toBeUndefined();
    expect(findLost([lost], chosen("abc", 8))).toBeUndefined();
    expect(findLost([{ ...item("u1"), file: chosen("abc", 7) }], chosen("abc", 7))).toBeUndefined();
  });
});
