/** Embedding, override, isolate and mark characters that reorder what a reader sees. */
const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
/** Control characters without a meaning in a message; tab and line feed stay. */
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFEFF\uFFF9-\uFFFB]/g;
/** Pairs and single halves; written without lookbehind, which Safari before 16.4 does not know. */
const SURROGATES = /[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g;

/** Takes out what could reorder, hide or break text, and unifies line ends. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029|\u0085/g, "\n")
    .replace(BIDI_CONTROLS, "")
    .replace(CONTROLS, "")
    .replace(SURROGATES, (found) => (found.length === 2 ? found : "\uFFFD"));
}

/** A name on one line, safe to stand beside other words. */
export function cleanName(name: string): string {
  return cleanText(name).replace(/\s+/g, " ").trim();
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Escapes text for HTML content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => ENTITIES[c] as string);
}

/** Two letters or one Han character that stand for a name. */
export function initials(name: string): string {
  const trimmed = name.trim();
  // Of a Chinese name the last character of its first run: what stands in brackets behind it is not the name.
  const han = /\p{Script=Han}+/u.exec(trimmed);
  if (han) return [...han[0]].pop() ?? "";
  const words = trimmed.split(/\s+/);
  return (
    words.length > 1
      ? `${[...(words[0] ?? "")][0] ?? ""}${[...(words.pop() ?? "")][0] ?? ""}`
      : [...trimmed].slice(0, 2).join("")
  ).toUpperCase();
}
