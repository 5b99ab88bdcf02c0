//! The pages beside the API: console, widget, sample shop, all inside the binary.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use heard_kernel::{Error, codes};
use heard_web::{AppState, Assets, CONSOLE_POLICY, Problem, console};
use rust_embed::RustEmbed;

/// The built console.
#[derive(RustEmbed)]
#[folder = "../../frontend/console/dist"]
struct Console;

/// The built widget with its loader and the sample shop.
#[derive(RustEmbed)]
#[folder = "../../frontend/widget/dist"]
struct Widget;

/// What the widget's page may load; who may show it in a frame is added for each inbox.
const WIDGET_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/// What an ordinary shop sends.
const DEMO_POLICY: &str = "default-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; \
     base-uri 'none'; frame-ancestors 'none'";

/// What a careful shop sends: the widget needs no more than its host in `script-src` and `frame-src`.
const STRICT_DEMO_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Routes of all pages. What no route knows is the console's, which has routes of its own.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/widget.js", get(loader))
        .route("/widget/app", get(widget_app))
        .route("/widget/assets/{*path}", get(widget_asset))
        .route("/demo", get(demo))
        .route("/demo/assets/{*path}", get(demo_asset))
        .merge(heard_cases::pages())
        .merge(console(Assets::of::<Console>(CONSOLE_POLICY)))
}

fn widget_file(path: &str, headers: &HeaderMap) -> Response {
    let file = Assets::of::<Widget>(WIDGET_POLICY).file(path, headers);
    file.unwrap_or_else(|| Problem::from(Error::new(codes::NOT_FOUND)).into_response())
}

fn with_policy(mut response: Response, policy: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, value);
    }
    response
}

/// The loader, which runs on pages of other hosts.
async fn loader(headers: HeaderMap) -> Response {
    let mut response = widget_file("widget.js", &headers);
    response.headers_mut().insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    response
}

/// The widget's page, which only the sites that the inbox names may show in a frame.
async fn widget_app(State(state): State<AppState>, uri: Uri, headers: HeaderMap) -> Response {
    let key = uri.query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("inbox=")));
    let ancestors = heard_channels::web_chat::frame_ancestors(&state.ctx, key.unwrap_or_default()).await;
    with_policy(
        widget_file("app/index.html", &headers),
        &format!("{WIDGET_POLICY}; frame-ancestors {ancestors}"),
    )
}

async fn widget_asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    widget_file(&format!("app/assets/{path}"), &headers)
}

async fn demo(uri: Uri, headers: HeaderMap) -> Response {
    let strict = uri.query().is_some_and(|query| query.split('&').any(|pair| pair == "strict=1"));
    with_policy(
        widget_file("demo/index.html", &headers),
        if strict { STRICT_DEMO_POLICY } else { DEMO_POLICY },
    )
}

async fn demo_asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    widget_file(&format!("demo/assets/{path}"), &headers)
}
