//! Visitor tokens: who a visitor is, signed, so that no table of visitors is needed.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use heard_kernel::{Code, Error, Result, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use uuid::Uuid;

/// The visitor's token is missing, forged or of another inbox.
pub const VISITOR_TOKEN_INVALID: Code = Code::new("visitor_token_invalid", 401);
/// The visitor's token is too old; the widget starts a new session.
pub const VISITOR_TOKEN_EXPIRED: Code = Code::new("visitor_token_expired", 401);

/// How long a token is good; each session renews it.
pub(super) const LIFE_MILLIS: i64 = 180 * 24 * 3_600_000;

/// What a visitor token says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Visitor {
    /// The contact. It is stored with the first message; until then only the token knows it.
    #[serde(rename = "c")]
    pub contact_id: Uuid,
    /// The inbox that the widget belongs to.
    #[serde(rename = "i")]
    pub inbox_id: Uuid,
    /// Whether the host site vouched for who it is.
    #[serde(rename = "v", default)]
    pub verified: bool,
    /// When the token ends, in milliseconds since 1970.
    #[serde(rename = "e")]
    pub expires_at: i64,
}

/// Signs and checks visitor tokens.
#[derive(Clone)]
pub(super) struct Tokens {
    key: [u8; 32],
}

impl Tokens {
    /// With the organisation's key.
    pub(super) fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    fn mac(&self) -> Hmac<Sha256> {
        // HMAC takes keys of any length.
        Hmac::new_from_slice(&self.key).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"))
    }

    /// The token for a visitor.
    pub(super) fn issue(&self, visitor: &Visitor) -> String {
        let body = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(visitor).unwrap_or_default());
        let mut mac = self.mac();
        mac.update(body.as_bytes());
        format!("{body}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    /// Who a token names.
    ///
    /// # Errors
    /// `visitor_token_invalid` when it was not issued here, `visitor_token_expired` when it is too old.
    pub(super) fn check(&self, token: &str, now: Timestamp) -> Result<Visitor> {
        let invalid = || Error::new(VISITOR_TOKEN_INVALID);
        let (body, signature) = token.split_once('.').ok_or_else(invalid)?;
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).map_err(|_| invalid())?;
        let mut mac = self.mac();
        mac.update(body.as_bytes());
        // Compares in constant time.
        mac.verify_slice(&signature).map_err(|_| invalid())?;
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(body).map_err(|_| invalid())?;
        let visitor: Visitor = serde_json::from_slice(&bytes).map_err(|_| invalid())?;
        if visitor.expires_at <= now.millis() {
            return Err(Error::new(VISITOR_TOKEN_EXPIRED));
        }
        Ok(visitor)
    }
}

/// What the host site sends as proof of who its user is: HMAC-SHA256 of the external id with the inbox's identity
/// secret, in hexadecimal. Compared in constant time.
pub(super) fn identity_is_proved(secret: &str, external_id: &str, hash: &str) -> bool {
    let Ok(given) = hex::decode(hash.trim()) else { return false };
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(external_id.as_bytes());
    mac.verify_slice(&given).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visitor() -> Visitor {
        Visitor {
            contact_id: Uuid::from_u128(1),
            inbox_id: Uuid::from_u128(2),
            verified: false,
            expires_at: 1_000,
        }
    }

    #[test]
    fn a_token_names_its_visitor_until_it_ends() {
        let tokens = Tokens::new([7; 32]);
        let token = tokens.issue(&visitor());
        assert_eq!(tokens.check(&token, Timestamp::from_millis(999)).unwrap(), visitor());
        assert!(tokens.check(&token, Timestamp::from_millis(1_000)).unwrap_err().is(VISITOR_TOKEN_EXPIRED));
    }

    #[test]
    fn forged_tokens_are_refused() {
        let tokens = Tokens::new([7; 32]);
        let token = tokens.issue(&visitor());
        let (body, signature) = token.split_once('.').unwrap();
        let other = Tokens::new([8; 32]).issue(&visitor());
        let (_, other_signature) = other.split_once('.').unwrap();
        for forged in [
            String::new(),
            ".".into(),
            body.into(),
            format!("{body}."),
            format!("{body}.{other_signature}"),
            format!("{}.{signature}", BASE64_URL_SAFE_NO_PAD.encode(b"{}")),
            format!("{body}.{signature}x"),
            "你好.你好".into(),
        ] {
            let refused = tokens.check(&forged, Timestamp::from_millis(0)).unwrap_err();
            assert!(refused.is(VISITOR_TOKEN_INVALID), "{forged}");
        }
    }

    #[test]
    fn an_identity_needs_the_proof_of_the_host_site() {
        // printf user-42 | openssl dgst -sha256 -hmac geheim
        let hash = "764d0b50ad67d514d0c495e70ffffcca5d77634614dec02c3f16cc5415eea30f";
        assert!(identity_is_proved("geheim", "user-42", hash));
        assert!(identity_is_proved("geheim", "user-42", &hash.to_uppercase()));
        assert!(!identity_is_proved("geheim", "user-43", hash));
        assert!(!identity_is_proved("other", "user-42", hash));
        assert!(!identity_is_proved("geheim", "user-42", "zz"));
    }
}
