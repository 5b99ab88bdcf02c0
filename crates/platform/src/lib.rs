//! Sign-in, users, teams, roles, presence, audit, settings, working calendars, files, backup.

pub mod api_tokens;
pub mod audit;
pub mod backup;
pub mod calendars;
pub mod command_line;
pub mod credentials;
pub mod directory;
mod event;
pub mod files;
mod follow;
pub mod invitations;
mod links;
pub mod mail;
mod migrations;
pub mod presence;
mod realtime;
pub mod rights;
pub mod roles;
mod secrets;
pub mod sessions;
pub mod settings;
pub mod setup;
pub mod system;
pub mod teams;
pub mod users;
pub mod vault;

pub use follow::follow;
pub use migrations::MIGRATIONS;
pub use realtime::register_realtime;
pub use rights::RIGHTS;

use heard_runtime::Registry;
use heard_web::AppState;
use utoipa_axum::router::OpenApiRouter;

/// The routes of this crate.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(setup::http::routes())
        .merge(sessions::http::routes())
        .merge(credentials::http::routes())
        .merge(invitations::http::routes())
        .merge(users::http::routes())
        .merge(roles::http::routes())
        .merge(teams::http::routes())
        .merge(api_tokens::http::routes())
        .merge(presence::http::routes())
        .merge(settings::http::routes())
        .merge(calendars::http::routes())
        .merge(audit::http::routes())
        .merge(system::http::routes())
}

/// Registers what this crate runs in the background.
pub fn register(registry: &mut Registry) {
    registry
        .reactor(audit::Auditor)
        .deadline(sessions::EndSession)
        .deadline(invitations::EndInvitation)
        .deadline(invitations::EndReset)
        .deadline(presence::GoneOffline)
        .deadline(files::SweepDue)
        .job(files::Sweep)
        .job(invitations::AnswerReset)
        .job(mail::DeliverMail);
}
