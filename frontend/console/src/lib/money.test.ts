import { readFileSync } from "node:fs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { setLocale } from "./i18n";
import { currencies, formatMoney, minorOf, moneyInput, moneyPlaces, moneyStep, setCurrency } from "./money";

describe("amounts of money", () => {
  beforeAll(() => {
    globalThis.localStorage ??= { setItem: () => {}, getItem: () => null } as unknown as Storage;
    globalThis.document ??= { documentElement: {} } as unknown as Document;
  });
  afterEach(async () => {
    await setLocale("zh-CN");
    setCurrency("CNY");
  });

  it("have their currency in both languages", async () => {
    await setLocale("zh-CN");
    expect(formatMoney(128_000)).toBe("¥1,280.00");
    expect(formatMoney(500, "JPY")).toBe("JP¥500");
    await setLocale("en");
    expect(formatMoney(128_000)).toBe("CN¥1,280.00");
    setCurrency("USD");
    expect(formatMoney(128_000)).toBe("$1,280.00");
  });

  it("go into a field and back without losing anything", () => {
    for (const code of ["CNY", "JPY", "KWD"]) expect(minorOf(moneyInput(1_005, code), code)).toBe(1_005);
    expect([moneyInput(null), minorOf(""), minorOf("viel"), minorOf("19.99"), moneyStep(), moneyStep("JPY")]).toEqual([
      "",
      null,
      null,
      1_999,
      "0.01",
      "1",
    ]);
  });

  it("are in the currencies that the server knows, with the places that it counts", () => {
    const source = readFileSync(new URL("../../../../crates/kernel/src/money.rs", import.meta.url), "utf8");
    const listed = (/CODES: &str = "([^"]+)"/.exec(source)?.[1] ?? "").replaceAll("\\", " ").trim().split(/\s+/);
    expect(currencies).toEqual(listed);
    for (const [pattern, places] of [
      [/match code \{([^=]+)=> 0/, 0],
      [/=> 0,([^=]+)=> 3/, 3],
    ] as const) {
      const codes = pattern.exec(source)?.[1]?.match(/[A-Z]{3}/g) ?? [];
      expect(codes.length).toBeGreaterThan(5);
      for (const code of codes) expect(moneyPlaces(code)).toBe(places);
    }
  });
});
