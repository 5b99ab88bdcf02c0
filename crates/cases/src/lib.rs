//! Cases (工单): the plan that they follow, the clocks that drive them, the proof that remains.

pub mod alerts;
pub mod cases;
pub mod clocks;
pub mod dossier;
pub mod escalations;
mod ground;
pub mod guidance;
pub mod handovers;
pub mod intake;
pub mod links;
mod migrations;
pub mod notices;
pub mod plans;
pub mod progress;
pub mod promises;
mod realtime;
pub mod remedies;
pub mod reminders;
pub mod replays;
mod rights;
pub mod silence;
pub mod table;
pub mod tasks;
mod words;

use std::sync::Arc;

use heard_platform::calendars;
use heard_runtime::{Ctx, Registry};
use heard_web::AppState;
use utoipa_axum::router::OpenApiRouter;

pub use cases::{Documents, register_search};
pub use migrations::MIGRATIONS;
pub use progress::pages;
pub use realtime::register_realtime;
pub use rights::RIGHTS;

/// Registers what runs behind the services.
pub fn register(registry: &mut Registry) {
    registry
        .deadline(clocks::Check)
        .job(clocks::Recounter)
        .job(replays::Replayer)
        .job(cases::FigureRecounter)
        .reactor(clocks::Calendars)
        .reactor(promises::Clocks)
        .reactor(promises::Recusals);
    cases::register(registry);
    tasks::register(registry);
    alerts::register(registry);
    reminders::register(registry);
    silence::register(registry);
    intake::register(registry);
    escalations::register(registry);
}

/// Says once, at start, what this crate stores of others.
pub fn install(ctx: &Ctx) {
    calendars::Users::install(ctx, Arc::new(clocks::Uses));
}

/// The routes of this crate.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(plans::routes())
        .merge(cases::routes())
        .merge(clocks::routes())
        .merge(dossier::routes())
        .merge(alerts::routes())
        .merge(escalations::routes())
        .merge(guidance::routes())
        .merge(handovers::routes())
        .merge(intake::routes())
        .merge(links::routes())
        .merge(notices::routes())
        .merge(progress::routes())
        .merge(promises::routes())
        .merge(remedies::routes())
        .merge(replays::routes())
        .merge(table::routes())
        .merge(tasks::routes())
}
