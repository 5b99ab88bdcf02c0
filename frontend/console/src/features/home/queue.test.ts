import { expect, it } from "vitest";
import type { Conversation } from "@/api/types";
import { byUrgency, partOfDay } from "./queue";

const now = Date.UTC(2026, 8, 20, 8);
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const item = (id: string, waiting: number | null, priority: Conversation["priority"] = "normal", last = 1) =>
  ({
    id,
    waiting_since: waiting === null ? null : ago(waiting),
    priority,
    last_message: { at: ago(last) },
    updated_at: ago(last),
  }) as Conversation;

it("puts first what breaks first", () => {
  const queue = [
    item("answered long ago", null, "normal", 90),
    item("waits 5", 5),
    item("urgent 2", 2, "urgent"),
    item("waits 30", 30),
    item("answered", null, "normal", 3),
  ];
  expect(byUrgency(queue, now).map((one) => one.id)).toEqual([
    "urgent 2",
    "waits 30",
    "waits 5",
    "answered",
    "answered long ago",
  ]);
});

it("greets by the hour", () => {
  expect([6, 13, 20, 2].map(partOfDay)).toEqual(["morning", "afternoon", "evening", "evening"]);
});
