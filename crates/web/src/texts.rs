//! What people read about a code, in each language.

use std::{borrow::Cow, collections::BTreeMap, sync::OnceLock};

use heard_kernel::{Locale, calendar};
use serde::Deserialize;
use serde_json::Value;

/// The texts of one code.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// What happened, in a few words.
    pub title: String,
    /// What was kept and what to do; `{name}` stands for a value.
    pub detail: Option<String>,
}

/// The texts of all codes in one language, by code.
pub type Catalogue = BTreeMap<String, Text>;

const ZH_CN: &str = include_str!("../locales/zh-CN.json");
const EN: &str = include_str!("../locales/en.json");

/// The texts in `locale`. A file that cannot be read gives no texts; a test holds both files readable and equal.
pub fn catalogue(locale: Locale) -> &'static Catalogue {
    static TEXTS: [OnceLock<Catalogue>; 2] = [OnceLock::new(), OnceLock::new()];
    let (cell, file) = match locale {
        Locale::ZhCn => (&TEXTS[0], ZH_CN),
        Locale::En => (&TEXTS[1], EN),
    };
    cell.get_or_init(|| serde_json::from_str(file).unwrap_or_default())
}

/// A right with its name in Chinese and in English.
pub type RightName = (&'static str, &'static str, &'static str);

static RIGHT_NAMES: OnceLock<Vec<RightName>> = OnceLock::new();

/// Says once, at start, what people call the rights, so that a refusal names the right that it needs. Later calls change
/// nothing.
pub fn name_rights(names: impl Iterator<Item = RightName>) {
    let _ = RIGHT_NAMES.set(names.collect());
}

fn right_name(locale: Locale, right: &str) -> Option<&'static str> {
    let (_, zh, en) = RIGHT_NAMES.get()?.iter().find(|(known, ..)| *known == right)?;
    Some(if locale == Locale::ZhCn { zh } else { en })
}

/// Title and detail of a code with the values filled in. The code itself where there is no text.
pub fn translate<'a>(
    locale: Locale,
    code: &'a str,
    params: &BTreeMap<&'static str, Value>,
) -> (Cow<'a, str>, Option<String>) {
    let Some(text) = catalogue(locale).get(code) else {
        // What can be wrong with a calendar is told by the kernel itself, which also serves the command line.
        let told = calendar::codes::TEXTS.iter().find(|(known, ..)| known.id == code);
        let told = told.map(|(_, zh, en)| if locale == Locale::ZhCn { zh } else { en });
        return (told.map_or(Cow::Borrowed(code), |text| Cow::Owned(fill(locale, text, params))), None);
    };
    (Cow::Owned(fill(locale, &text.title, params)), text.detail.as_deref().map(|t| fill(locale, t, params)))
}

/// The one text that stands beside a field.
pub fn field_message(locale: Locale, code: &str, params: &BTreeMap<&'static str, Value>) -> String {
    let (title, detail) = translate(locale, code, params);
    detail.unwrap_or_else(|| title.into_owned())
}

/// Puts the values in the places `{name}`; a place without a value stays as it is.
fn fill(locale: Locale, template: &str, params: &BTreeMap<&'static str, Value>) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        text.push_str(before);
        let Some(end) = from.find('}') else {
            rest = from;
            break;
        };
        let (name, value) = (&from[1..end], params.get(&from[1..end]));
        let right = value.and_then(Value::as_str).filter(|_| name == "right");
        match (right.and_then(|right| right_name(locale, right)), value) {
            (Some(named), _) => text.push_str(named),
            (None, Some(value)) => text.push_str(&plain(locale, value)),
            (None, None) => text.push_str(&from[..=end]),
        }
        rest = &from[end + 1..];
    }
    text.push_str(rest);
    text
}

fn plain(locale: Locale, value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let comma = if locale == Locale::ZhCn { "、" } else { ", " };
            items.iter().map(|item| plain(locale, item)).collect::<Vec<_>>().join(comma)
        }
        Value::Object(words) => {
            let languages = if locale == Locale::ZhCn { ["zh", "en"] } else { ["en", "zh"] };
            let mut said = languages.iter().filter_map(|language| words.get(*language)?.as_str());
            said.find(|text| !text.is_empty()).map_or_else(|| value.to_string(), str::to_owned)
        }
        other => other.to_string(),
    }
}

/// For tests of the crates that declare codes: the codes that lack a text in a language, and texts whose values
/// differ between the languages, one complaint a line.
pub fn missing(codes: &[&str]) -> Vec<String> {
    let (zh, en) = (catalogue(Locale::ZhCn), catalogue(Locale::En));
    let mut complaints = Vec::new();
    for code in codes {
        match (zh.get(*code), en.get(*code)) {
            (Some(zh), Some(en)) if names(zh) != names(en) => {
                complaints.push(format!("{code}: the values named in the two languages differ"));
            }
            (Some(_), Some(_)) => {}
            (zh, en) => complaints.extend(
                [("zh-CN", zh), ("en", en)]
                    .iter()
                    .filter(|(_, text)| text.is_none())
                    .map(|(locale, _)| format!("{code}: no text in crates/web/locales/{locale}.json")),
            ),
        }
    }
    complaints
}

/// The names of the values in a text.
fn names(text: &Text) -> std::collections::BTreeSet<&str> {
    [Some(text.title.as_str()), text.detail.as_deref()]
        .into_iter()
        .flatten()
        .flat_map(|text| text.split('{').skip(1).filter_map(|piece| piece.split_once('}')))
        .map(|(name, _)| name)
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn both_files_are_readable_and_hold_the_same_codes() {
        for file in [ZH_CN, EN] {
            serde_json::from_str::<Catalogue>(file).unwrap();
        }
        let codes: Vec<&str> = catalogue(Locale::ZhCn).keys().map(String::as_str).collect();
        assert_eq!(codes, catalogue(Locale::En).keys().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(missing(&codes), Vec::<String>::new());
    }

    #[test]
    fn values_are_filled_in() {
        let params = BTreeMap::from([("max", json!(20)), ("allowed", json!(["a", "b"]))]);
        assert_eq!(fill(Locale::En, "at most {max} of {allowed}", &params), "at most 20 of a, b");
        assert_eq!(fill(Locale::ZhCn, "{allowed}", &params), "a、b");
        assert_eq!(fill(Locale::En, "{other} {max", &params), "{other} {max");
    }

    #[test]
    fn a_name_in_both_languages_is_said_in_the_one_that_is_read() {
        let name = json!([{"zh": "投诉", "en": "Complaint"}, {"zh": "回访", "en": ""}]);
        assert_eq!(plain(Locale::ZhCn, &name), "投诉、回访");
        assert_eq!(plain(Locale::En, &name), "Complaint, 回访");
    }

    #[test]
    fn a_right_is_called_by_its_name() {
        name_rights([("thing.manage", "管理物品", "Manage things")].into_iter());
        let said = |right: &str| {
            let params = BTreeMap::from([("right", json!(right))]);
            translate(Locale::ZhCn, "forbidden", &params).1.unwrap()
        };
        assert!(said("thing.manage").contains("“管理物品”"), "{}", said("thing.manage"));
        assert!(said("thing.unknown").contains("“thing.unknown”"));
    }

    #[test]
    fn codes_of_calendars_have_their_texts_in_the_kernel() {
        let params = BTreeMap::from([("value", json!("9-18"))]);
        let text = field_message(Locale::ZhCn, "calendar_span_invalid", &params);
        assert!(text.starts_with("“9-18”不是时间段"), "{text}");
    }

    #[test]
    fn a_code_without_a_text_is_named() {
        assert_eq!(missing(&["no_such_code"]).len(), 2);
        assert_eq!(translate(Locale::En, "no_such_code", &BTreeMap::new()).0, "no_such_code");
    }
}
