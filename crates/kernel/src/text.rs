//! Cleaning of text that comes from outside, in one place.

use crate::{Code, Error, Result};

/// The field is empty.
pub const REQUIRED: Code = Code::new("required", 422);
/// The field is longer than allowed (`params.max` characters).
pub const TOO_LONG: Code = Code::new("too_long", 422);

/// Cleans a one-line name: control and bidirectional-override characters are dropped, white space is folded.
///
/// # Errors
/// `required` when nothing is left, `too_long` over `max` characters; both name `field`.
pub fn clean_name(field: &str, text: &str, max: usize) -> Result<String> {
    let kept: String =
        text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_unsafe(*c)).collect();
    let name = kept.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Error::field(field, REQUIRED));
    }
    if name.chars().count() > max {
        return Err(Error::field(field, TOO_LONG).with("max", max));
    }
    Ok(name)
}

/// Cleans running text: control and bidirectional-override characters are dropped, line ends become `\n`, the ends
/// are trimmed. May be empty.
///
/// # Errors
/// `too_long` over `max` characters, naming `field`.
pub fn clean_text(field: &str, text: &str, max: usize) -> Result<String> {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified.chars().filter(|c| matches!(c, '\n' | '\t') || !is_unsafe(*c)).collect();
    let trimmed = kept.trim_end().trim_start_matches(['\n', ' ']);
    if trimmed.chars().count() > max {
        return Err(Error::field(field, TOO_LONG).with("max", max));
    }
    Ok(trimmed.to_owned())
}

/// Characters that can hide or reorder text on a screen, or that databases refuse (NUL): Unicode UTR 36 and UAX 9.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Text for a place between tags or in a quoted attribute of HTML, where it cannot become markup.
pub fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// A key for comparing names and addresses: full width to half width, lower case, without spaces at the ends.
pub fn fold_key(text: &str) -> String {
    text.trim()
        .chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '\u{3000}' => ' ',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The first `max` characters on one line, with an ellipsis when something was cut.
pub fn preview(text: &str, max: usize) -> String {
    let mut line = String::new();
    let mut count = 0;
    for word in text.split_whitespace() {
        if count > 0 {
            line.push(' ');
            count += 1;
        }
        for c in word.chars() {
            if count >= max {
                line.truncate(line.trim_end().len());
                line.push('…');
                return line;
            }
            line.push(c);
            count += 1;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_could_mislead() {
        assert_eq!(clean_name("name", "  王\u{202E}小\t 明\u{0} ", 20).unwrap(), "王小 明");
        assert_eq!(clean_name("name", "\u{202E}", 20).unwrap_err().field_errors()[0].code.id, "required");
        assert_eq!(clean_name("name", "一二三", 2).unwrap_err().field_errors()[0].code.id, "too_long");
    }

    #[test]
    fn text_keeps_its_lines() {
        assert_eq!(clean_text("body", "a\r\nb\u{7}\tc\r", 20).unwrap(), "a\nb\tc");
    }

    #[test]
    fn keys_fold_width_and_case() {
        assert_eq!(fold_key(" ＡＢｃ１＠X.com"), "abc1@x.com");
    }

    #[test]
    fn previews_are_one_line() {
        assert_eq!(preview("你好\n世界 再见", 5), "你好 世界…");
        assert_eq!(preview("短", 5), "短");
    }
}
