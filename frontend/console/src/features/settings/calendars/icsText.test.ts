import { expect, it } from "vitest";
import { readText } from "./icsText";

const bytes = (text: string) => new TextEncoder().encode(text);

it("joins a line that is folded within a character", () => {
  const whole = bytes("\ufeffBEGIN:VCALENDAR\r\nSUMMARY:国庆节\r\nEND:VCALENDAR");
  for (let cut = 3 + 18; cut < whole.length - 15; cut++)
    for (const fold of ["\r\n ", "\n\t"]) {
      // Not between the two bytes that end a line.
      if (whole[cut] === 10 || whole[cut - 1] === 10 || whole[cut - 1] === 13) continue;
      const folded = new Uint8Array([...whole.slice(0, cut), ...bytes(fold), ...whole.slice(cut)]);
      expect(readText(folded), String(cut)).toBe("BEGIN:VCALENDAR\r\nSUMMARY:国庆节\r\nEND:VCALENDAR");
    }
});

it("leaves other files as they are and reads UTF-16", () => {
  expect(readText(bytes("year = 2027\n  rest = []\n"))).toBe("year = 2027\n  rest = []\n");
  expect(readText(bytes(""))).toBe("");
  const wide = new Uint8Array([0xff, 0xfe, ...[..."BEGIN:VCALENDAR"].flatMap((letter) => [letter.charCodeAt(0), 0])]);
  expect(readText(wide)).toBe("BEGIN:VCALENDAR");
});
