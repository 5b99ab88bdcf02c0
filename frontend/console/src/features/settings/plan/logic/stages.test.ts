import { expect, it } from "vitest";
import { blank } from "./blank";
import type { DocStage } from "./model";
import { kindsLeft, placeOf } from "./stages";

const flow = (...kinds: DocStage["kind"][]) =>
  kinds.map((kind, index) => blank.stage(`s${index}`, { zh: kind, en: kind }, kind));

it("offers the kinds that a flow does not have yet before those that it has", () => {
  const { left, had } = kindsLeft(flow("record", "handle", "archive"));
  expect(left).toEqual(["acknowledge", "classify", "accept", "answer", "hand_over", "examine", "tell", "follow_up"]);
  expect(had).toEqual(["record", "handle", "archive"]);
});

it("puts a stage where its kind usually stands", () => {
  const stages = flow("record", "classify", "handle", "archive");
  expect(placeOf(stages, "acknowledge")).toBe(1);
  expect(placeOf(stages, "handle")).toBe(3);
  expect(placeOf(stages, "tell")).toBe(3);
  expect(placeOf(stages, "archive")).toBe(4);
  expect(placeOf([], "record")).toBe(0);
});
