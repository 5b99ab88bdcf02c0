/** What stands between double braces is still open: `{{?}}` or a value that nobody knew. The link is made on sending. */
const open = /\{\{(?!\s*progress\.url\s*\}\})[^}]*\}\}/g;

/** The gaps that are left in a text. */
export const gapsIn = (text: string): string[] => text.match(open) ?? [];

interface Segment {
  text: string;
  /** `link` becomes the address of the customer's progress page on sending. */
  kind: "words" | "gap" | "link";
}
const braces = /\{\{([^}]*)\}\}/g;

/** A text cut at its gaps and links, to show them. */
export function segments(text: string): Segment[] {
  const found: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(braces)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index), kind: "words" });
    found.push({ text: match[0], kind: match[1]?.trim() === "progress.url" ? "link" : "gap" });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), kind: "words" });
  return found;
}

/** What keeps a notice from going out, by part. */
export function lacking(
  parts: readonly { key: string; mandatory: boolean }[],
  words: Readonly<Record<string, string>>,
): Record<string, "empty" | "gaps"> {
  const found: Record<string, "empty" | "gaps"> = {};
  for (const part of parts) {
    const text = (words[part.key] ?? "").trim();
    if (part.mandatory && !text) found[part.key] = "empty";
    else if (gapsIn(text).length) found[part.key] = "gaps";
  }
  return found;
}
