//! What settings an inbox may have.

use heard_kernel::{Code, Error, FieldError, Result, calendar::Calendars, clean_name, clean_text};
use heard_platform::settings::{OUT_OF_RANGE, URL_INVALID};
use serde_json::json;

use super::model::{Config, FieldKind, Localized, Prechat, WebChatConfig};

/// The value is not a colour like `#1f6feb`.
pub(crate) const COLOR_INVALID: Code = Code::new("color_invalid", 422);
/// The value is not an origin like `https://shop.example.com`.
pub(crate) const ORIGIN_INVALID: Code = Code::new("origin_invalid", 422);
/// The value is not a media type like `image/png` or `image/*`.
pub(crate) const KIND_INVALID: Code = Code::new("kind_invalid", 422);
/// The key is not lower-case letters, digits and underscores, or is there twice.
pub(crate) const KEY_INVALID: Code = Code::new("key_invalid", 422);
/// Something to choose from is missing.
pub(crate) const OPTIONS_MISSING: Code = Code::new("options_missing", 422);
/// The inbox does not take messages for the moment.
pub const INBOX_PAUSED: Code = Code::new("inbox_paused", 409);
/// The inbox holds conversations, so it can only be paused.
pub(crate) const INBOX_NOT_EMPTY: Code = Code::new("inbox_not_empty", 409);

/// Megabytes of an attachment at most.
pub(crate) const MAX_ATTACHMENT_MB: u32 = 200;

/// Collects what is wrong, so that a form shows all of it at once.
#[derive(Default)]
struct Findings(Vec<FieldError>);

impl Findings {
    fn add(&mut self, field: impl Into<String>, code: Code) {
        self.0.push(FieldError { field: field.into(), code, params: Default::default() });
    }

    /// Keeps the cleaned value or what is wrong with it.
    fn clean(&mut self, value: &mut String, cleaned: Result<String>) {
        match cleaned {
            Ok(cleaned) => *value = cleaned,
            Err(error) => self.0.extend(error.field_errors().iter().cloned()),
        }
    }

    fn range(&mut self, field: &str, value: u32, min: u32, max: u32) {
        if !(min..=max).contains(&value) {
            let params = [("min", json!(min)), ("max", json!(max))].into();
            self.0.push(FieldError { field: field.to_owned(), code: OUT_OF_RANGE, params });
        }
    }

    fn count(&mut self, field: &str, count: usize, max: usize) {
        if count > max {
            let params = [("max", json!(max))].into();
            self.0.push(FieldError { field: field.to_owned(), code: crate::messages::TOO_MANY, params });
        }
    }
}

/// Checks and cleans the settings of an inbox.
pub(crate) fn check(config: &mut Config, known: &Calendars) -> Result<()> {
    let mut findings = Findings::default();
    findings.range("max_attachment_mb", config.max_attachment_mb, 1, MAX_ATTACHMENT_MB);
    findings.count("attachment_kinds", config.attachment_kinds.len(), 50);
    for (index, kind) in config.attachment_kinds.iter().enumerate() {
        if !is_media_type(kind) {
            findings.add(format!("attachment_kinds[{index}]"), KIND_INVALID);
        }
    }
    if let Err(error) = super::hours::calendar(&config.hours, known) {
        findings.0.extend(error.field_errors().iter().cloned());
    }
    if let Some(web_chat) = &mut config.web_chat {
        check_web_chat(&mut findings, web_chat);
    }
    if let Some(url) = config.api.as_ref().and_then(|api| api.callback_url.as_deref())
        && (url.len() > 2_000 || !is_http(url))
    {
        findings.add("api.callback_url", URL_INVALID);
    }
    if findings.0.is_empty() { Ok(()) } else { Err(Error::fields(findings.0)) }
}

fn check_web_chat(findings: &mut Findings, web_chat: &mut WebChatConfig) {
    let name = clean_name("web_chat.brand_name", &web_chat.brand_name, 60);
    findings.clean(&mut web_chat.brand_name, name);
    let hex = web_chat.color.strip_prefix('#').unwrap_or_default();
    if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        findings.add("web_chat.color", COLOR_INVALID);
    }
    if let Some(delay) = web_chat.greeting_delay_seconds {
        findings.range("web_chat.greeting_delay_seconds", delay, 0, 3_600);
    }
    check_text(findings, "web_chat.greeting", &mut web_chat.greeting, 500);
    check_text(findings, "web_chat.reply_time", &mut web_chat.reply_time, 120);
    check_text(findings, "web_chat.offline_text", &mut web_chat.offline_text, 500);
    findings.count("web_chat.allowed_origins", web_chat.allowed_origins.len(), 50);
    for (index, origin) in web_chat.allowed_origins.iter_mut().enumerate() {
        *origin = origin.trim().trim_end_matches('/').to_lowercase();
        if !is_origin(origin) {
            findings.add(format!("web_chat.allowed_origins[{index}]"), ORIGIN_INVALID);
        }
    }
    check_prechat(findings, &mut web_chat.prechat);
}

fn check_prechat(findings: &mut Findings, prechat: &mut Prechat) {
    findings.count("web_chat.prechat.fields", prechat.fields.len(), 20);
    let mut keys = std::collections::BTreeSet::new();
    for (index, field) in prechat.fields.iter_mut().enumerate() {
        let path = format!("web_chat.prechat.fields[{index}]");
        let fits = (1..=40).contains(&field.key.len())
            && field.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !fits || !keys.insert(field.key.clone()) {
            findings.add(format!("{path}.key"), KEY_INVALID);
        }
        check_text(findings, &format!("{path}.label"), &mut field.label, 120);
        if field.label.zh_cn.is_empty() && field.label.en.is_empty() {
            findings.add(format!("{path}.label"), heard_kernel::REQUIRED);
        }
        if field.kind == FieldKind::Select && field.options.is_empty() {
            findings.add(format!("{path}.options"), OPTIONS_MISSING);
        }
        findings.count(&format!("{path}.options"), field.options.len(), 50);
        for (at, option) in field.options.iter_mut().enumerate() {
            let cleaned = clean_name(&format!("{path}.options[{at}]"), option, 120);
            findings.clean(option, cleaned);
        }
    }
    if let Some(consent) = &mut prechat.consent {
        check_text(findings, "web_chat.prechat.consent", consent, 2_000);
    }
}

fn check_text(findings: &mut Findings, field: &str, text: &mut Localized, max: usize) {
    let zh_cn = clean_text(&format!("{field}.zh-CN"), &text.zh_cn, max);
    findings.clean(&mut text.zh_cn, zh_cn);
    let en = clean_text(&format!("{field}.en"), &text.en, max);
    findings.clean(&mut text.en, en);
}

fn is_media_type(kind: &str) -> bool {
    let word = |part: &str| {
        (1..=100).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'+' | b'_'))
    };
    kind.split_once('/').is_some_and(|(main, sub)| word(main) && (sub == "*" || word(sub)))
}

fn is_http(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && rest.chars().all(|c| c.is_ascii_graphic() && c != '"')
    })
}

/// Scheme, host and port and nothing else. It goes into a header, so no character may end the header's value.
fn is_origin(origin: &str) -> bool {
    let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    rest.is_some_and(|host| {
        (1..=253).contains(&host.len())
            && host
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b':' | b'*' | b'[' | b']'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inboxes::model::{ApiConfig, Hours, HoursMode, PrechatField, Span};

    fn config() -> Config {
        Config {
            hours: Hours::default(),
            max_attachment_mb: 20,
            attachment_kinds: vec!["image/*".to_owned(), "application/pdf".to_owned()],
            web_chat: Some(WebChatConfig::new("商店")),
            api: None,
        }
    }

    fn wrong(change: impl FnOnce(&mut Config)) -> Vec<(String, &'static str)> {
        let mut config = config();
        change(&mut config);
        let error = check(&mut config, &Calendars::builtin()).unwrap_err();
        error.field_errors().iter().map(|field| (field.field.clone(), field.code.id)).collect()
    }

    #[test]
    fn what_a_new_inbox_starts_with_is_allowed() {
        check(&mut config(), &Calendars::builtin()).unwrap();
    }

    #[test]
    fn all_wrong_fields_are_named_at_once() {
        let found = wrong(|config| {
            config.max_attachment_mb = 0;
            config.attachment_kinds.push("image".to_owned());
            config.api = Some(ApiConfig { callback_url: Some("javascript:alert(1)".to_owned()) });
            let chat = config.web_chat.as_mut().unwrap();
            chat.color = "red".to_owned();
            chat.allowed_origins =
                vec!["https://a.example".to_owned(), "https://a b; script-src *".to_owned()];
        });
        let expected = [
            ("max_attachment_mb", "out_of_range"),
            ("attachment_kinds[2]", "kind_invalid"),
            ("web_chat.color", "color_invalid"),
            ("web_chat.allowed_origins[1]", "origin_invalid"),
            ("api.callback_url", "url_invalid"),
        ];
        assert_eq!(found, expected.map(|(field, code)| (field.to_owned(), code)));
    }

    #[test]
    fn fields_before_the_chat_have_distinct_keys_and_options() {
        let field = |key: &str, kind| PrechatField {
            key: key.to_owned(),
            kind,
            label: Localized::new("名", ""),
            required: true,
            options: Vec::new(),
        };
        let found = wrong(|config| {
            let chat = config.web_chat.as_mut().unwrap();
            chat.prechat.fields = vec![field("a", FieldKind::Text), field("a", FieldKind::Select)];
        });
        let codes: Vec<_> = found.iter().map(|(_, code)| *code).collect();
        assert_eq!(codes, ["key_invalid", "options_missing"]);
    }

    #[test]
    fn hours_must_be_readable() {
        let places = |change: fn(&mut Config)| {
            wrong(|config| {
                config.hours.mode = HoursMode::Custom;
                change(config);
            })
            .into_iter()
            .map(|(field, _)| field)
            .collect::<Vec<_>>()
        };
        assert_eq!(places(|config| config.hours.time_zone = "Mars/Base".to_owned()), ["hours.time_zone"]);
        let late = |config: &mut Config| {
            config.hours.week.mon = vec![Span("18:00".to_owned(), "25:00".to_owned())];
        };
        assert_eq!(places(late), ["hours.week.mon[0]"]);
    }
}
