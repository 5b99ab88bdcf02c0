//! Files that are built into the binary: the console and the widget.

use std::borrow::Cow;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use heard_kernel::{Error, codes as kernel_codes};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::{AppState, Problem, codes};

/// What the console may load: its own files alone. Styles are also set by script (component library), images also made
/// in the page (previews of what will be sent).
pub const CONSOLE_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; connect-src 'self'; \
     worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The page of an application in one page.
const INDEX: &str = "index.html";

/// A folder that is built into the binary.
#[derive(Clone, Copy)]
pub struct Assets {
    get: fn(&str) -> Option<EmbeddedFile>,
    policy: &'static str,
}

impl Assets {
    /// The folder of an embedding type. Its pages are sent with `policy` as their Content-Security-Policy.
    pub fn of<E: RustEmbed>(policy: &'static str) -> Self {
        Self { get: E::get, policy }
    }

    /// A file by its path without a leading slash, or `None` when the folder does not hold it.
    pub fn file(&self, path: &str, headers: &HeaderMap) -> Option<Response> {
        let file = (self.get)(path)?;
        let etag = etag(&file);
        let caching = if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
        let mut response = if is_known(headers, &etag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Body::from(bytes(file.data)).into_response()
        };
        let kind = file.metadata.mimetype();
        let kind = if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind.to_owned() };
        let answer = response.headers_mut();
        if let (Ok(kind), Ok(etag)) = (HeaderValue::try_from(kind), HeaderValue::try_from(etag)) {
            answer.insert(header::CONTENT_TYPE, kind);
            answer.insert(header::ETAG, etag);
        }
        answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        if path.ends_with(".html") {
            answer.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(self.policy));
        }
        Some(response)
    }

    /// Answers what no route knows: a file, or the page for every address that a browser opens, whose script does the
    /// rest.
    fn answer(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Response {
        if !matches!(*method, Method::GET | Method::HEAD) {
            return Problem::from(Error::new(codes::METHOD_NOT_ALLOWED)).into_response();
        }
        let path = uri.path().trim_start_matches('/');
        if let Some(response) = self.file(path, headers) {
            return response;
        }
        let code = if !opens_page(path, headers) {
            kernel_codes::NOT_FOUND
        } else if let Some(page) = self.file(INDEX, headers) {
            return page;
        } else {
            codes::CONSOLE_MISSING
        };
        Problem::from(Error::new(code)).into_response()
    }
}

/// The console at `/`: its files, and its page for every other address that is not the API's.
pub fn console(assets: Assets) -> Router<AppState> {
    Router::new().fallback(async move |method: Method, uri: Uri, headers: HeaderMap| {
        assets.answer(&method, &uri, &headers)
    })
}

fn bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => Bytes::from(data),
    }
}

/// Weak, because the layer outside may compress the file.
fn etag(file: &EmbeddedFile) -> String {
    format!("W/\"{}\"", hex::encode(&file.metadata.sha256_hash()[..16]))
}

fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let opaque = etag.trim_start_matches("W/");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == opaque)
}

/// Whether the name changes with the content: the builder puts a hash into the names under `assets/`.
fn is_hashed(path: &str) -> bool {
    path.starts_with("assets/") || path.contains("/assets/")
}

/// Whether somebody opens an address in a browser, rather than a page asking for a file that is gone.
fn opens_page(path: &str, headers: &HeaderMap) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    !name.contains('.') && (accepts.contains("text/html") || accepts.contains("*/*"))
}
