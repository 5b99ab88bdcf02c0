import { expect, it } from "vitest";
import { isLocked, mayChange } from "./locked";

const may = { work: true, assign: true, manage: true, export: true };

it("locks the record of an archived case", () => {
  expect(mayChange({ may, state: "open", merged_into: null })).toBe(true);
  expect(mayChange({ may, state: "archived", merged_into: null })).toBe(false);
  expect(isLocked({ state: "archived", merged_into: null })).toBe(true);
  expect(isLocked({ state: "waiting_customer", merged_into: null })).toBe(false);
});

it("leaves a case alone that is part of another one, and one that the reader does not work on", () => {
  expect(mayChange({ may, state: "open", merged_into: "k" })).toBe(false);
  expect(isLocked({ state: "archived", merged_into: "k" })).toBe(false);
  expect(mayChange({ may: { ...may, work: false }, state: "open", merged_into: null })).toBe(false);
});
