/** Red, green, blue, 0–255. */
type Rgb = [number, number, number];

const FALLBACK: Rgb = [15, 118, 110];

function parse(colour: string): Rgb {
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour.trim())?.[1];
  if (!hex) return FALLBACK;
  const full = hex.length === 3 ? [...hex].map((c) => c + c).join("") : hex;
  return [0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16)) as Rgb;
}

const format = (rgb: Rgb): string => `#${rgb.map((v) => Math.round(v).toString(16).padStart(2, "0")).join("")}`;

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((v) => {
    const s = v / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours by WCAG, 1–21. */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(parse(a)), luminance(parse(b))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** The brand colour as it can be used, and what is legible on and beside it (AA). */
export interface Accent {
  color: string;
  /** Text on the brand colour. */
  on: string;
  /** The brand colour as text on the light and on the dark surface. */
  light: string;
  dark: string;
}

/** The colour moved towards black or white until it is legible as text on the surface. */
function legible(colour: Rgb, surface: string): string {
  const target = contrast(surface, "#000000") > contrast(surface, "#ffffff") ? 0 : 255;
  for (let share = 0; share <= 1; share += 0.05) {
    const moved = format(colour.map((v) => v + (target - v) * share) as Rgb);
    if (contrast(moved, surface) >= 4.5) return moved;
  }
  return target ? "#ffffff" : "#000000";
}

/** Surfaces of `styles/base.css` on which accent text stands. */
export const LIGHT_SURFACE = "#f4f4f5";
export const DARK_SURFACE = "#27272a";

/** All colours that follow from the brand colour. */
export function accentOf(brand: string): Accent {
  const rgb = parse(brand);
  const color = format(rgb);
  // White is the usual look on a colour: it is kept wherever it is legible.
  const on = contrast(color, "#ffffff") >= 4.5 ? "#ffffff" : "#18181b";
  const chosen = contrast(color, on) >= 4.5 ? on : "#000000";
  return { color, on: chosen, light: legible(rgb, LIGHT_SURFACE), dark: legible(rgb, DARK_SURFACE) };
}
