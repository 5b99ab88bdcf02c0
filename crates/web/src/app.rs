//! The whole application out of what the slices bring.

use std::{future::Future, net::SocketAddr, time::Duration};

use axum::{
    Router,
    http::{HeaderMap, HeaderValue, StatusCode, Version, header},
    middleware::from_fn_with_state,
    response::IntoResponse as _,
    routing::get,
};
use bytes::Bytes;
use futures_util::FutureExt as _;
use heard_kernel::{Error, Result, codes as kernel_codes};
use tokio::net::TcpListener;
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

/// Serves until `stop` ends, then lets running requests finish for `patience`.
///
/// # Errors
/// `internal` when the listener breaks.
pub async fn serve(
    listener: TcpListener,
    application: Router,
    stop: impl Future<Output = ()> + Send + 'static,
    patience: Duration,
) -> Result<()> {
    let stop = stop.shared();
    let service = application.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(stop.clone());
    let overdue = async move {
        stop.await;
        tokio::time::sleep(patience).await;
    };
    tokio::select! {
        result = server => result.map_err(Error::internal),
        () = overdue => {
            tracing::warn!("some requests did not end in time and were cut off");
            Ok(())
        }
    }
}
