//! Second factors by time (RFC 6238), as every authenticator app knows them: SHA-1, six digits, thirty seconds.

use heard_kernel::{Error, Result, Timestamp};
use qrcode::{QrCode, render::svg};
use totp_rs::{Builder, Secret, Totp};

/// Bytes of a secret, as RFC 4226 recommends.
pub(crate) const SECRET: usize = 20;

fn totp(secret: &[u8]) -> Result<Totp> {
    Builder::new()
        .with_secret(secret.to_vec())
        .with_skew(1)
        .build()
        .map_err(|error| Error::internal(format!("{error:?}")))
}

/// The time step that a code belongs to, when it is one of now or of the step before or after.
pub(crate) fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Result<Option<i64>> {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let seconds = u64::try_from(now.millis() / 1_000).unwrap_or(0);
    let step = if digits.len() == 6 { totp(secret)?.check(&digits, seconds) } else { None };
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// The code of an instant. For tests and for whoever simulates an app.
///
/// # Errors
/// `internal` when the secret has an impossible length.
#[cfg(test)]
pub(crate) fn code_at(secret: &[u8], now: Timestamp) -> Result<String> {
    Ok(totp(secret)?.generate(u64::try_from(now.millis() / 1_000).unwrap_or(0)).to_string())
}

/// The secret as people type it.
pub(crate) fn base32(secret: &[u8]) -> String {
    Secret::from(secret.to_vec()).to_base32()
}

/// The address that apps read from the picture.
pub(crate) fn uri(secret: &[u8], organization: &str, email: &str) -> String {
    let issuer = encode(&organization.replace(':', " "));
    format!("otpauth://totp/{issuer}:{}?secret={}&issuer={issuer}", encode(email), base32(secret))
}

/// The address as a picture.
pub(crate) fn qr_svg(uri: &str) -> Result<String> {
    let code = QrCode::new(uri).map_err(Error::internal)?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(200, 200).quiet_zone(true).build())
}

/// Percent-encoding of everything that is not unreserved (RFC 3986, 2.3).
fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte))
            }
            other => {
                encoded.push('%');
                encoded.push_str(&hex::encode_upper([other]));
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            let now = Timestamp::from_millis(seconds * 1_000);
            assert_eq!(code_at(secret, now).unwrap(), code);
            assert_eq!(step_of(secret, code, now).unwrap(), Some(seconds / 30));
            assert_eq!(step_of(secret, code, now.plus_seconds(90)).unwrap(), None);
        }
        assert_eq!(step_of(secret, "", Timestamp::from_millis(0)).unwrap(), None);
    }

    #[test]
    fn the_address_is_encoded() {
        let uri = uri(b"12345678901234567890", "听:云", "a+b@c.d");
        assert_eq!(
            uri,
            "otpauth://totp/%E5%90%AC%20%E4%BA%91:a%2Bb%40c.d?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E5%90%AC%20%E4%BA%91"
        );
        assert!(qr_svg(&uri).unwrap().contains("<svg"));
    }
}
