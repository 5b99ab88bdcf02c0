/** The first Han character of each letter, in the order of pinyin; I, U and V begin no syllable. */
const firsts = "阿八嚓咑妸发旮哈丌咔垃妈拏噢妑七呥仨他屲夕丫帀";
const letters = "abcdefghjklmnopqrstwxyz";
const order = new Intl.Collator("zh-Hans-CN-u-co-pinyin");
const han = /\p{Script=Han}/u;

/**
 * The letters that the syllables of a Chinese text begin with, so that `sz` finds 设置; other letters stay. What stands in the
 * order of pinyin between two firsts begins with the letter of the lower one, so the browser's own order is the dictionary.
 */
export function pinyinInitials(text: string): string {
  return [...text]
    .map((char) => (han.test(char) ? letterOf(char) : /[\p{L}\p{N}]/u.test(char) ? char.toLowerCase() : ""))
    .join("");
}

function letterOf(char: string): string {
  const above = [...firsts].findIndex((first) => order.compare(char, first) < 0);
  return letters[above === -1 ? letters.length - 1 : Math.max(0, above - 1)] ?? "";
}
