import { expect, it } from "vitest";
import { floorOf } from "./floor";

const bar = (top: number, height: number) => ({ top, height, bottom: top + height });

it("lifts toasts above what stands at the foot of the window", () => {
  expect(floorOf([], 900)).toBe(0);
  expect(floorOf([bar(820, 64)], 900)).toBe(88);
  expect(floorOf([bar(820, 64), bar(780, 104)], 900)).toBe(128);
});

it("lifts them above a bar that ends where they would grow to, and leaves one alone that lies higher", () => {
  expect(floorOf([bar(640, 64)], 900)).toBe(268);
  expect(floorOf([bar(300, 64)], 900)).toBe(0);
});

it("does not mind what is not seen", () => {
  expect(floorOf([bar(950, 64), bar(880, 0)], 900)).toBe(0);
});
