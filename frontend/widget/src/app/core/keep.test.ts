import { describe, expect, it } from "vitest";
import { Keep, type Backing } from "./keep";

const memory = (): Backing & { map: Map<string, string> } => {
  const map = new Map<string, string>();
  return {
    map,
    getItem: (k) => map.get(k) ?? null,
    setItem: (k, v) => void map.set(k, v),
    removeItem: (k) => void map.delete(k),
  };
};

describe("Keep", () => {
  it("uses the own storage and tells nobody", () => {
    const backing = memory();
    const told: string[] = [];
    const keep = new Keep("p:", backing, { a: '"other"' }, (key) => told.push(key));
    keep.set("a", { b: 1 });
    expect(keep.get("a")).toEqual({ b: 1 });
    expect(backing.map.get("p:a")).toBe('{"b":1}');
    keep.set("a", null);
    expect(keep.get("a")).toBeNull();
    expect(told).toEqual([]);
  });

  it("falls back on memory and the page's storage", () => {
    const told: [string, string | null][] = [];
    const keep = new Keep("p:", null, { token: '"t"' }, (...change) => told.push(change));
    expect(keep.get("token")).toBe("t");
    keep.set("x", [1]);
    keep.set("token", null);
    expect(keep.get("x")).toEqual([1]);
    expect(told).toEqual([
      ["x", "[1]"],
      ["token", null],
    ]);
  });

  it("takes nonsense for nothing, and a full storage for what it is", () => {
    const backing = memory();
    backing.map.set("p:a", "{");
    const full: Backing = {
      ...backing,
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    };
    const keep = new Keep("p:", full, {}, () => undefined);
    expect(keep.get("a")).toBeNull();
    expect(() => keep.set("b", 1)).not.toThrow();
  });
});
