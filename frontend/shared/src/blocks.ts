import { parseInline, type Inline } from "./inline";
import { cleanText } from "./text";

/** A part of a message that stands by itself. */
export type Block =
  | { t: "p"; lines: Inline[][] }
  | { t: "pre"; v: string }
  | { t: "quote"; c: Block[] }
  | { t: "list"; start: number | null; items: Inline[][] };

const FENCE = /^\s{0,3}```[\w+#.-]{0,30}\s*$/;
const QUOTE = /^\s{0,3}>\s?/;
const BULLET = /^\s{0,3}[-*•]\s+(?=\S)/;
const NUMBER = /^\s{0,3}(\d{1,9})[.)]\s+(?=\S)/;
const MAX_QUOTES = 3;

/** Reads a message body. */
export function parseMessage(body: string): Block[] {
  return parseBlocks(cleanText(body).split("\n"), 0);
}

function parseBlocks(lines: string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  const takeWhile = (fits: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && fits(lines[at] as string)) at++;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] as string;
    const number = NUMBER.exec(line);
    if (!line.trim()) {
      at++;
    } else if (FENCE.test(line)) {
      at++;
      blocks.push({ t: "pre", v: takeWhile((l) => !/^\s{0,3}```\s*$/.test(l)).join("\n") });
      at++;
    } else if (depth < MAX_QUOTES && QUOTE.test(line)) {
      const inner = takeWhile((l) => QUOTE.test(l)).map((l) => l.replace(QUOTE, ""));
      blocks.push({ t: "quote", c: parseBlocks(inner, depth + 1) });
    } else if (number || BULLET.test(line)) {
      const mark = number ? NUMBER : BULLET;
      const items = takeWhile((l) => mark.test(l)).map((l) => parseInline(l.replace(mark, "")));
      blocks.push({ t: "list", start: number ? Number(number[1]) : null, items });
    } else {
      const quoting = depth < MAX_QUOTES;
      const starts = (l: string) => FENCE.test(l) || (quoting && QUOTE.test(l)) || BULLET.test(l) || NUMBER.test(l);
      at++;
      const rest = takeWhile((l) => l.trim() !== "" && !starts(l));
      blocks.push({ t: "p", lines: [line, ...rest].map((l) => parseInline(l.trim())) });
    }
  }
  return blocks;
}
