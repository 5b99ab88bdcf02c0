//! What a visitor is asked before the chat, checked.

use heard_desk::{
    contacts::{PHONE_INVALID, Profile},
    inboxes::{FieldKind, Prechat, PrechatField},
};
use heard_kernel::{Error, FieldError, REQUIRED, Result, clean_name, clean_text};
use heard_platform::settings::EMAIL_INVALID;
use serde_json::{Map, Value};

use super::codes::{CONSENT_REQUIRED, NOT_AN_OPTION};

/// The key under which a form says that the visitor agrees.
const CONSENT: &str = "consent";

/// The longest answer.
const LONGEST: usize = 2_000;

/// Keeps what was asked for, and tells what the answers say about the contact. The form that people fill while nobody is
/// there is held to the same fields, and always needs a way to answer.
///
/// # Errors
/// `validation_failed` naming each wrong field.
pub(super) fn check(
    prechat: &Prechat,
    form: Option<Map<String, Value>>,
    offline: bool,
) -> Result<(Map<String, Value>, Profile)> {
    let given = form.unwrap_or_default();
    let mut kept = Map::new();
    let mut profile = Profile::default();
    let mut wrong: Vec<FieldError> = Vec::new();
    let asked: &[PrechatField] = if prechat.enabled { &prechat.fields } else { &[] };
    for field in asked {
        match answer(field, given.get(&field.key)) {
            Ok(Some(value)) => {
                tell(&mut profile, field, &value);
                kept.insert(field.key.clone(), value);
            }
            Ok(None) => {}
            Err(error) => wrong.extend(error.field_errors().iter().cloned()),
        }
    }
    if offline {
        wrong.extend(reachable(&given, asked, &mut kept, &mut profile));
    }
    if prechat.enabled && prechat.consent.is_some() && given.get(CONSENT) != Some(&Value::Bool(true)) {
        wrong
            .extend(Error::field(format!("form.{CONSENT}"), CONSENT_REQUIRED).field_errors().iter().cloned());
    } else if given.get(CONSENT) == Some(&Value::Bool(true)) {
        kept.insert(CONSENT.to_owned(), Value::Bool(true));
    }
    if wrong.is_empty() { Ok((kept, profile)) } else { Err(Error::fields(wrong)) }
}

/// Whoever writes while nobody is there leaves a name if they like, and an address or a number.
fn reachable(
    given: &Map<String, Value>,
    asked: &[PrechatField],
    kept: &mut Map<String, Value>,
    profile: &mut Profile,
) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    for (key, kind) in [("name", FieldKind::Text), ("email", FieldKind::Email), ("phone", FieldKind::Phone)] {
        if asked.iter().any(|field| field.key == key) {
            continue;
        }
        let field = PrechatField {
            key: key.to_owned(),
            kind,
            label: Default::default(),
            required: false,
            options: Vec::new(),
        };
        match answer(&field, given.get(key)) {
            Ok(Some(value)) => {
                tell(profile, &field, &value);
                kept.insert(key.to_owned(), value);
            }
            Ok(None) => {}
            Err(error) => wrong.extend(error.field_errors().iter().cloned()),
        }
    }
    wrong
}

fn answer(field: &PrechatField, value: Option<&Value>) -> Result<Option<Value>> {
    let path = format!("form.{}", field.key);
    if field.kind == FieldKind::Checkbox {
        let ticked = value.and_then(Value::as_bool).unwrap_or(false);
        return if field.required && !ticked {
            Err(Error::field(path, REQUIRED))
        } else {
            Ok(Some(ticked.into()))
        };
    }
    let text = value.and_then(Value::as_str).unwrap_or_default();
    let clean = clean_text(&path, text, LONGEST)?;
    if clean.is_empty() {
        return if field.required { Err(Error::field(path, REQUIRED)) } else { Ok(None) };
    }
    match field.kind {
        FieldKind::Email if !looks_like_email(&clean) => Err(Error::field(path, EMAIL_INVALID)),
        FieldKind::Phone if !looks_like_phone(&clean) => Err(Error::field(path, PHONE_INVALID)),
        FieldKind::Select if !field.options.contains(&clean) => Err(Error::field(path, NOT_AN_OPTION)),
        FieldKind::Text => clean_name(&path, &clean, 200).map(|name| Some(name.into())),
        _ => Ok(Some(clean.into())),
    }
}

fn tell(profile: &mut Profile, field: &PrechatField, value: &Value) {
    let Some(text) = value.as_str().map(str::to_owned) else { return };
    match field.kind {
        FieldKind::Email => profile.email = Some(text),
        FieldKind::Phone => profile.phone = Some(text),
        FieldKind::Text if field.key == "name" => profile.name = Some(text),
        _ => {}
    }
}

fn looks_like_email(text: &str) -> bool {
    text.len() <= 254
        && !text.contains(char::is_whitespace)
        && text.rsplit_once('@').is_some_and(|(user, host)| {
            !user.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
        })
}

/// Digits with the usual signs between them: a Chinese mobile or landline number, or an international one (E.164: at
/// most 15 digits).
fn looks_like_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (5..=15).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(key: &str, kind: FieldKind, required: bool) -> PrechatField {
        PrechatField { key: key.into(), kind, label: Default::default(), required, options: vec!["a".into()] }
    }

    fn form(json: serde_json::Value) -> Option<Map<String, Value>> {
        json.as_object().cloned()
    }

    #[test]
    fn answers_are_checked_and_tell_who_it_is() {
        let prechat = Prechat {
            enabled: true,
            fields: vec![
                field("name", FieldKind::Text, true),
                field("mail", FieldKind::Email, false),
                field("topic", FieldKind::Select, true),
                field("agree", FieldKind::Checkbox, false),
            ],
            consent: None,
        };
        let (kept, profile) = check(
            &prechat,
            form(serde_json::json!({"name": " 王\u{202E}伟 ", "mail": "a@b.cn", "topic": "a", "other": "x"})),
            false,
        )
        .unwrap();
        assert_eq!(profile.name.as_deref(), Some("王伟"));
        assert_eq!(profile.email.as_deref(), Some("a@b.cn"));
        assert_eq!(kept.keys().collect::<Vec<_>>(), ["agree", "mail", "name", "topic"]);
        let wrong =
            check(&prechat, form(serde_json::json!({"mail": "a b", "topic": "c"})), false).unwrap_err();
        let codes: Vec<_> = wrong.field_errors().iter().map(|e| (e.field.as_str(), e.code.id)).collect();
        assert_eq!(
            codes,
            [("form.name", "required"), ("form.mail", "email_invalid"), ("form.topic", "not_an_option")]
        );
    }

    #[test]
    fn consent_must_be_given_where_it_is_asked() {
        let prechat = Prechat { enabled: true, fields: vec![], consent: Some(Default::default()) };
        assert!(check(&prechat, None, false).is_err());
        assert!(check(&prechat, form(serde_json::json!({"consent": true})), false).is_ok());
    }

    #[test]
    fn phone_numbers_of_many_writings() {
        for good in ["13800138000", "+86 138-0013-8000", "010-62345678", "400 800 1234"] {
            assert!(looks_like_phone(good), "{good}");
        }
        for bad in ["1234", "call me", "1234567890123456"] {
            assert!(!looks_like_phone(bad), "{bad}");
        }
    }
}
