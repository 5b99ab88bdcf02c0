//! Packs over HTTP.

use axum::Json;
use heard_kernel::{Error, Page};
use heard_web::{Answer, AppState, Auth, PathParams};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    plans::{
        model::Text,
        packs::{self, LawPack, Pack},
    },
    rights::PLAN_READ,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_plan_packs))
        .routes(routes!(get_plan_pack))
        .routes(routes!(list_law_packs))
}

/// A pack without its plan.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct PlanPackSummary {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// For whom it is, and what is in it.
    pub about: Text,
}

/// List packs: plans for a line of business to begin with
#[utoipa::path(get, path = "/plan_packs", tag = "plans", responses((status = 200, body = Page<PlanPackSummary>)))]
async fn list_plan_packs(Auth(actor): Auth) -> Answer<Json<Page<PlanPackSummary>>> {
    actor.require(PLAN_READ)?;
    let summary = |pack: &Pack| PlanPackSummary {
        key: pack.key.clone(),
        name: pack.name.clone(),
        about: pack.about.clone(),
    };
    Ok(Json(Page { items: packs::packs().iter().map(summary).collect(), next_cursor: None }))
}

/// Read a pack with its plan
#[utoipa::path(get, path = "/plan_packs/{key}", tag = "plans", params(("key" = String, Path)),
    responses((status = 200, body = Pack)))]
async fn get_plan_pack(
    Auth(actor): Auth,
    PathParams(key): PathParams<String>,
) -> Answer<Json<&'static Pack>> {
    actor.require(PLAN_READ)?;
    Ok(Json(packs::pack(&key).ok_or_else(|| Error::not_found("plan_pack"))?))
}

/// List law packs: clocks that laws demand, with their sources
#[utoipa::path(get, path = "/law_packs", tag = "plans", responses((status = 200, body = Page<LawPack>)))]
async fn list_law_packs(Auth(actor): Auth) -> Answer<Json<Page<LawPack>>> {
    actor.require(PLAN_READ)?;
    Ok(Json(Page { items: packs::laws().to_vec(), next_cursor: None }))
}
