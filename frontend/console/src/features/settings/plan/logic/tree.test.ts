import { describe, expect, it } from "vitest";
import { added, branch, dropped, indented, moved, outdented, placed, shifted, without } from "./tree";

const node = (key: string, parent: string | null = null) => ({ key, parent });
const nodes = [node("a"), node("a1", "a"), node("a2", "a"), node("a2x", "a2"), node("b"), node("c")];
const text = (list: readonly { key: string; parent: string | null }[] | undefined) =>
  list?.map((one) => `${one.key}<${one.parent ?? ""}`).join(" ");

describe("the tree of a plan", () => {
  it("is read from top to bottom with depth", () => {
    expect(placed([node("a1", "a"), node("b"), node("a")]).map((one) => `${one.depth}${one.node.key}`)).toEqual([
      "0b",
      "0a",
      "1a1",
    ]);
    expect(
      placed(nodes)
        .filter((one) => one.leaf)
        .map((one) => one.node.key),
    ).toEqual(["a1", "a2x", "b", "c"]);
    expect(placed([node("x", "gone")])[0]?.depth).toBe(0);
  });
  it("keeps what lies below a node that moves", () => {
    expect(text(shifted(nodes, "a", 1))).toBe("b< a< a1<a a2<a a2x<a2 c<");
    expect(text(shifted(nodes, "b", -1))).toBe("b< a< a1<a a2<a a2x<a2 c<");
    expect(text(shifted(nodes, "a2", -1))).toBe("a< a2<a a2x<a2 a1<a b< c<");
    expect(shifted(nodes, "a", -1)).toBeUndefined();
    expect(shifted(nodes, "c", 1)).toBeUndefined();
  });
  it("goes below the one above and back", () => {
    expect(text(indented(nodes, "b"))).toBe("a< a1<a a2<a a2x<a2 b<a c<");
    expect(text(outdented(nodes, "a2"))).toBe("a< a1<a a2< a2x<a2 b< c<");
    expect(indented(nodes, "a")).toBeUndefined();
    expect(outdented(nodes, "b")).toBeUndefined();
  });
  it("never puts a node below itself", () => {
    expect(moved(nodes, "a", "a2x")).toBeUndefined();
    expect(text(moved(nodes, "c", "a2"))).toBe("a< a1<a a2<a a2x<a2 c<a2 b<");
    expect(text(moved(nodes, "a2", null, null))).toBe("a2< a2x<a2 a< a1<a b< c<");
  });
  it("takes and gives nodes", () => {
    expect(text(added(nodes, node("a3", "a")))).toBe("a< a1<a a2<a a2x<a2 a3<a b< c<");
    expect(text(without(nodes, "a2"))).toBe("a< a1<a b< c<");
    expect([...branch(nodes, "a2")]).toEqual(["a2", "a2x"]);
  });
  it("puts a node where it was dropped", () => {
    expect(text(dropped(nodes, "c", "a", "before"))).toBe("c< a< a1<a a2<a a2x<a2 b<");
    expect(text(dropped(nodes, "c", "a2", "after"))).toBe("a< a1<a a2<a a2x<a2 c<a b<");
    expect(text(dropped(nodes, "c", "a", "inside"))).toBe("a< a1<a a2<a a2x<a2 c<a b<");
    expect(text(dropped(nodes, "c", "a", "first"))).toBe("a< c<a a1<a a2<a a2x<a2 b<");
    expect(text(dropped(nodes, "a2x", "b", "after"))).toBe("a< a1<a a2<a b< a2x< c<");
    expect(dropped(nodes, "b", "a", "after")).toBeUndefined();
    expect(dropped(nodes, "b", "c", "before")).toBeUndefined();
    expect(dropped(nodes, "a", "a2x", "inside")).toBeUndefined();
    expect(dropped(nodes, "a", "a", "inside")).toBeUndefined();
  });
});
