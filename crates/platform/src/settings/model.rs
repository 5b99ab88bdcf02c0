//! The settings and how they must look.

use heard_kernel::{Code, Error, Locale, Result, USUAL_CURRENCY, is_currency};
use serde::{Deserialize, Serialize};

/// The address is not one that mail can be sent to.
pub const EMAIL_INVALID: Code = Code::new("email_invalid", 422);
/// The time zone is not in the IANA database.
pub(crate) const TIME_ZONE_UNKNOWN: Code = Code::new("time_zone_unknown", 422);
/// There is no such currency.
pub(crate) const CURRENCY_UNKNOWN: Code = Code::new("currency_unknown", 422);
/// The address does not start with http:// or https://.
pub const URL_INVALID: Code = Code::new("url_invalid", 422);
pub use heard_kernel::codes::OUT_OF_RANGE;

/// The settings as they are stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Document {
    pub(crate) organization: String,
    pub(crate) default_locale: Locale,
    pub(crate) time_zone: String,
    #[serde(default = "usual_currency")]
    pub(crate) currency: String,
    pub(crate) public_url: Option<String>,
    pub(crate) password_min_length: u32,
    pub(crate) session_hours: u32,
    pub(crate) totp_required: bool,
    pub(crate) mail: MailDocument,
}

fn usual_currency() -> String {
    USUAL_CURRENCY.to_owned()
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct MailDocument {
    pub(crate) from: Option<String>,
    pub(crate) smtp_host: Option<String>,
    pub(crate) smtp_port: u16,
    pub(crate) smtp_user: Option<String>,
    pub(crate) security: MailSecurity,
}

/// How the connection to the mail server is kept from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailSecurity {
    /// Not at all: only for a server on the same machine or net.
    None,
    /// Starts plain and changes to TLS (usually port 587).
    Starttls,
    /// TLS from the start (usually port 465).
    Tls,
}

/// The settings of the organisation.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Settings {
    /// The organisation's name.
    pub organization: String,
    /// The language for everybody who has chosen none.
    pub default_locale: Locale,
    /// The IANA time zone of the organisation.
    pub time_zone: String,
    /// The currency of amounts of money, as ISO 4217 calls it.
    #[schema(example = "CNY")]
    pub currency: String,
    /// The address under which browsers reach Heard, without a slash at the end.
    #[schema(required = true)]
    pub public_url: Option<String>,
    /// The fewest characters of a password.
    pub password_min_length: u32,
    /// Hours without use after which a session ends.
    pub session_hours: u32,
    /// Whether everybody must use a second factor: until then an account has no rights.
    pub totp_required: bool,
    /// The mail account.
    pub mail: MailSettings,
    /// Counts changes.
    pub version: i64,
}

/// The mail account that Heard sends from.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct MailSettings {
    /// The sender's address.
    #[schema(required = true)]
    pub from: Option<String>,
    /// The server; without one no mail is sent.
    #[schema(required = true)]
    pub smtp_host: Option<String>,
    /// The server's port.
    pub smtp_port: u16,
    /// The account on the server.
    #[schema(required = true)]
    pub smtp_user: Option<String>,
    /// Whether a password is stored. The password itself is never given out.
    pub smtp_password_set: bool,
    /// How the connection is protected.
    pub security: MailSecurity,
}

impl MailSettings {
    /// Sender and server, when mail can be sent.
    pub fn ready(&self) -> Option<(&str, &str)> {
        Some((self.from.as_deref()?, self.smtp_host.as_deref()?))
    }
}

impl Document {
    /// Settings at the first run.
    pub(crate) fn new(organization: String, default_locale: Locale, time_zone: String) -> Self {
        Self {
            organization,
            default_locale,
            time_zone,
            currency: usual_currency(),
            public_url: None,
            password_min_length: 10,
            session_hours: 12,
            totp_required: false,
            mail: MailDocument {
                from: None,
                smtp_host: None,
                smtp_port: 587,
                smtp_user: None,
                security: MailSecurity::Starttls,
            },
        }
    }

    pub(crate) fn present(self, smtp_password_set: bool, version: i64) -> Settings {
        Settings {
            organization: self.organization,
            default_locale: self.default_locale,
            time_zone: self.time_zone,
            currency: self.currency,
            public_url: self.public_url,
            password_min_length: self.password_min_length,
            session_hours: self.session_hours,
            totp_required: self.totp_required,
            mail: MailSettings {
                from: self.mail.from,
                smtp_host: self.mail.smtp_host,
                smtp_port: self.mail.smtp_port,
                smtp_user: self.mail.smtp_user,
                smtp_password_set,
                security: self.mail.security,
            },
            version,
        }
    }
}

/// The code of a currency, in capitals.
///
/// # Errors
/// `currency_unknown`, naming `field`.
pub(crate) fn clean_currency(field: &str, text: &str) -> Result<String> {
    let code = text.trim().to_ascii_uppercase();
    if is_currency(&code) { Ok(code) } else { Err(Error::field(field, CURRENCY_UNKNOWN)) }
}

/// Cleans an e-mail address.
///
/// # Errors
/// `email_invalid`, naming `field`.
pub fn clean_email(field: &str, text: &str) -> Result<String> {
    let trimmed = text.trim();
    let parsed = trimmed.parse::<lettre::Address>();
    match parsed {
        Ok(address) if trimmed.len() <= 254 && !trimmed.chars().any(char::is_control) => {
            Ok(address.to_string())
        }
        _ => Err(Error::field(field, EMAIL_INVALID)),
    }
}

/// Checks the name of a time zone.
///
/// # Errors
/// `time_zone_unknown`, naming `field`.
pub fn clean_time_zone(field: &str, name: &str) -> Result<String> {
    match jiff::tz::TimeZone::get(name) {
        Ok(zone) => Ok(zone.iana_name().unwrap_or(name).to_owned()),
        Err(_) => Err(Error::field(field, TIME_ZONE_UNKNOWN)),
    }
}

/// Cleans a web address; nothing stands for none.
pub(crate) fn clean_url(field: &str, text: &str) -> Result<Option<String>> {
    let url = text.trim().trim_end_matches('/');
    if url.is_empty() {
        return Ok(None);
    }
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '@' | '?' | '#');
    match host {
        Some(host) if !host.is_empty() && url.len() <= 200 && host.chars().all(plain) => {
            Ok(Some(url.to_owned()))
        }
        _ => Err(Error::field(field, URL_INVALID)),
    }
}

pub(crate) fn within(field: &str, value: u32, min: u32, max: u32) -> Result<u32> {
    if (min..=max).contains(&value) {
        Ok(value)
    } else {
        Err(Error::field(field, OUT_OF_RANGE).with("min", min).with("max", max))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked() {
        assert_eq!(clean_email("email", " a.b+c@Example.com ").unwrap(), "a.b+c@Example.com");
        for bad in ["", "a", "a@", "@b.c", "a b@c.d", "a@b.c\nBcc: d@e.f", "a@b.c, d@e.f"] {
            assert!(clean_email("email", bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn web_addresses_lose_the_last_slash() {
        assert_eq!(
            clean_url("u", "https://help.example.com/").unwrap().as_deref(),
            Some("https://help.example.com")
        );
        assert_eq!(clean_url("u", "  ").unwrap(), None);
        for bad in [
            "help.example.com",
            "javascript:alert(1)",
            "https://",
            "https://a b",
            "https://u@h",
            "http://h/?q",
        ] {
            assert!(clean_url("u", bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn time_zones_are_known() {
        assert_eq!(clean_time_zone("time_zone", "Asia/Shanghai").unwrap(), "Asia/Shanghai");
        assert!(clean_time_zone("time_zone", "Mars/Olympus").is_err());
    }
}
