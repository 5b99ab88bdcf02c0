//! Filling templates and checking that nothing is missing. No storage.

use std::collections::BTreeMap;

use heard_kernel::{Code, Error, FieldError, Locale, Result, TOO_LONG, Timestamp, clean_text};
use jiff::tz::TimeZone;

use super::model::{DraftPart, NoticePart};
use crate::{ground::sha256, plans::Template};

/// A mandatory part has no words (`params.name`).
pub(crate) const NOTICE_PART_MISSING: Code = Code::new("notice_part_missing", 422);
/// Something between `{{` and `}}` is still open (`params.gaps`); write what belongs there.
pub(crate) const NOTICE_GAP_OPEN: Code = Code::new("notice_gap_open", 422);
/// The template has no such part.
pub(crate) const NOTICE_PART_UNKNOWN: Code = Code::new("notice_part_unknown", 422);

/// The gap that a person must fill.
pub(crate) const GAP: &str = "{{?}}";
/// The variable that becomes a link when the notice is sent.
pub(crate) const LINK: &str = "progress.url";
/// Characters of a part.
const LONG: usize = 5_000;

/// Puts what is known in the place of variables; known ones without a value become gaps.
pub(crate) fn fill(body: &str, known: &[(&str, Option<String>)]) -> String {
    let mut text = body.to_owned();
    for (name, value) in known {
        // What people are called must not open gaps or ask for links.
        let value =
            value.as_deref().map_or(GAP.to_owned(), |value| value.replace("{{", "{ {").replace("}}", "} }"));
        text = text.replace(&format!("{{{{{name}}}}}"), &value);
    }
    text
}

/// What is still open in a text, but for the link.
pub(crate) fn gaps(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("{{") {
        let Some((name, further)) = after.split_once("}}") else {
            found.push(after.chars().take(40).collect());
            break;
        };
        if name.trim() != LINK {
            found.push(name.trim().to_owned());
        }
        rest = further;
    }
    found
}

/// A template with what is known.
pub(crate) fn drafted(
    template: &Template,
    known: &[(&str, Option<String>)],
    locale: Locale,
) -> Vec<DraftPart> {
    let part = |part: &crate::plans::TemplatePart| {
        let text = fill(part.body.in_locale(locale), known);
        DraftPart {
            key: part.key.clone(),
            name: part.name.in_locale(locale).to_owned(),
            mandatory: part.mandatory,
            gaps: gaps(&text),
            text,
        }
    };
    template.parts.iter().map(part).collect()
}

/// The parts as they are sent. Everything that is missing is named, each by its part.
pub(crate) fn completed(
    template: &Template,
    words: &BTreeMap<String, String>,
    locale: Locale,
) -> Result<Vec<NoticePart>> {
    let mut wrong: Vec<FieldError> = Vec::new();
    let refused = |key: &str, code: Code, params: Vec<(&'static str, serde_json::Value)>| FieldError {
        field: format!("parts.{key}"),
        code,
        params: params.into_iter().collect(),
    };
    for key in words.keys().filter(|key| template.parts.iter().all(|part| part.key != **key)) {
        wrong.push(refused(key, NOTICE_PART_UNKNOWN, Vec::new()));
    }
    let mut parts = Vec::new();
    for part in &template.parts {
        let name = part.name.in_locale(locale).to_owned();
        let given = words.get(&part.key).map(String::as_str).unwrap_or_default();
        let Ok(text) = clean_text("text", given, LONG) else {
            wrong.push(refused(&part.key, TOO_LONG, vec![("max", LONG.into()), ("name", name.into())]));
            continue;
        };
        let open = gaps(&text);
        if !open.is_empty() {
            let params = vec![("gaps", open.join(", ").into()), ("name", name.clone().into())];
            wrong.push(refused(&part.key, NOTICE_GAP_OPEN, params));
        } else if text.trim().is_empty() && part.mandatory {
            wrong.push(refused(&part.key, NOTICE_PART_MISSING, vec![("name", name.clone().into())]));
        }
        if !text.trim().is_empty() {
            parts.push(NoticePart { key: part.key.clone(), name, mandatory: part.mandatory, text });
        }
    }
    if wrong.is_empty() { Ok(parts) } else { Err(Error::fields(wrong)) }
}

/// Whether a part asks for the link to the progress page.
pub(crate) fn wants_link(parts: &[NoticePart]) -> bool {
    parts.iter().any(|part| part.text.contains(&link_variable()))
}

/// Puts the link where parts ask for it.
pub(crate) fn put_link(parts: &mut [NoticePart], url: &str) {
    for part in parts {
        part.text = part.text.replace(&link_variable(), url);
    }
}

fn link_variable() -> String {
    format!("{{{{{LINK}}}}}")
}

/// What the customer reads: the parts one after the other.
pub(crate) fn text_of(parts: &[NoticePart]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

/// SHA-256 of what the customer reads.
pub(crate) fn hash(parts: &[NoticePart]) -> String {
    sha256(text_of(parts).as_bytes())
}

/// An instant as customers read it.
pub(crate) fn instant(at: Timestamp, zone: &TimeZone, locale: Locale) -> String {
    let at = at.to_jiff().to_zoned(zone.clone());
    let form = match locale {
        Locale::ZhCn => "%Y年%-m月%-d日 %H:%M",
        Locale::En => "%-d %B %Y, %H:%M",
    };
    at.strftime(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans::{TemplateKind, TemplatePart, Text};

    fn template() -> Template {
        let part = |key: &str, body: &str, mandatory| TemplatePart {
            key: key.to_owned(),
            name: Text { zh: key.to_owned(), en: key.to_owned() },
            body: Text { zh: body.to_owned(), en: body.to_owned() },
            mandatory,
        };
        Template {
            key: "ack".to_owned(),
            kind: TemplateKind::Acknowledgement,
            name: Text::default(),
            parts: vec![
                part("concern", "{{contact.name}}，您好", true),
                part("process", "{{due.handle}} 前处理，见 {{progress.url}}", true),
                part("signature", "{{agent.name}}", false),
            ],
        }
    }

    fn codes(error: &Error) -> Vec<(String, &'static str)> {
        error.field_errors().iter().map(|wrong| (wrong.field.clone(), wrong.code.id)).collect()
    }

    #[test]
    fn what_nobody_knows_stays_a_gap() {
        let known =
            [("contact.name", Some("{{?}}王".to_owned())), ("due.handle", None), ("agent.name", None)];
        let parts = drafted(&template(), &known, Locale::ZhCn);
        assert_eq!(parts[0].text, "{ {?} }王，您好");
        assert!(parts[0].gaps.is_empty());
        assert_eq!(parts[1].text, "{{?}} 前处理，见 {{progress.url}}");
        assert_eq!(parts[1].gaps, ["?"]);
    }

    #[test]
    fn everything_that_is_missing_is_named() {
        let words = [("process", "{{?}} 前"), ("other", "x"), ("signature", "a {{ b")];
        let words = words.into_iter().map(|(key, text)| (key.to_owned(), text.to_owned())).collect();
        let error = completed(&template(), &words, Locale::ZhCn).unwrap_err();
        let expected = [
            ("parts.other", "notice_part_unknown"),
            ("parts.concern", "notice_part_missing"),
            ("parts.process", "notice_gap_open"),
            ("parts.signature", "notice_gap_open"),
        ];
        assert_eq!(codes(&error), expected.map(|(field, code)| (field.to_owned(), code)));
    }

    #[test]
    fn a_complete_notice_gets_its_link_and_hash() {
        let words = [("concern", "您好"), ("process", "见 {{progress.url}}"), ("signature", " ")];
        let words = words.into_iter().map(|(key, text)| (key.to_owned(), text.to_owned())).collect();
        let mut parts = completed(&template(), &words, Locale::ZhCn).unwrap();
        assert!(wants_link(&parts));
        put_link(&mut parts, "https://x.cn/p/1");
        assert_eq!(text_of(&parts), "您好\n\n见 https://x.cn/p/1");
        assert_eq!(hash(&parts).len(), 64);
    }

    #[test]
    fn instants_are_written_for_people() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let at = Timestamp::from_millis(1_789_720_200_000);
        assert_eq!(instant(at, &zone, Locale::ZhCn), "2026年9月18日 16:30");
        assert_eq!(instant(at, &zone, Locale::En), "18 September 2026, 16:30");
    }
}
