import { beforeEach, expect, it, vi } from "vitest";
import { moodOf, rememberMood } from "./moods";

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => kept.set(name, text),
  });
});

it("keeps each customer's own mood", () => {
  rememberMood("a", "angry");
  rememberMood("b", "calm");
  expect([moodOf("a"), moodOf("b"), moodOf("c")]).toEqual(["angry", "calm", "any"]);
  rememberMood("a", "any");
  expect([moodOf("a"), moodOf("b")]).toEqual(["any", "calm"]);
});

it("forgets the oldest", () => {
  for (let n = 0; n <= 200; n += 1) rememberMood(`${n}`, "worried");
  expect([moodOf("0"), moodOf("1"), moodOf("200")]).toEqual(["any", "worried", "worried"]);
});
