//! Tags over HTTP.

use axum::{Json, extract::State, http::StatusCode, http::header::ETAG};
use heard_kernel::Page;
use heard_web::{Answer, AppState, Auth, IfMatch, JsonBody, OnceBody, PathParams, etag};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{Tag, TagColor, TagId},
    service,
};

/// The routes of tags.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(update, delete))
}

/// List tags
#[utoipa::path(get, path = "/tags", tag = "tags", responses((status = 200, body = Page<Tag>)))]
async fn list(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<Page<Tag>>> {
    let items = state.ctx.read(async move |tx| service::list(tx, &actor).await).await?;
    Ok(Json(Page { items, next_cursor: None }))
}

/// A tag to be made.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct NewTag {
    /// Its name.
    pub name: String,
    /// Its colour; grey when absent.
    pub color: Option<TagColor>,
}

/// Make a tag
#[utoipa::path(post, path = "/tags", tag = "tags", request_body = NewTag, responses((status = 201, body = Tag)))]
async fn create(
    State(state): State<AppState>,
    Auth(actor): Auth,
    once: OnceBody<NewTag>,
) -> Answer<(StatusCode, Json<Tag>)> {
    let body = once.body;
    let tag = state
        .ctx
        .tx_once(&actor, once.key, async move |tx| {
            service::create(tx, &body.name, body.color.unwrap_or(TagColor::Gray)).await
        })
        .await?;
    Ok((StatusCode::CREATED, Json(tag)))
}

/// What of a tag is to change.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct TagPatch {
    /// A new name.
    pub name: Option<String>,
    /// A new colour.
    pub color: Option<TagColor>,
}

/// Change a tag
#[utoipa::path(patch, path = "/tags/{id}", tag = "tags", params(("id" = TagId, Path)), request_body = TagPatch,
    responses((status = 200, body = Tag)))]
async fn update(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<TagId>,
    IfMatch(version): IfMatch,
    JsonBody(body): JsonBody<TagPatch>,
) -> Answer<([(axum::http::HeaderName, axum::http::HeaderValue); 1], Json<Tag>)> {
    let tag = state
        .ctx
        .tx(&actor, async move |tx| service::update(tx, id, version, body.name.as_deref(), body.color).await)
        .await?;
    Ok(([(ETAG, etag(tag.version))], Json(tag)))
}

/// Remove a tag everywhere
#[utoipa::path(delete, path = "/tags/{id}", tag = "tags", params(("id" = TagId, Path)), responses((status = 204)))]
async fn delete(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<TagId>,
) -> Answer<StatusCode> {
    state.ctx.tx(&actor, async move |tx| service::delete(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
