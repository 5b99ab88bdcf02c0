//! What may be stored about a contact.

use heard_kernel::{Code, Error, REQUIRED, Result, TOO_LONG, clean_name, clean_text, fold_key};
use heard_platform::settings::EMAIL_INVALID;
use serde_json::{Map, Value};

use super::model::{Claim, Identity, IdentityKind, Profile};

/// The value is not a telephone number.
pub const PHONE_INVALID: Code = Code::new("phone_invalid", 422);
/// The value is not an IANA time zone.
pub(crate) const TIME_ZONE_INVALID: Code = Code::new("time_zone_invalid", 422);
/// The identity belongs to another contact (`params.contact_id`).
pub(crate) const IDENTITY_TAKEN: Code = Code::new("identity_taken", 409);
/// The contact is blocked and cannot write.
pub const CONTACT_BLOCKED: Code = Code::new("contact_blocked", 403);

/// Bytes of attributes or properties at most.
pub(crate) const MAX_DOCUMENT: usize = 8_192;
/// Characters of a note about a contact at most.
pub(crate) const MAX_NOTE: usize = 4_000;

/// Checks an e-mail address: one `@` with something sensible on both sides. Whether it exists only a mail can tell.
pub(crate) fn clean_email(field: &str, email: &str) -> Result<String> {
    let email = clean_name(field, email, 254)?;
    let fits = email.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !host.contains('@')
            && !email.contains(char::is_whitespace)
    });
    if fits { Ok(email) } else { Err(Error::field(field, EMAIL_INVALID)) }
}

/// Checks a telephone number: digits, with the marks that people put between them.
pub(crate) fn clean_phone(field: &str, phone: &str) -> Result<String> {
    let phone = clean_name(field, phone, 40)?;
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let fits = (3..=20).contains(&digits)
        && phone
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '.' | '#' | '*'));
    if fits { Ok(phone) } else { Err(Error::field(field, PHONE_INVALID)) }
}

/// Checks a document of free fields.
pub(crate) fn check_document(field: &str, document: &Map<String, Value>) -> Result<()> {
    let size = serde_json::to_string(document).map_or(0, |text| text.len());
    if size > MAX_DOCUMENT {
        return Err(Error::field(field, TOO_LONG).with("max", MAX_DOCUMENT));
    }
    Ok(())
}

/// Checks the words of a search.
pub(crate) fn check_words(field: &str, words: Option<&str>) -> Result<()> {
    const MAX: usize = 200;
    match words {
        Some(words) if words.chars().count() > MAX => Err(Error::field(field, TOO_LONG).with("max", MAX)),
        _ => Ok(()),
    }
}

/// Checks an optional one-line text; empty means none.
pub(crate) fn optional_name(field: &str, text: Option<String>, max: usize) -> Result<Option<String>> {
    match text {
        Some(text) if !text.trim().is_empty() => clean_name(field, &text, max).map(Some),
        _ => Ok(None),
    }
}

/// Checks the address of a page; what is no web address is dropped, because a browser sent it and not a person.
pub(crate) fn clean_page_url(url: Option<String>) -> Result<Option<String>> {
    let url = optional_name("page_url", url, 2_000)?;
    Ok(url.filter(|url| url.starts_with("https://") || url.starts_with("http://")))
}

/// Checks an optional time zone; empty means none.
pub(crate) fn optional_time_zone(field: &str, zone: Option<String>) -> Result<Option<String>> {
    let zone = optional_name(field, zone, 64)?;
    match zone {
        Some(zone) if jiff::tz::TimeZone::get(&zone).is_err() => Err(Error::field(field, TIME_ZONE_INVALID)),
        other => Ok(other),
    }
}

/// Checks and cleans what is known about somebody. Empty fields are dropped.
pub(crate) fn clean_profile(profile: Profile) -> Result<Profile> {
    let full = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    check_document("attributes", &profile.attributes)?;
    Ok(Profile {
        email: match &profile.email {
            Some(email) if full(&profile.email) => Some(clean_email("email", email)?),
            _ => None,
        },
        phone: match &profile.phone {
            Some(phone) if full(&profile.phone) => Some(clean_phone("phone", phone)?),
            _ => None,
        },
        name: optional_name("name", profile.name, 120)?,
        locale: optional_name("locale", profile.locale, 35)?,
        attributes: profile.attributes,
    })
}

/// Checks and cleans an identity.
pub(crate) fn clean_claim(claim: Claim) -> Result<Claim> {
    let value = match claim.kind {
        IdentityKind::Email => clean_email("email", &claim.value)?,
        IdentityKind::Phone => clean_phone("phone", &claim.value)?,
        _ => clean_text("external_id", &claim.value, 200)?,
    };
    if value.is_empty() {
        return Err(Error::field("external_id", REQUIRED));
    }
    Ok(Claim { value, ..claim })
}

/// The form of an identity in which it is compared: addresses without regard to case, numbers by their digits.
pub(crate) fn value_key(kind: IdentityKind, value: &str) -> String {
    match kind {
        IdentityKind::Email => fold_key(value),
        IdentityKind::Phone => fold_key(value).chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
        _ => value.to_owned(),
    }
}

/// The inbox in which an identity holds, as a text that is part of its key; empty when it holds everywhere.
pub(crate) fn scope(claim: &Claim) -> String {
    match claim.inbox_id.filter(|_| claim.kind.is_scoped()) {
        Some(inbox) => inbox.to_string(),
        None => String::new(),
    }
}

/// By which identity a contact without a name is told from others: what people know best first.
pub(super) fn label(identities: &[Identity]) -> Option<String> {
    use IdentityKind::{Email, External, Openid, Phone};
    let of = |kind| identities.iter().find(|identity| identity.kind == kind);
    [Email, Phone, External, Openid].into_iter().find_map(of).map(|identity| identity.value.clone())
}

#[cfg(test)]
mod tests {
    use heard_kernel::Locale;
    use uuid::Uuid;

    use super::*;
    use crate::contacts::{ContactId, display_name};

    #[test]
    fn addresses_and_numbers_are_compared_as_people_mean_them() {
        assert_eq!(value_key(IdentityKind::Email, "Wang@Example.COM"), "wang@example.com");
        assert_eq!(value_key(IdentityKind::Phone, "+86 138-0013-8000"), "+8613800138000");
        assert_eq!(value_key(IdentityKind::External, "U-1a"), "U-1a");
    }

    #[test]
    fn nonsense_is_refused() {
        for email in ["a", "a@b", "@b.c", "a@.c", "a@b@c.d"] {
            assert!(clean_email("email", email).is_err(), "{email}");
        }
        for phone in ["12", "call me", "+1; DROP TABLE"] {
            assert!(clean_phone("phone", phone).is_err(), "{phone}");
        }
        assert_eq!(clean_phone("phone", "010-1234 5678").unwrap(), "010-1234 5678");
    }

    #[test]
    fn visitors_have_names_that_can_be_told_apart() {
        let id = ContactId(Uuid::from_u128(0xAAAA_4F2A));
        assert_eq!(display_name(id, None, Locale::ZhCn), "访客 4F2A");
        assert_eq!(display_name(id, None, Locale::En), "Visitor 4F2A");
        assert_eq!(display_name(id, Some("王芳"), Locale::En), "王芳");
    }
}
