//! Channels (渠道): how customers reach the team. Each is an adapter on the inbound port of `desk`.

mod api;
mod keys;
mod migrations;
mod rights;
pub mod web_chat;

use heard_web::AppState;
use utoipa_axum::router::OpenApiRouter;

pub use migrations::MIGRATIONS;
pub use rights::RIGHTS;

/// The routes of all channels.
pub fn routes() -> OpenApiRouter<AppState> {
    web_chat::routes().merge(api::routes())
}
