//! Cases (工单): the plan that they follow, the clocks that drive them, the proof that remains.

pub mod cases;
pub mod clocks;
mod migrations;
pub mod plans;
mod rights;

use heard_runtime::Registry;
use heard_web::AppState;
use utoipa_axum::router::OpenApiRouter;

pub use migrations::MIGRATIONS;
pub use rights::RIGHTS;

/// Registers what runs behind the services.
pub fn register(registry: &mut Registry) {
    registry.deadline(clocks::Check);
    cases::register(registry);
}

/// The routes of this crate.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().merge(cases::routes())
}
