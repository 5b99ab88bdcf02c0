import { expect, it } from "vitest";
import { touchedBy } from "./invalidate";
import { backoff } from "./realtime";

it("waits longer after each failed attempt, up to twenty seconds", () => {
  expect(backoff(0, 0)).toBe(500);
  expect(backoff(3, 0)).toBe(4000);
  expect(backoff(30, 1)).toBe(20_000);
});

it("knows what an event makes old", () => {
  expect(touchedBy({ kind: "message.posted", data: { conversation_id: "c" } })).toEqual([
    ["conversation", "c"],
    ["conversations"],
    ["counts"],
  ]);
  expect(touchedBy({ kind: "conversation.assigned", data: { conversation_id: "c" } })).toContainEqual(["presence"]);
  expect(touchedBy({ kind: "contact.updated", data: { contact_id: "p" } })).toEqual([
    ["contact", "p"],
    ["contacts"],
    ["conversations"],
  ]);
  expect(touchedBy({ kind: "tag.updated", data: {} })).toEqual([["tags"]]);
  expect(touchedBy({ kind: "conversation.viewed", data: { conversation_id: "c" } })).toEqual([]);
  expect(touchedBy({ kind: "case.assigned", data: { case_id: "k", no: 10023 } })).toEqual([
    ["case", "T-10023"],
    ["cases"],
    ["case_counts"],
  ]);
  expect(touchedBy({ kind: "clock.breached", data: { case_id: "k" } })).toEqual([["case"], ["cases"], ["case_counts"]]);
  expect(touchedBy({ kind: "alert.raised", data: { case_id: "k" } })).toEqual([["alerts"]]);
  expect(touchedBy({ kind: "plan.version_activated", data: { plan_id: "p" } })).toEqual([["plan"]]);
  expect(touchedBy({ kind: "plan.version_saved", data: { plan_id: "p" } })).toContainEqual(["plan", "version"]);
  expect(touchedBy({ kind: "plan.version_saved", data: { plan_id: "p" } })).not.toContainEqual(["plan"]);
  expect(touchedBy({ kind: "something.new", data: {} })).toEqual([]);
});
