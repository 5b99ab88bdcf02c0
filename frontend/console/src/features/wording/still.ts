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
