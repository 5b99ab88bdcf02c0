import { expect, it } from "vitest";
import { likelyCase, limitOf, promisedIn, spanIn, dueOf, questionOf } from "./promise";

it("turns what was entered into a limit", () => {
  expect(limitOf("working_days", 3, "")).toEqual({ unit: "working_days", days: 3, mode: "same_time" });
  expect(limitOf("working_hours", 4, "")).toEqual({ unit: "working_minutes", minutes: 240 });
  expect(limitOf("hours", 24, "")).toEqual({ unit: "calendar_minutes", minutes: 1440 });
  expect(limitOf("days", 3, "")).toEqual({ unit: "calendar_minutes", minutes: 4320 });
});

it.each([
  ["我们会在3天内给您处理结果", { unit: "days", amount: 3 }],
  ["两个工作日内退款到账", { unit: "working_days", amount: 2 }],
  ["24 小时内回复", { unit: "hours", amount: 24 }],
  ["5 日内寄出", { unit: "days", amount: 5 }],
  ["You will have it within two business days.", { unit: "working_days", amount: 2 }],
  ["We reply in 48 hours", { unit: "hours", amount: 48 }],
  ["10月3日前回复您", undefined],
  ["第3天再联系", undefined],
  ["好的，马上处理", undefined],
])("reads the time that %s names", (message, wanted) => {
  expect(spanIn(message)).toEqual(wanted);
});

it("takes over the words of a message", () => {
  expect(promisedIn("  周二前给您临时办法\n")).toBe("周二前给您临时办法");
  expect([...promisedIn("😀".repeat(3000))]).toHaveLength(2000);
});

it("proposes the first case that is not archived", () => {
  expect(
    likelyCase([
      { id: "1", state: "archived" },
      { id: "2", state: "waiting_customer" },
    ]),
  ).toBe("2");
  expect(likelyCase([{ id: "1", state: "archived" }])).toBeUndefined();
});

it("the deadline of a promise is told before it is entered", () => {
  const from = "2026-09-18T08:30:00Z";
  expect(questionOf("working_days", 3, from, "office")).toMatchObject({ calendar: "office", start: from, days: 3 });
  expect(questionOf("working_hours", 2, from, "office")).toMatchObject({ minutes: 120 });
  expect(questionOf("hours", 2, from, "office")).toBeUndefined();
  expect(questionOf("working_days", 0, from, "office")).toBeUndefined();
  expect(questionOf("working_days", 3, from, undefined)).toBeUndefined();
  expect(dueOf("days", 2, "", from)).toBe("2026-09-20T08:30:00.000Z");
  expect(dueOf("hours", 3, "", from)).toBe("2026-09-18T11:30:00.000Z");
  expect(dueOf("working_days", 3, "", from)).toBeUndefined();
});
