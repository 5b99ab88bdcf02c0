//! Addresses that people are sent to.

use axum::http::{HeaderMap, header};
use heard_runtime::Ctx;
use heard_web::Site;

use crate::settings::Settings;

/// Scheme and host for a link that is shown to whoever asked for it: the public address, or the one they came by.
pub(crate) fn origin(site: &Site, headers: &HeaderMap) -> String {
    if let Some(origin) = site.public_origin() {
        return origin.to_string();
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let scheme = if by_https(site, headers) { "https" } else { "http" };
    format!("{scheme}://{host}")
}

/// Scheme and host for a link in a mail. Never what a request says: a stranger could have it point to themselves.
pub(crate) fn mail_origin(ctx: &Ctx, settings: &Settings) -> String {
    settings.public_url.clone().unwrap_or_else(|| format!("http://{}", ctx.config().server.listen))
}

/// Whether the browser came by HTTPS. A request that pretends to only harms itself: its cookie is marked secure.
pub(crate) fn by_https(site: &Site, headers: &HeaderMap) -> bool {
    let forwarded = headers.get("x-forwarded-proto").is_some_and(|proto| proto.as_bytes() == b"https");
    forwarded || site.public_origin().is_some_and(|origin| origin.starts_with("https://"))
}

pub(crate) fn invitation(origin: &str, token: &str) -> String {
    format!("{origin}/invite/{token}")
}

pub(crate) fn password_reset(origin: &str, token: &str) -> String {
    format!("{origin}/reset/{token}")
}
