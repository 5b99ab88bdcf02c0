import { describe, expect, it } from "vitest";
import { accentOf, contrast, DARK_SURFACE, LIGHT_SURFACE } from "./colour";

describe("accentOf", () => {
  it("is legible for every brand colour", () => {
    for (let r = 0; r <= 255; r += 17)
      for (let g = 0; g <= 255; g += 17)
        for (let b = 0; b <= 255; b += 17) {
          const brand = `#${[r, g, b].map((v) => v.toString(16).padStart(2, "0")).join("")}`;
          const accent = accentOf(brand);
          expect(contrast(accent.color, accent.on), brand).toBeGreaterThanOrEqual(4.5);
          expect(contrast(accent.light, LIGHT_SURFACE), brand).toBeGreaterThanOrEqual(4.5);
          expect(contrast(accent.dark, DARK_SURFACE), brand).toBeGreaterThanOrEqual(4.5);
        }
  });

  it("keeps white where it is legible and a colour that is legible already", () => {
    expect(accentOf("#0f766e")).toMatchObject({ color: "#0f766e", on: "#ffffff", light: "#0f766e" });
    expect(accentOf("#facc15").on).toBe("#18181b");
  });

  it("knows short forms, and falls back on nonsense", () => {
    expect(accentOf("#0AF").color).toBe("#00aaff");
    expect(accentOf("url(x)").color).toBe("#0f766e");
  });

  it("measures as WCAG does", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  });
});
