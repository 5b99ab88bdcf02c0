//! The languages of the interface.

use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub enum Locale {
    /// Simplified Chinese, the default.
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Locale {
    /// The tag of the language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// Reads a tag such as `zh`, `zh-Hans-CN`, `en-GB`; `None` for other languages.
    pub fn parse(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("zh") {
            Some(Self::ZhCn)
        } else if language.eq_ignore_ascii_case("en") {
            Some(Self::En)
        } else {
            None
        }
    }

    /// The best language for an `Accept-Language` header (RFC 9110, 12.5.4).
    pub fn negotiate(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let Some(locale) = pieces.next().map(str::trim).and_then(Self::parse) else { continue };
            let quality = pieces
                .find_map(|piece| piece.trim().strip_prefix("q=").map(str::parse::<f32>))
                .map_or(1.0, |parsed| parsed.unwrap_or(0.0));
            if quality > 0.0 && best.is_none_or(|(top, _)| quality > top) {
                best = Some((quality, locale));
            }
        }
        best.map(|(_, locale)| locale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picks_the_wanted_language() {
        assert_eq!(Locale::negotiate("fr, en-GB;q=0.8, zh;q=0.9"), Some(Locale::ZhCn));
        assert_eq!(Locale::negotiate("en-US,en;q=0.5"), Some(Locale::En));
        assert_eq!(Locale::negotiate("fr;q=1, *"), None);
        assert_eq!(Locale::negotiate("zh;q=0, en;q=bad"), None);
    }
}
