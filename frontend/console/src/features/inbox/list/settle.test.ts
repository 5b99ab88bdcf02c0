import { describe, expect, it } from "vitest";
import { settle } from "./settle";

const rows = (text: string) => [...text].map((id) => ({ id, mark: id }));
const ids = (list: { id: string }[]) => list.map((row) => row.id).join("");

describe("a list", () => {
  it("takes the new order when nobody touches it", () => {
    expect(ids(settle(rows("abc"), rows("cab"), false, null).rows)).toBe("cab");
  });

  it("keeps the open row where it was", () => {
    expect(ids(settle(rows("abc"), rows("xac"), false, "b").rows)).toBe("xbac");
    expect(ids(settle(rows("abc"), rows(""), false, "c").rows)).toBe("c");
  });

  it("does not move under the hand", () => {
    const arrived = settle(rows("abc"), rows("xcabd"), true, null);
    expect(ids(arrived.rows)).toBe("abcd");
    expect(arrived.waiting).toBe(2);
    expect(ids(settle(rows("abc"), rows("ac"), true, null).rows)).toBe("abc");
    expect(settle(rows("abc"), rows("ac"), true, null).waiting).toBe(0);
  });

  it("renews what it shows", () => {
    const fresh = [
      { id: "a", mark: "new" },
      { id: "b", mark: "b" },
    ];
    expect(settle(rows("ab"), fresh, true, null).rows[0]?.mark).toBe("new");
  });
});
