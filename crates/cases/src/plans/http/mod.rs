//! Plans over HTTP.

mod packs;
mod plans;
mod versions;
mod views;

use heard_web::AppState;
use utoipa_axum::router::OpenApiRouter;

pub(super) use views::People;

/// The routes of plans, their versions, packs and evaluations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(plans::routes())
        .merge(versions::routes())
        .merge(packs::routes())
        .merge(super::evaluations::routes())
}
