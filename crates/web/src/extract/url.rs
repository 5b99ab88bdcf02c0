//! The path and the query.

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use heard_kernel::{Error, Result, codes as kernel_codes};
use serde::de::DeserializeOwned;

use super::decode;
use crate::{Problem, codes};

/// The parts of the path. One that cannot be read names nothing that exists: `not_found`.
#[derive(Clone, Debug)]
pub struct PathParams<T>(pub T);

/// The parameters of the query. Unknown ones are left alone, so that a list can take its filter and its
/// [`PageRequest`](heard_kernel::PageRequest) apart.
#[derive(Clone, Debug)]
pub struct QueryParams<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for PathParams<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = Path::<T>::from_request_parts(parts, state).await;
        let Path(value) = read.map_err(|error| Error::new(kernel_codes::NOT_FOUND).because(error))?;
        Ok(Self(value))
    }
}

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for QueryParams<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let pairs = parts.uri.query().unwrap_or_default();
        if pairs.contains("%00") {
            return Err(Error::new(codes::INVALID_CHARACTER).into());
        }
        Ok(Self(decode::query(pairs)?))
    }
}
