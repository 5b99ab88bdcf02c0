//! The whole application out of what the slices bring.

use axum::{
    Router,
    http::{HeaderMap, HeaderValue, StatusCode, Version, header},
    middleware::from_fn_with_state,
    response::IntoResponse as _,
    routing::get,
};
use bytes::Bytes;
use heard_kernel::{Error, codes as kernel_codes};
use tower_http::compression::{CompressionLayer, Predicate as _, predicate::SizeAbove};
use utoipa_axum::router::OpenApiRouter;

use crate::{AppState, Problem, gateway::gateway, health, openapi};

/// Answers below this size travel faster than they are compressed.
const WORTH_COMPRESSING: u64 = 1024;

/// The application: the slices' routes under `/api/v1` with their description, and `pages` beside them (console,
/// widget, demo), whose fallback answers what no route knows outside of `/api`.
pub fn application(
    state: AppState,
    slices: impl IntoIterator<Item = OpenApiRouter<AppState>>,
    pages: Router<AppState>,
) -> Router {
    let (api, document) = openapi::assemble(slices);
    let description = Bytes::from(document.to_json().unwrap_or_default());
    let unknown = async || Problem::from(Error::new(kernel_codes::NOT_FOUND));
    Router::new()
        .merge(api)
        .merge(health::routes())
        .route(
            "/api/v1/openapi.json",
            get(async move || ([(header::CONTENT_TYPE, "application/json")], description).into_response()),
        )
        .route("/api/{*rest}", axum::routing::any(unknown))
        .merge(pages)
        .layer(from_fn_with_state(state.clone(), gateway))
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(WORTH_COMPRESSING).and(is_text)))
        .with_state(state)
}

/// Only text is compressed: images and archives are already, and attachments may be asked for in ranges.
fn is_text(status: StatusCode, _: Version, headers: &HeaderMap, _: &axum::http::Extensions) -> bool {
    let text = |kind: &HeaderValue| {
        let kind = kind.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
        kind.starts_with("text/")
            || kind.ends_with("json")
            || kind.ends_with("javascript")
            || kind.ends_with("xml")
    };
    status != StatusCode::PARTIAL_CONTENT && headers.get(header::CONTENT_TYPE).is_some_and(text)
}
