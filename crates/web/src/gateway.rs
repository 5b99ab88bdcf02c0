//! The one layer around every request: id, span, patience, defects, problems, headers, counting.
//!
//! One function rather than a stack of layers: each would box the future and the body again.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::Response,
};
use futures_util::FutureExt as _;
use heard_kernel::{Code, Error, codes as kernel_codes};
use tokio::time::{Instant, timeout};
use tracing::Instrument as _;

use crate::{AppState, Problem, codes, problem, request::RequestInfo};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long an upload may take, which depends on the sender's line.
const UPLOAD_PATIENCE: Duration = Duration::from_secs(15 * 60);
/// Items of a page at most.
const MAX_ITEMS: u32 = 200;

/// Wraps a router: `router.layer(from_fn_with_state(state, gateway))`. [`application`](crate::application) does it.
pub async fn gateway(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let (mut parts, body) = request.into_parts();
    let info = RequestInfo::read(&state, &parts);
    let method = parts.method.clone();
    let route: Arc<str> = route_of(&parts);
    let api = parts.uri.path().starts_with("/api/");
    // Neither the query nor the path itself: both may hold what is nobody's business.
    let span = tracing::info_span!("request", id = %info.id, %method, route = %route);
    let patience = if is_upload(&parts.headers) { UPLOAD_PATIENCE } else { PATIENCE };
    parts.extensions.insert(info.clone());
    let limit = if api { check_limit(&parts) } else { Ok(()) };
    let run = async {
        match limit {
            Ok(()) => next.run(Request::from_parts(parts, body)).await,
            Err(error) => refused(error),
        }
    };
    let run = AssertUnwindSafe(run).catch_unwind();
    let answer = async {
        let mut response = match timeout(patience, run).await {
            Ok(Ok(response)) => response,
            Ok(Err(panic)) => {
                state.metrics.panicked();
                refused(Error::internal(panic_text(&*panic)))
            }
            Err(_) => refused(Error::new(codes::TIMED_OUT).with("retry_after", 5)),
        };
        response = translated(response, &info);
        add_headers(response.headers_mut(), &info, api);
        let took = started.elapsed();
        tracing::debug!(status = response.status().as_u16(), ms = took.as_secs_f64() * 1e3, "answered");
        state.metrics.answered(&method, &route, response.status(), took);
        response
    };
    answer.instrument(span).await
}

/// How many items a list is asked for, checked here because lists that come whole do not read it: -1 is a mistake there too.
fn check_limit(parts: &Parts) -> Result<(), Error> {
    let Some(query) = parts.uri.query().filter(|query| query.contains("limit=")) else { return Ok(()) };
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let Some((_, limit)) = pairs.find(|(name, _)| name == "limit") else { return Ok(()) };
    match limit.parse::<u32>() {
        Ok(1..) => Ok(()),
        _ => Err(Error::field("limit", kernel_codes::OUT_OF_RANGE).with("min", 1).with("max", MAX_ITEMS)),
    }
}

fn route_of(parts: &Parts) -> Arc<str> {
    parts.extensions.get::<MatchedPath>().map_or_else(|| "unmatched".into(), |path| path.as_str().into())
}

fn is_upload(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/octet-stream")
}

fn refused(error: Error) -> Response {
    use axum::response::IntoResponse as _;
    Problem::from(error).into_response()
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("panic: {}", text.unwrap_or("without a text"))
}

/// Writes the body of a problem. Refusals that the framework made itself become problems too.
fn translated(mut response: Response, info: &RequestInfo) -> Response {
    let error = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem.0,
        None => match foreign_refusal(&response) {
            Some(code) => Arc::new(Error::new(code).because(response.status())),
            None => return response,
        },
    };
    problem::log(&error);
    let mut rendered = problem::render(&error, info.locale, &info.id);
    for name in [header::ALLOW, header::WWW_AUTHENTICATE, header::SET_COOKIE] {
        for value in response.headers().get_all(&name) {
            rendered.headers_mut().append(name.clone(), value.clone());
        }
    }
    rendered
}

/// The code for a refusal by the framework, which writes plain text or nothing.
fn foreign_refusal(response: &Response) -> Option<Code> {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    let kind = response.headers().get(header::CONTENT_TYPE);
    if kind.is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain")) {
        return None;
    }
    Some(match status {
        StatusCode::NOT_FOUND => kernel_codes::NOT_FOUND,
        StatusCode::METHOD_NOT_ALLOWED => codes::METHOD_NOT_ALLOWED,
        StatusCode::PAYLOAD_TOO_LARGE => codes::BODY_TOO_LARGE,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => codes::CONTENT_TYPE_UNSUPPORTED,
        StatusCode::UPGRADE_REQUIRED => codes::WEBSOCKET_REQUIRED,
        status if status.is_client_error() => codes::BAD_REQUEST,
        _ => kernel_codes::INTERNAL,
    })
}

/// What every answer says unless the handler said something else. Pages that must be framed (the widget) or that load
/// scripts (the console) bring a policy of their own.
fn add_headers(headers: &mut HeaderMap, info: &RequestInfo, api: bool) {
    if let Ok(id) = HeaderValue::try_from(&*info.id) {
        headers.insert("x-request-id", id);
    }
    let mut default = |name: header::HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(header::REFERRER_POLICY, "same-origin");
    default(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    if api {
        default(header::CACHE_CONTROL, "no-store");
    }
}
