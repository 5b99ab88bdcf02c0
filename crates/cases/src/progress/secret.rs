//! The secret in the address of a progress page, and how it is kept out of what leaves the team.

use std::borrow::Cow;

use heard_kernel::Locale;

/// What the address of a page has before its secret.
pub(super) const PAGE: &str = "/progress/";
/// Hexadecimal digits from which on what follows is a secret and no name.
pub(super) const SECRET: usize = 32;

/// A text in which the secrets of progress pages are blanked: whoever has one sees the page and writes there as the customer.
pub(crate) fn blanked(text: &str, locale: Locale) -> Cow<'_, str> {
    let note = match locale {
        Locale::ZhCn => "[密钥已隐去]",
        Locale::En => "[secret blanked]",
    };
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(PAGE) {
        let (before, after) = rest.split_at(at + PAGE.len());
        let end = after.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(after.len());
        out.push_str(before);
        out.push_str(if end >= SECRET { note } else { &after[..end] });
        rest = &after[end..];
    }
    if out.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(out + rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "5fd848d2f2d6b6313353ba74d14889fb4627bb7fba5c13d2";

    #[test]
    fn secrets_are_blanked_wherever_they_stand() {
        let text =
            format!("见 https://a.example/progress/{TOKEN}，或 <a href=\"/progress/{TOKEN}?lang=en\">");
        assert_eq!(
            blanked(&text, Locale::ZhCn),
            "见 https://a.example/progress/[密钥已隐去]，或 <a href=\"/progress/[密钥已隐去]?lang=en\">"
        );
        assert_eq!(blanked(&format!("/progress/{TOKEN}"), Locale::En), "/progress/[secret blanked]");
    }

    #[test]
    fn other_texts_stay_as_they_are() {
        for text in ["", "/progress/", "/progress/style.css", "处理进度 /progress/abc", TOKEN] {
            assert_eq!(blanked(text, Locale::En), text);
        }
    }
}
