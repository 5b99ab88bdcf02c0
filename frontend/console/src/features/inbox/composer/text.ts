import type { CannedReply, Id } from "@/api/types";

/** What stands before the caret and asks for a list: `/word` or, in notes, `@word`. */
export interface Trigger {
  kind: "canned" | "mention";
  word: string;
  /** Where the sign stands. */
  from: number;
  /** Where the word ends: the caret. */
  to: number;
}

/** The trigger at the caret: a sign at the beginning or after a space, or after Han characters for `@`. */
export function triggerAt(text: string, caret: number, note: boolean): Trigger | undefined {
  const before = text.slice(0, caret);
  const canned = /(?:^|\s)\/([^\s/]{0,40})$/u.exec(before);
  if (canned) return { kind: "canned", word: canned[1] ?? "", from: caret - (canned[1] ?? "").length - 1, to: caret };
  const mention = note ? /(?:^|[\s\p{P}\p{Script=Han}])@([^\s@]{0,40})$/u.exec(before) : null;
  return mention
    ? { kind: "mention", word: mention[1] ?? "", from: caret - (mention[1] ?? "").length - 1, to: caret }
    : undefined;
}

/** Puts something in the place of a part and says where the caret stands then. */
export function replaceRange(text: string, from: number, to: number, insert: string): { text: string; caret: number } {
  return { text: text.slice(0, from) + insert + text.slice(to), caret: from + insert.length };
}

/** What a canned reply can have filled in, and the text that names it in the console. */
export const variables = {
  "contact.name": "contactName",
  "contact.email": "contactEmail",
  "agent.name": "agentName",
  "conversation.no": "conversationNo",
  organization: "organization",
} as const;
export type Variable = keyof typeof variables;

/** The first variable that nobody filled in, and where it stands: a customer must not read `{{contact.name}}`. */
export function unfilled(text: string): { name: Variable; from: number; to: number } | undefined {
  for (const match of text.matchAll(/\{\{\s*([\w.]+)\s*\}\}/g)) {
    const name = match[1] ?? "";
    if (Object.hasOwn(variables, name))
      return { name: name as Variable, from: match.index, to: match.index + match[0].length };
  }
  return undefined;
}

export type Format = "bold" | "italic" | "code" | "list" | "link";

/** Puts the signs of a format around the selection, or takes them away again. */
export function applyFormat(
  text: string,
  from: number,
  to: number,
  format: Format,
  linkText: string,
): { text: string; from: number; to: number } {
  const selected = text.slice(from, to);
  if (format === "list") {
    const start = text.lastIndexOf("\n", from - 1) + 1;
    const lines = text.slice(start, to).split("\n");
    const listed = lines.every((line) => line.startsWith("- "));
    const changed = lines.map((line) => (listed ? line.slice(2) : `- ${line}`)).join("\n");
    return {
      text: text.slice(0, start) + changed + text.slice(to),
      from: start + changed.length,
      to: start + changed.length,
    };
  }
  if (format === "link") {
    const label = selected || linkText;
    const changed = `[${label}](https://)`;
    const address = from + label.length + 3;
    return { text: text.slice(0, from) + changed + text.slice(to), from: address, to: address + 8 };
  }
  const mark = { bold: "**", italic: "*", code: "`" }[format];
  const size = mark.length;
  const around = text.slice(from - size, from) === mark && text.slice(to, to + size) === mark;
  if (around)
    return { text: text.slice(0, from - size) + selected + text.slice(to + size), from: from - size, to: to - size };
  return { text: text.slice(0, from) + mark + selected + mark + text.slice(to), from: from + size, to: to + size };
}

/** Whom a note names: `@` and the full name; the longest name wins where one begins another. */
export function mentionsIn(text: string, people: readonly { id: Id; name: string }[]): Id[] {
  const longestFirst = [...people].sort((a, b) => b.name.length - a.name.length);
  const found = new Set<Id>();
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const rest = text.slice(at + 1);
    const named = longestFirst.find((person) => rest.startsWith(person.name));
    if (named) found.add(named.id);
  }
  return [...found];
}

/** Canned replies for a typed word, by shortcut, title, pinyin or its initials; the best matches first. */
export function findCanned(all: readonly CannedReply[], word: string, most = 8): CannedReply[] {
  const wanted = word.normalize("NFKC").toLowerCase();
  const rank = (reply: CannedReply): number => {
    if (!wanted) return 3;
    const shortcut = reply.shortcut.toLowerCase();
    if (shortcut === wanted) return 0;
    if (shortcut.startsWith(wanted)) return 1;
    if (reply.title.toLowerCase().startsWith(wanted) || reply.initials.startsWith(wanted)) return 2;
    const joined = reply.pinyin.replace(/\s+/g, "");
    if (reply.title.toLowerCase().includes(wanted) || joined.includes(wanted) || reply.initials.includes(wanted))
      return 3;
    return reply.body.toLowerCase().includes(wanted) ? 4 : 9;
  };
  return all
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter((item) => item.rank < 9)
    .sort((a, b) => a.rank - b.rank || b.reply.use_count - a.reply.use_count)
    .slice(0, most)
    .map((item) => item.reply);
}

/** Whether a file fits what an inbox takes: media types with `*`, or everything. */
export function acceptsKind(kinds: readonly string[], type: string): boolean {
  if (!kinds.length || !type) return true;
  return kinds.some((kind) => (kind.endsWith("/*") ? type.startsWith(kind.slice(0, -1)) : kind === type));
}
