import { expect, it } from "vitest";
import { strength } from "./password";

it("judges a password by its length in characters, not in units", () => {
  expect(strength("")).toBe("empty");
  expect(strength("abc")).toBe("short");
  expect(strength("aaaaaaaaaaaaaaaaaaaa")).toBe("short");
  expect(strength("correct-ho")).toBe("fair");
  expect(strength("correct-horse-")).toBe("good");
  expect(strength("correct-horse-battery")).toBe("strong");
  expect(strength("我们一起去看海吧今天")).toBe("fair");
});
