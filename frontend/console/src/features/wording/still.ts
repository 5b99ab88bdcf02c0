/** A word that was found in a text. */
export interface Found {
  rule: string;
  words: string;
}

/** Of what was found in an earlier state of a text what still stands in it, each word once. */
export function stillThere<F extends Found>(found: readonly F[], text: string): F[] {
  const seen = new Set<string>();
  return found.filter((one) => {
    const key = `${one.rule} ${one.words.toLowerCase()}`;
    if (seen.has(key) || !text.includes(one.words)) return false;
    seen.add(key);
    return true;
  });
}

/** What was found, with the words of each rule together. */
export function byRule<F extends Found & { name: string; advice: string }>(
  found: readonly F[],
): { key: string; name: string; advice: string; words: string[] }[] {
  const rules = new Map<string, { key: string; name: string; advice: string; words: string[] }>();
  for (const { rule, name, advice, words } of found) {
    const known = rules.get(rule);
    if (known) known.words.push(words);
    else rules.set(rule, { key: rule, name, advice, words: [words] });
  }
  return [...rules.values()];
}
