import { expect, it } from "vitest";
import type { PlanCard } from "@/api/types";
import { cardsFor } from "./cards";

const card = (key: string, more: Partial<PlanCard> = {}) =>
  ({ key, topic: "tone", title: { zh: key, en: "" }, body: { zh: "", en: "" }, ...more }) as PlanCard;

it("shows what fits the moment, the closest first", () => {
  const cards = [
    card("always"),
    card("record", { stages: ["record"] }),
    card("tell", { stages: ["tell"] }),
    card("angry", { moods: ["angry"] }),
    card("refund", { case_types: ["refund"] }),
  ];
  expect(cardsFor(cards, { stage: "record", mood: "angry", type: "complaint" }).map((one) => one.key)).toEqual([
    "angry",
    "record",
    "always",
  ]);
  expect(cardsFor(cards, { stage: "tell", type: "refund" }).map((one) => one.key)).toEqual([
    "tell",
    "always",
    "angry",
    "refund",
  ]);
});

it("keeps the order of the plan among cards of a mood", () => {
  const cards = [card("one", { moods: ["angry"] }), card("two", { moods: ["angry"], stages: ["handle"] })];
  expect(cardsFor(cards, { stage: "handle", mood: "angry" }).map((one) => one.key)).toEqual(["one", "two"]);
});
