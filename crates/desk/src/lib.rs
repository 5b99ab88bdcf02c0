//! Contacts, inboxes, conversations, messages.

pub mod canned;
pub mod contacts;
pub mod conversations;
pub mod drafts;
pub mod inbound;
pub mod inboxes;
pub mod messages;
mod migrations;
mod realtime;
mod rights;
pub mod search;
pub mod tags;
pub mod uploads;

use heard_runtime::{Ctx, Registry};
use heard_web::AppState;
use utoipa_axum::router::OpenApiRouter;

pub use migrations::MIGRATIONS;
pub use realtime::register_realtime;
pub use rights::RIGHTS;

/// Tells the crates below what only this one knows. Called once, at start.
pub fn install(ctx: &Ctx) {
    conversations::install_loads(ctx);
    inboxes::install_first(ctx);
    inboxes::install_uses(ctx);
}

/// Registers what runs behind the services.
pub fn register(registry: &mut Registry) {
    registry.deadline(conversations::Snooze);
}

/// The routes of this crate.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(contacts::routes())
        .merge(inboxes::routes())
        .merge(conversations::routes())
        .merge(messages::routes())
        .merge(tags::routes())
        .merge(canned::routes())
        .merge(drafts::routes())
        .merge(uploads::routes())
        .merge(search::routes())
}
