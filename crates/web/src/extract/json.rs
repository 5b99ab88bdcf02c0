//! Bodies.

use axum::{
    extract::{FromRequest, Request},
    http::{HeaderMap, Method, header, request::Parts},
};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use heard_kernel::{Error, Result};
use heard_runtime::IdempotencyKey;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::{decode, headers};
use crate::{AppState, Problem, codes};

/// Bytes that a body may have where nothing else is said.
const DEFAULT_LIMIT: usize = 1024 * 1024;

/// Lets the routes under it take larger or smaller bodies: `.layer(Extension(BodyLimit(n)))`.
#[derive(Clone, Copy, Debug)]
pub struct BodyLimit(pub usize);

/// A JSON body. Anything that does not fit is refused with its place; unknown fields too.
#[derive(Clone, Debug)]
pub struct JsonBody<T>(pub T);

/// A JSON body of a creating call with the caller's idempotency key, to be handed to
/// [`Ctx::tx_once`](heard_runtime::Ctx::tx_once).
#[derive(Clone, Debug)]
pub struct OnceBody<T> {
    /// The key, when the caller sent one.
    pub key: Option<IdempotencyKey>,
    /// The body.
    pub body: T,
}

impl<T: DeserializeOwned> FromRequest<AppState> for JsonBody<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, _: &AppState) -> Result<Self, Problem> {
        let (_, bytes) = read_json(request).await?;
        Ok(Self(decode::json(&bytes)?))
    }
}

impl<T: DeserializeOwned> FromRequest<AppState> for OnceBody<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, _: &AppState) -> Result<Self, Problem> {
        let (parts, bytes) = read_json(request).await?;
        let key = headers::idempotency_key(&parts.headers)?;
        let key = key.map(|key| IdempotencyKey {
            key,
            fingerprint: fingerprint(&parts.method, parts.uri.path(), &bytes),
        });
        Ok(Self { key, body: decode::json(&bytes)? })
    }
}

/// Digest of what a caller asks for: the same for the same request.
fn fingerprint(method: &Method, path: &str, body: &[u8]) -> String {
    let mut digest = Sha256::new();
    for part in [method.as_str().as_bytes(), path.as_bytes(), body] {
        digest.update(part.len().to_le_bytes());
        digest.update(part);
    }
    hex::encode(digest.finalize())
}

async fn read_json(request: Request) -> Result<(Parts, Bytes)> {
    check_type(request.headers())?;
    let (parts, body) = request.into_parts();
    let limit = parts.extensions.get::<BodyLimit>().map_or(DEFAULT_LIMIT, |limit| limit.0);
    let too_large = || Error::new(codes::BODY_TOO_LARGE).with("limit", limit);
    let announced = content_length(&parts.headers);
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    let mut chunks = body.into_data_stream();
    let mut whole = BytesMut::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| Error::new(codes::BODY_INCOMPLETE).because(error))?;
        if whole.len() + chunk.len() > limit {
            return Err(too_large());
        }
        // A body that comes in one piece is not copied.
        if whole.is_empty() && announced == Some(chunk.len() as u64) {
            return Ok((parts, chunk));
        }
        whole.extend_from_slice(&chunk);
    }
    Ok((parts, whole.freeze()))
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// `application/json` or a type that ends in `+json`, with any parameters.
fn check_type(headers: &HeaderMap) -> Result<()> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let json =
        essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"));
    if json {
        Ok(())
    } else {
        Err(Error::new(codes::CONTENT_TYPE_UNSUPPORTED).with("expected", "application/json"))
    }
}
