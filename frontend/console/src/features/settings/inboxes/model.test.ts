import { expect, it } from "vitest";
import { contrastWithWhite, lines, spansProblem, tabOf } from "./model";

it("finds spans that end before they begin or overlap", () => {
  expect(
    spansProblem([
      ["09:00", "12:00"],
      ["13:30", "18:00"],
    ]),
  ).toBeUndefined();
  expect(
    spansProblem([
      ["12:00", "24:00"],
      ["09:00", "12:00"],
    ]),
  ).toBeUndefined();
  expect(spansProblem([["18:00", "09:00"]])).toBe("order");
  expect(spansProblem([["09:00", "25:00"]])).toBe("order");
  expect(
    spansProblem([
      ["09:00", "13:00"],
      ["12:00", "18:00"],
    ]),
  ).toBe("overlap");
});

it("reads one origin a line", () => {
  expect(lines(" https://a.cn \n\nhttps://b.cn\nhttps://a.cn")).toEqual(["https://a.cn", "https://b.cn"]);
});

it("knows whether white can be read on a colour", () => {
  expect(contrastWithWhite("#000000")).toBeCloseTo(21, 0);
  expect(contrastWithWhite("#0f766e")).toBeGreaterThan(4.5);
  expect(contrastWithWhite("#facc15")).toBeLessThan(3);
  expect(contrastWithWhite("teal")).toBe(0);
});

it("finds the tab of a complaint", () => {
  expect(
    [
      "name",
      "web_chat.color",
      "web_chat.prechat.fields[0].label",
      "hours.week.mon",
      "max_attachment_mb",
      "api.callback_url",
    ].map(tabOf),
  ).toEqual(["general", "appearance", "prechat", "hours", "attachments", "install"]);
});
