import { expect, it } from "vitest";
import { likelyCase, limitOf, promisedIn } from "./promise";

it("turns what was entered into a limit", () => {
  expect(limitOf("working_days", 3, "")).toEqual({ unit: "working_days", days: 3, mode: "same_time" });
  expect(limitOf("working_hours", 4, "")).toEqual({ unit: "working_minutes", minutes: 240 });
  expect(limitOf("hours", 24, "")).toEqual({ unit: "calendar_minutes", minutes: 1440 });
});

it("takes over the words of a message", () => {
  expect(promisedIn("  周二前给您临时办法\n")).toBe("周二前给您临时办法");
  expect([...promisedIn("😀".repeat(3000))]).toHaveLength(2000);
});

it("proposes the first case that is not archived", () => {
  expect(likelyCase([{ id: "1", state: "archived" }, { id: "2", state: "waiting_customer" }])).toBe("2");
  expect(likelyCase([{ id: "1", state: "archived" }])).toBeUndefined();
});
