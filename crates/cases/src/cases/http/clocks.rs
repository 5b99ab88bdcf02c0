//! The clocks of a case.

use axum::{Json, extract::State};
use heard_web::{Answer, AppState, Auth, PathParams};

use super::super::{edit, model::CaseId};
use crate::{
    clocks::{self, CaseClocks},
    rights,
};

/// The clocks of a case, in the order of their starts
#[utoipa::path(get, path = "/cases/{id}/clocks", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = CaseClocks)))]
pub(super) async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Json<CaseClocks>> {
    let now = state.ctx.now();
    let shown = state
        .ctx
        .read(async move |tx| {
            actor.require(rights::READ)?;
            edit::visible(tx, &actor, id).await?;
            clocks::of_case(tx, id, now).await
        })
        .await?;
    Ok(Json(shown))
}
