//! Every error code has a text in each language, and no text is left over.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::Finding;
use crate::declarations::Declaration;

/// A locale file: its path and its texts by code.
pub struct Locale {
    path: String,
    texts: BTreeMap<String, Value>,
}

impl Locale {
    /// Reads a locale file.
    ///
    /// # Errors
    /// The file is not an object of objects.
    pub fn parse(path: &str, text: &str) -> serde_json::Result<Self> {
        Ok(Self { path: path.to_owned(), texts: serde_json::from_str(text)? })
    }

    /// A part of the text of a code, empty when there is none.
    pub fn part(&self, code: &str, part: &str) -> &str {
        self.texts.get(code).and_then(|text| text.get(part)).and_then(Value::as_str).unwrap_or_default()
    }
}

/// Checks the declared codes against the locale files.
pub fn check(codes: &[Declaration], locales: &[Locale]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut known: BTreeMap<&str, &Declaration> = BTreeMap::new();
    for code in codes {
        if let Some(first) = known.get(code.id.as_str()) {
            let message =
                format!("{} is declared at {}:{} already: use that one", code.id, first.path, first.line);
            findings.push(Finding::new(&code.path, code.line, message));
            continue;
        }
        known.insert(&code.id, code);
        for locale in locales {
            for part in ["title", "detail"] {
                if locale.part(&code.id, part).is_empty() {
                    let message = format!("{} has no {part} in {}", code.id, locale.path);
                    findings.push(Finding::new(&code.path, code.line, message));
                }
            }
        }
    }
    for locale in locales {
        for id in locale.texts.keys().filter(|id| !known.contains_key(id.as_str())) {
            findings.push(Finding::new(&locale.path, 1, format!("{id} is no error code: delete the text")));
        }
    }
    findings.extend(differing_values(locales));
    findings
}

/// Texts that name other values than the first language's.
fn differing_values(locales: &[Locale]) -> Vec<Finding> {
    let Some((first, others)) = locales.split_first() else { return Vec::new() };
    let mut findings = Vec::new();
    for other in others {
        for code in first.texts.keys().filter(|code| other.texts.contains_key(*code)) {
            let values = |locale: &Locale| -> BTreeSet<String> {
                ["title", "detail"].iter().flat_map(|part| placeholders(locale.part(code, part))).collect()
            };
            let (ours, theirs) = (values(first), values(other));
            if ours != theirs {
                let message = format!("{code} names {theirs:?}, {} names {ours:?}", first.path);
                findings.push(Finding::new(&other.path, 1, message));
            }
        }
    }
    findings
}

/// The names in braces.
fn placeholders(text: &str) -> Vec<String> {
    let parts = text.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(id: &str) -> Declaration {
        let path = "crates/desk/src/a.rs".to_owned();
        Declaration { id: id.to_owned(), rest: String::new(), doc: String::new(), path, line: 1 }
    }

    fn findings(codes: &[&str], zh: &str, en: &str) -> Vec<String> {
        let locales = [Locale::parse("zh-CN.json", zh).unwrap(), Locale::parse("en.json", en).unwrap()];
        let codes: Vec<Declaration> = codes.iter().map(|id| code(id)).collect();
        check(&codes, &locales).into_iter().map(|finding| finding.message).collect()
    }

    const ZH: &str = r#"{ "gone": { "title": "没有了", "detail": "{name} 已删除" } }"#;
    const EN: &str = r#"{ "gone": { "title": "Gone", "detail": "{name} was deleted" } }"#;

    #[test]
    fn each_code_has_its_texts() {
        assert_eq!(findings(&["gone"], ZH, EN), Vec::<String>::new());
        assert_eq!(
            findings(&["gone"], ZH, "{}"),
            ["gone has no title in en.json", "gone has no detail in en.json"]
        );
    }

    #[test]
    fn no_text_is_left_over_and_no_code_declared_twice() {
        assert_eq!(findings(&[], "{}", EN), ["gone is no error code: delete the text"]);
        assert_eq!(findings(&["gone", "gone"], ZH, EN).len(), 1);
    }

    #[test]
    fn both_languages_name_the_same_values() {
        assert_eq!(findings(&["gone"], ZH, &EN.replace("{name}", "{id}")).len(), 1);
    }
}
