//! Headers with a meaning of their own.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use heard_kernel::{Error, Result, codes as kernel_codes};

use crate::{Problem, codes};

/// The version that a changing call is based on, from `If-Match`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IfMatch(pub i64);

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(if_match(&parts.headers)?))
    }
}

/// The `ETag` of a version, as `If-Match` wants it back: `[(ETAG, etag(version))]`.
pub fn etag(version: i64) -> HeaderValue {
    let mut text = String::with_capacity(8);
    text.push('"');
    text.push_str(&version.to_string());
    text.push('"');
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("\"0\""))
}

fn if_match(headers: &HeaderMap) -> Result<i64> {
    let Some(value) = headers.get(header::IF_MATCH) else {
        return Err(Error::new(kernel_codes::PRECONDITION_REQUIRED));
    };
    // A proxy that compresses marks the tag as weak.
    let text = value.to_str().unwrap_or_default().trim();
    let text = text.strip_prefix("W/").unwrap_or(text);
    text.strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .and_then(|version| version.parse().ok())
        .filter(|version| *version >= 0)
        .ok_or_else(|| Error::new(codes::IF_MATCH_INVALID))
}

/// The caller's key of a creating call.
pub(super) fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let bytes = value.as_bytes();
    let readable = (1..=128).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic);
    match value.to_str() {
        Ok(text) if readable => Ok(Some(text.to_owned())),
        _ => Err(Error::new(codes::IDEMPOTENCY_KEY_INVALID)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::HeaderName::from_static(name), value.parse().unwrap())])
    }

    #[test]
    fn versions_come_in_quotation_marks() {
        assert_eq!(if_match(&with("if-match", "\"7\"")).unwrap(), 7);
        assert_eq!(if_match(&with("if-match", "W/\"7\"")).unwrap(), 7);
        assert_eq!(etag(7), "\"7\"");
        for bad in ["7", "*", "\"x\"", "\"-1\"", "\""] {
            assert_eq!(if_match(&with("if-match", bad)).unwrap_err().code().id, "if_match_invalid", "{bad}");
        }
        assert_eq!(if_match(&HeaderMap::new()).unwrap_err().code().id, "precondition_required");
    }

    #[test]
    fn idempotency_keys_are_visible_ascii() {
        let key = |value| idempotency_key(&with("idempotency-key", value));
        assert_eq!(key("order-1").unwrap().as_deref(), Some("order-1"));
        assert_eq!(idempotency_key(&HeaderMap::new()).unwrap(), None);
        for bad in ["a b", "", &"x".repeat(129)] {
            assert_eq!(key(bad).unwrap_err().code().id, "idempotency_key_invalid", "{bad}");
        }
    }
}
