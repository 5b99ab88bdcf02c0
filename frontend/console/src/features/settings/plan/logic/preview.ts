import { fill, t } from "@/lib/i18n";
import type { Locale } from "@/api/types";

/** What texts to customers can name; `?` is a gap that a person fills. The same as the server knows. */
export const variables = [
  "contact.name",
  "case.number",
  "case.title",
  "case.category",
  "agent.name",
  "organisation.name",
  "due.handle",
  "due.tell",
  "progress.url",
] as const;
export type Variable = (typeof variables)[number];

/** A part of a text as the customer would read it. */
export interface Piece {
  text: string;
  /** A filled-in example, a gap that a person fills, or a variable that there is not. */
  kind: "text" | "example" | "gap" | "unknown";
}

const examples: Record<Locale, Record<Variable, string>> = {
  "zh-CN": {
    "contact.name": "王小明",
    "case.number": "T-10023",
    "case.title": "提交作业后看不到批改结果",
    "case.category": "功能异常",
    "agent.name": "李雨",
    "organisation.name": "拾光教育",
    "due.handle": "2026-09-25 周五 16:30",
    "due.tell": "2026-09-26 周六 16:30",
    "progress.url": "https://example.com/p/7Kd2",
  },
  en: {
    "contact.name": "Ming Wang",
    "case.number": "T-10023",
    "case.title": "No marks after handing in homework",
    "case.category": "Faulty feature",
    "agent.name": "Yu Li",
    "organisation.name": "Lumen Learning",
    "due.handle": "Fri 25 Sep 2026, 16:30",
    "due.tell": "Sat 26 Sep 2026, 16:30",
    "progress.url": "https://example.com/p/7Kd2",
  },
};
const isKnown = (name: string): name is Variable => (variables as readonly string[]).includes(name);

/** A text with examples in it. */
export function pieces(body: string, language: Locale): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of body.matchAll(/\{\{([^}]*)\}\}/g)) {
    if (match.index > from) found.push({ text: body.slice(from, match.index), kind: "text" });
    const name = (match[1] ?? "").trim();
    if (name === "?") found.push({ text: "", kind: "gap" });
    else if (isKnown(name)) found.push({ text: examples[language][name], kind: "example" });
    else found.push({ text: match[0], kind: "unknown" });
    from = match.index + match[0].length;
  }
  if (from < body.length) found.push({ text: body.slice(from), kind: "text" });
  return found;
}

/** Names of variables for who writes templates. */
export const variableText = (name: Variable): string =>
  fill(t(`plan.variable.${name.replace(".", "_") as "contact_name"}`));

/** A text with a variable put in where the cursor is. */
export function inserted(
  body: string,
  at: { start: number; end: number },
  name: Variable | "?",
): { text: string; cursor: number } {
  const word = `{{${name}}}`;
  return { text: body.slice(0, at.start) + word + body.slice(at.end), cursor: at.start + word.length };
}
