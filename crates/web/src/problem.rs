//! How an error reaches the caller: RFC 9457, translated, without a word of what only the log should know.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use heard_kernel::{Error, Locale, codes};
use serde::Serialize;
use serde_json::Value;

use crate::texts;

/// The media type of a problem.
pub const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// An error on its way out of a handler: `Result<Json<T>, Problem>` lets `?` turn any [`Error`] into an answer.
///
/// The response carries the error along; the [`gateway`](crate::gateway) writes the body, because only it knows the
/// caller's language and the request's id.
#[derive(Debug, Clone)]
pub struct Problem(pub Arc<Error>);

/// What a handler answers.
pub type Answer<T> = std::result::Result<T, Problem>;

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self(Arc::new(error))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = status_of(&self.0);
        let mut response = (status, [(header::CONTENT_TYPE, PROBLEM_JSON)]).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The status of an error's answer.
pub(crate) fn status_of(error: &Error) -> StatusCode {
    StatusCode::from_u16(error.code().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The body of a problem (RFC 9457).
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// A name for the kind of problem: `urn:heard:problem:` and the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:heard:problem:version_conflict")]
    pub kind: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code, for programs.
    #[schema(example = "version_conflict")]
    pub code: &'static str,
    /// What happened, in the caller's language.
    pub title: String,
    /// What was kept and what to do, in the caller's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Values that belong to the code, such as `right` or `retry_after`.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    pub params: BTreeMap<&'static str, Value>,
    /// Names the request in the server's log.
    pub request_id: String,
    /// The wrong fields, when the code is `validation_failed`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FieldProblem {
    /// Path of the field, as `contact.email` or `fields[2].key`.
    pub field: String,
    /// The stable code, for programs.
    pub code: &'static str,
    /// What is wrong and what to do, in the caller's language.
    pub message: String,
    /// Values that belong to the code.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    pub params: BTreeMap<&'static str, Value>,
}

impl ProblemBody {
    /// The translated body of an error.
    pub fn new(error: &Error, locale: Locale, request_id: &str) -> Self {
        let code = error.code();
        let (title, detail) = texts::translate(locale, code.id, error.params());
        Self {
            kind: format!("urn:heard:problem:{}", code.id),
            status: status_of(error).as_u16(),
            code: code.id,
            title: title.into_owned(),
            detail,
            params: error.params().clone(),
            request_id: request_id.to_owned(),
            errors: error.field_errors().iter().map(|field| FieldProblem::new(field, locale)).collect(),
        }
    }
}

impl FieldProblem {
    fn new(field: &heard_kernel::FieldError, locale: Locale) -> Self {
        Self {
            field: field.field.clone(),
            code: field.code.id,
            message: texts::field_message(locale, field.code.id, &field.params),
            params: field.params.clone(),
        }
    }
}

/// The whole answer to an error, with `Retry-After` where the error says when to come again.
pub(crate) fn render(error: &Error, locale: Locale, request_id: &str) -> Response {
    let body = serde_json::to_vec(&ProblemBody::new(error, locale, request_id)).unwrap_or_default();
    let mut response = (status_of(error), body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, PROBLEM_JSON);
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(locale.as_str()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let number = |name: &str| error.params().get(name).and_then(Value::as_u64).map(HeaderValue::from);
    if let Some(seconds) = number("retry_after") {
        headers.insert(header::RETRY_AFTER, seconds);
    }
    if error.is(codes::RATE_LIMITED)
        && let (Some(limit), Some(reset)) = (number("limit"), number("reset"))
    {
        headers.insert("ratelimit-limit", limit);
        headers.insert("ratelimit-remaining", HeaderValue::from(0));
        headers.insert("ratelimit-reset", reset);
    }
    response
}

/// Tells the log: what is our fault as an error with its places, what the caller did only on demand.
pub(crate) fn log(error: &Error) {
    if error.code().status >= 500 {
        tracing::error!(code = error.code().id, error = ?error, "request failed");
    } else {
        tracing::debug!(code = error.code().id, error = ?error, "request refused");
    }
}

#[cfg(test)]
mod tests {
    use heard_kernel::TOO_LONG;

    use super::*;

    #[test]
    fn the_detail_for_the_log_is_not_in_the_body() {
        let error = Error::new(codes::INTERNAL).because("password=hunter2");
        let body = serde_json::to_string(&ProblemBody::new(&error, Locale::En, "r1")).unwrap();
        assert!(!body.contains("hunter2"), "{body}");
        assert!(body.contains("\"request_id\":\"r1\""), "{body}");
    }

    #[test]
    fn each_wrong_field_has_a_message() {
        let error = Error::field("name", TOO_LONG).with("max", 10);
        let body = ProblemBody::new(&error, Locale::ZhCn, "r1");
        assert_eq!((body.status, body.code), (422, "validation_failed"));
        assert_eq!(body.errors[0].message, "最多 10 个字符，请缩短。");
    }

    #[test]
    fn an_error_that_passes_tells_when_to_come_again() {
        let response = render(&Error::new(codes::OVERLOADED).with("retry_after", 2), Locale::En, "r1");
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()[header::RETRY_AFTER], "2");
        assert_eq!(response.headers()[header::CONTENT_LANGUAGE], "en");
    }
}
