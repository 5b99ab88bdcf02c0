//! Escalations over HTTP.

use axum::{Json, extract::State};
use heard_kernel::Page;
use heard_web::{Answer, AppState, Auth, PathParams};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::model::Escalation;
use crate::cases::CaseId;

/// The routes of escalations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// What was escalated about a case
#[utoipa::path(get, path = "/cases/{id}/escalations", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = Page<Escalation>)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Json<Page<Escalation>>> {
    let items = state.ctx.read(async move |tx| super::list(tx, &actor, id).await).await?;
    Ok(Json(Page { items, next_cursor: None }))
}
