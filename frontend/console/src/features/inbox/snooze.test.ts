import { expect, it } from "vitest";
import { readLocal, snoozeChoices, writeLocal } from "./snooze";

const zone = "Asia/Shanghai";

it("offers times of the person's own zone", () => {
  const choices = snoozeChoices(new Date("2026-09-20T08:07:00Z"), zone);
  expect(choices.map((choice) => [choice.id, writeLocal(choice.at, zone)])).toEqual([
    ["hours", "2026-09-20T19:15"],
    ["tomorrow", "2026-09-21T09:00"],
    ["week", "2026-09-27T09:00"],
  ]);
});

it("offers Monday when it is neither tomorrow nor in a week", () => {
  const choices = snoozeChoices(new Date("2026-09-30T17:00:00Z"), zone);
  expect(choices.find((choice) => choice.id === "monday")?.at.toISOString()).toBe("2026-10-05T01:00:00.000Z");
});

it("reads and writes date fields, also where clocks change", () => {
  expect(readLocal("2026-09-20T16:00", zone)?.toISOString()).toBe("2026-09-20T08:00:00.000Z");
  expect(readLocal("2026-03-29T09:00", "Europe/Berlin")?.toISOString()).toBe("2026-03-29T07:00:00.000Z");
  expect(readLocal("", zone)).toBeUndefined();
});
