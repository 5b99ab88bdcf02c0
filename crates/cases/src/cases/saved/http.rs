//! Saved views over HTTP.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header::ETAG},
};
use heard_kernel::Page;
use heard_web::{Answer, AppState, Auth, IfMatch, JsonBody, OnceBody, PathParams, etag};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{CaseViewId, NewView, SavedView};

/// The routes of saved views.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(update, delete))
}

/// List saved views of cases
#[utoipa::path(get, path = "/case_views", tag = "cases", responses((status = 200, body = Page<SavedView>)))]
async fn list(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<Page<SavedView>>> {
    let items = state.ctx.read(async move |tx| super::list(tx, &actor).await).await?;
    Ok(Json(Page { items, next_cursor: None }))
}

/// Save a view of cases
#[utoipa::path(post, path = "/case_views", tag = "cases", request_body = NewView,
    responses((status = 201, body = SavedView)))]
async fn create(
    State(state): State<AppState>,
    Auth(actor): Auth,
    once: OnceBody<NewView>,
) -> Answer<(StatusCode, Json<SavedView>)> {
    let body = once.body;
    let view = state
        .ctx
        .tx_once(&actor, once.key, async move |tx| super::keep(tx, None, body.clone()).await)
        .await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// Change a saved view of cases
#[utoipa::path(put, path = "/case_views/{id}", tag = "cases", params(("id" = CaseViewId, Path)),
    request_body = NewView, responses((status = 200, body = SavedView)))]
async fn update(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseViewId>,
    IfMatch(version): IfMatch,
    JsonBody(body): JsonBody<NewView>,
) -> Answer<([(HeaderName, HeaderValue); 1], Json<SavedView>)> {
    let view = state
        .ctx
        .tx(&actor, async move |tx| super::keep(tx, Some((id, version)), body.clone()).await)
        .await?;
    Ok(([(ETAG, etag(view.version))], Json(view)))
}

/// Remove a saved view of cases
#[utoipa::path(delete, path = "/case_views/{id}", tag = "cases", params(("id" = CaseViewId, Path)),
    responses((status = 204)))]
async fn delete(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseViewId>,
) -> Answer<StatusCode> {
    state.ctx.tx(&actor, async move |tx| super::remove(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
