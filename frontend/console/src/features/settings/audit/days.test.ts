import { expect, it, vi } from "vitest";

vi.stubGlobal("localStorage", { getItem: () => null, setItem() {} });

it("begins and ends a day where the reader is", async () => {
  const { dayEnd, dayStart } = await import("./days");
  expect(dayStart("2026-09-20", "Asia/Shanghai")).toBe("2026-09-19T16:00:00.000Z");
  expect(dayEnd("2026-09-20", "Asia/Shanghai")).toBe("2026-09-20T16:00:00.000Z");
  expect(dayStart("2026-03-29", "Europe/Berlin")).toBe("2026-03-28T23:00:00.000Z");
  expect(dayEnd("2026-03-29", "Europe/Berlin")).toBe("2026-03-29T22:00:00.000Z");
});
