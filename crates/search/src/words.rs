//! From text to words and units.

use std::{ops::Range, sync::LazyLock};

use jieba_rs::Jieba;

/// The dictionary, loaded with the first text.
static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Longer runs of Latin letters or digits are noise (encoded data), cut so that the index stays small.
const LONGEST_UNIT: usize = 64;

/// The form in which texts are compared: half width, lower case, simplified. One character stays one character, so
/// that places in the folded text are places in the original.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

fn fold_char(c: char) -> char {
    let narrow = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    if narrow.is_ascii() {
        return narrow.to_ascii_lowercase();
    }
    if is_han(narrow) {
        let mut buffer = [0; 4];
        return fast2s::convert(narrow.encode_utf8(&mut buffer)).chars().next().unwrap_or(narrow);
    }
    let mut lower = narrow.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => narrow,
    }
}

/// Han characters, the ideographic iteration mark and zero (Unicode script Han, the common blocks).
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3134F}' | '々' | '〇')
}

/// A piece of a folded text: a Han character or a run of other letters and digits, with its place in characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Unit {
    pub(crate) text: String,
    pub(crate) place: Range<usize>,
}

/// The units of a folded text, in order.
pub(crate) fn units(folded: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut run: Option<Unit> = None;
    for (place, c) in folded.chars().enumerate() {
        if c.is_alphanumeric() && !is_han(c) {
            let unit = run.get_or_insert_with(|| Unit { text: String::new(), place: place..place });
            if unit.text.len() < LONGEST_UNIT {
                unit.text.push(c);
            }
            unit.place.end = place + 1;
            continue;
        }
        units.extend(run.take());
        if is_han(c) {
            units.push(Unit { text: c.to_string(), place: place..place + 1 });
        }
    }
    units.extend(run);
    units
}

/// The words of a folded text for the index: of Han runs all words that the dictionary finds in it, long and short.
pub fn words(folded: &str) -> Vec<String> {
    cut(folded, |run| {
        JIEBA.cut_for_search(run, true).into_iter().map(|token| token.word.to_owned()).collect()
    })
}

/// The words of a folded query, each once, not overlapping.
pub(crate) fn query_words(folded: &str) -> Vec<String> {
    cut(folded, |run| JIEBA.cut(run, false).into_iter().map(|token| token.word.to_owned()).collect())
}

fn cut(folded: &str, han: impl Fn(&str) -> Vec<String>) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let same = |c: char| if is_han(first) { is_han(c) } else { c.is_alphanumeric() && !is_han(c) };
        let end = rest.find(|c: char| !same(c)).unwrap_or(rest.len());
        if end == 0 {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let run = &rest[..end];
        if is_han(first) {
            words.extend(han(run));
        } else {
            words.push(run.chars().take(LONGEST_UNIT).collect());
        }
        rest = &rest[end..];
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_and_script_are_folded_one_to_one() {
        assert_eq!(fold("ＡＢＣ　退貨Ⅷ"), "abc 退货ⅷ");
        let text = "訂單 İ ß 🙂";
        assert_eq!(fold(text).chars().count(), text.chars().count());
    }

    #[test]
    fn units_are_characters_and_words() {
        let texts: Vec<_> = units("我的iphone15坏了 a-b").into_iter().map(|unit| unit.text).collect();
        assert_eq!(texts, ["我", "的", "iphone15", "坏", "了", "a", "b"]);
    }

    #[test]
    fn long_words_are_also_found_by_their_parts() {
        let words = words("中国人民银行退款");
        for wanted in ["中国人民银行", "人民", "银行", "退款"] {
            assert!(words.iter().any(|word| word == wanted), "{wanted} in {words:?}");
        }
    }
}
