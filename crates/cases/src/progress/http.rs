//! Links to progress pages over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use heard_kernel::Page;
use heard_platform::directory::UserRef;
use heard_web::{Answer, AppState, Auth, PathParams};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{Input, LinkId, ProgressLink},
    service,
};
use crate::{cases::CaseId, ground::Names, notices::Setting};

/// The routes of progress links; the pages themselves are beside the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(revoke)).routes(routes!(said))
}

/// A link to the progress page of a case.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = ProgressLink)]
pub struct ProgressLinkView {
    /// As it stands.
    #[serde(flatten)]
    pub link: ProgressLink,
    /// Who made it.
    #[schema(required = true)]
    pub creator: Option<UserRef>,
    /// The address for the customer; only when it was just made.
    #[schema(required = true)]
    pub url: Option<String>,
}

/// The links to the progress page of a case
#[utoipa::path(get, path = "/cases/{id}/progress_links", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = Page<ProgressLinkView>)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Json<Page<ProgressLinkView>>> {
    let links = state.ctx.read(async move |tx| service::list(tx, &actor, id).await).await?;
    let names = Names::of(&state.ctx, links.iter().map(|link| link.created_by), []).await?;
    let shown =
        |link: ProgressLink| ProgressLinkView { creator: names.user(link.created_by), link, url: None };
    Ok(Json(Page { items: links.into_iter().map(shown).collect(), next_cursor: None }))
}

/// Make a link to the progress page; its address is shown this once
#[utoipa::path(post, path = "/cases/{id}/progress_links", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 201, body = ProgressLinkView)))]
async fn create(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseId>,
) -> Answer<(StatusCode, Json<ProgressLinkView>)> {
    let origin = Setting::of(&state.ctx).await?.origin;
    let fresh = state.ctx.tx(&actor, async move |tx| service::create(tx, id).await).await?;
    let names = Names::of(&state.ctx, [fresh.link.created_by], []).await?;
    let view = ProgressLinkView {
        creator: names.user(fresh.link.created_by),
        url: Some(fresh.url(&origin)),
        link: fresh.link,
    };
    Ok((StatusCode::CREATED, Json(view)))
}

/// Revoke a link to the progress page
#[utoipa::path(delete, path = "/cases/{id}/progress_links/{link_id}", tag = "cases",
    params(("id" = CaseId, Path), ("link_id" = LinkId, Path)), responses((status = 204)))]
async fn revoke(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams((id, link)): PathParams<(CaseId, LinkId)>,
) -> Answer<StatusCode> {
    state.ctx.tx(&actor, async move |tx| service::revoke(tx, id, link).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the customer said on the progress page, word for word
#[utoipa::path(get, path = "/cases/{id}/progress_inputs", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = Page<Input>)))]
async fn said(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Json<Page<Input>>> {
    let items = state.ctx.read(async move |tx| service::inputs(tx, &actor, id).await).await?;
    Ok(Json(Page { items, next_cursor: None }))
}
