/** The rules for the sheet of paper in a style sheet. */
export const paper = (css: string): string => (css.match(/@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}/g) ?? []).join("\n");
