//! The part of a text around what was found.

use crate::words::{fold, query_words};

/// Characters shown before the first find.
const BEFORE: usize = 16;

/// Up to `length` characters of `text` around the first word of `query` in it, with `⟦` and `⟧` around each find.
/// Line ends become spaces. The marks are plain characters, so that whoever shows the text escapes first and marks then.
pub fn snippet(text: &str, query: &str, length: usize) -> String {
    let original: Vec<char> = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let folded: Vec<char> = fold(text).chars().collect();
    let marked = marks(&folded, &query_words(&fold(query)));
    let first = marked.iter().position(|found| *found).unwrap_or(0);
    let start = first.saturating_sub(BEFORE);
    let end = (start + length).min(original.len());
    let mut out = String::new();
    if start > 0 {
        out.push('…');
    }
    let mut inside = false;
    for place in start..end {
        if marked[place] != inside {
            inside = marked[place];
            out.push(if inside { '⟦' } else { '⟧' });
        }
        // The marks themselves must not come from the text.
        out.push(if matches!(original[place], '⟦' | '⟧') { ' ' } else { original[place] });
    }
    if inside {
        out.push('⟧');
    }
    if end < original.len() {
        out.push('…');
    }
    out
}

/// Which characters belong to a find.
fn marks(folded: &[char], words: &[String]) -> Vec<bool> {
    let mut marked = vec![false; folded.len()];
    for word in words {
        let word: Vec<char> = word.chars().collect();
        for place in 0..(folded.len() + 1).saturating_sub(word.len()) {
            if folded[place..place + word.len()] == word[..] {
                marked[place..place + word.len()].fill(true);
            }
        }
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_was_found_in_its_own_writing() {
        assert_eq!(snippet("我要申請退貨，謝謝", "退货", 20), "我要申請⟦退貨⟧，謝謝");
        let long = format!("{}退款{}", "前".repeat(40), "后".repeat(40));
        let cut = snippet(&long, "退款", 24);
        assert!(cut.starts_with('…') && cut.contains("⟦退款⟧") && cut.ends_with('…'), "{cut}");
        assert_eq!(snippet("a⟦b⟧\nc", "x", 9), "a b  c");
        assert_eq!(snippet("", "x", 9), "");
    }
}
