//! Canned replies over HTTP.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header::ETAG},
};
use heard_kernel::{Page, Result};
use heard_platform::{
    directory::{Directory, TeamId, UserRef},
    settings,
};
use heard_web::{Answer, AppState, Auth, IfMatch, JsonBody, OnceBody, PathParams, QueryParams, etag};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    model::{CannedId, CannedReply, Scope},
    rules::Rendered,
    service::{self, NewCanned, Patch},
};
use crate::conversations::ConversationId;

/// The routes of canned replies.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(update, delete)).routes(routes!(render))
}

/// A canned reply.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = CannedReply)]
pub(crate) struct CannedView {
    /// Which one.
    pub id: CannedId,
    /// The word after `/` that brings it.
    pub shortcut: String,
    /// Its name.
    pub title: String,
    /// The text with variables like `{{contact.name}}`.
    pub body: String,
    /// Who can use it.
    pub scope: Scope,
    /// The team that can use it.
    #[schema(required = true)]
    pub team_id: Option<TeamId>,
    /// Who made it.
    pub owner: UserRef,
    /// How often it was used.
    pub use_count: i64,
    /// The title in pinyin.
    pub pinyin: String,
    /// The initials of the title's pinyin.
    pub initials: String,
    /// Rises with each change.
    pub version: i64,
}

async fn show(state: &AppState, replies: Vec<CannedReply>) -> Result<Vec<CannedView>> {
    let ids: Vec<Uuid> = replies.iter().map(|reply| reply.owner_id.0).collect();
    let users = Directory::of(&state.ctx).users(&state.ctx, &ids).await?;
    let nobody = |id| UserRef { id, name: String::new(), avatar_attachment_id: None };
    Ok(replies
        .into_iter()
        .map(|reply| CannedView {
            owner: users.get(&reply.owner_id.0).cloned().unwrap_or_else(|| nobody(reply.owner_id)),
            id: reply.id,
            shortcut: reply.shortcut,
            title: reply.title,
            body: reply.body,
            scope: reply.scope,
            team_id: reply.team_id,
            use_count: reply.use_count,
            pinyin: reply.pinyin,
            initials: reply.initials,
            version: reply.version,
        })
        .collect())
}

type Tagged = ([(HeaderName, HeaderValue); 1], Json<CannedView>);

async fn show_one(state: &AppState, reply: CannedReply) -> Result<Tagged> {
    let view = show(state, vec![reply]).await?.remove(0);
    Ok(([(ETAG, etag(view.version))], Json(view)))
}

/// Which replies are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CannedQuery {
    /// A word, a shortcut, pinyin or its initials; all replies when absent.
    pub q: Option<String>,
}

/// List canned replies that the caller can use, the best fitting first
#[utoipa::path(get, path = "/canned_replies", tag = "canned_replies", params(CannedQuery),
    responses((status = 200, body = Page<CannedView>)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    QueryParams(query): QueryParams<CannedQuery>,
) -> Answer<Json<Page<CannedView>>> {
    let typed = query.q.unwrap_or_default();
    let replies = state.ctx.read(async move |tx| service::list(tx, &actor, &typed).await).await?;
    Ok(Json(Page { items: show(&state, replies).await?, next_cursor: None }))
}

/// A canned reply to be made.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct NewCannedReply {
    /// The word after `/` that brings it.
    pub shortcut: String,
    /// Its name.
    pub title: String,
    /// The text.
    pub body: String,
    /// Who can use it; oneself when absent.
    pub scope: Option<Scope>,
    /// The team that can use it.
    pub team_id: Option<TeamId>,
}

/// Make a canned reply
#[utoipa::path(post, path = "/canned_replies", tag = "canned_replies", request_body = NewCannedReply,
    responses((status = 201, body = CannedView)))]
async fn create(
    State(state): State<AppState>,
    Auth(actor): Auth,
    once: OnceBody<NewCannedReply>,
) -> Answer<(StatusCode, Tagged)> {
    let body = once.body;
    let new = NewCanned {
        shortcut: body.shortcut,
        title: body.title,
        body: body.body,
        scope: body.scope.unwrap_or(Scope::Own),
        team_id: body.team_id,
    };
    let reader = actor.clone();
    let id = state
        .ctx
        .tx_once(&actor, once.key, async move |tx| Ok(service::create(tx, new.clone()).await?.id))
        .await?;
    let reply = state.ctx.read(async move |tx| service::one(tx, &reader, id).await).await?;
    Ok((StatusCode::CREATED, show_one(&state, reply).await?))
}

/// What of a canned reply is to change.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct CannedPatch {
    /// The word after `/`.
    pub shortcut: Option<String>,
    /// The name.
    pub title: Option<String>,
    /// The text.
    pub body: Option<String>,
    /// Who can use it.
    pub scope: Option<Scope>,
    /// The team that can use it.
    pub team_id: Option<TeamId>,
}

/// Change a canned reply
#[utoipa::path(patch, path = "/canned_replies/{id}", tag = "canned_replies", params(("id" = CannedId, Path)),
    request_body = CannedPatch, responses((status = 200, body = CannedView)))]
async fn update(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CannedId>,
    IfMatch(version): IfMatch,
    JsonBody(body): JsonBody<CannedPatch>,
) -> Answer<Tagged> {
    let patch = Patch {
        shortcut: body.shortcut,
        title: body.title,
        body: body.body,
        scope: body.scope,
        team_id: body.team_id,
    };
    let reply =
        state.ctx.tx(&actor, async move |tx| service::update(tx, id, version, patch.clone()).await).await?;
    Ok(show_one(&state, reply).await?)
}

/// Remove a canned reply
#[utoipa::path(delete, path = "/canned_replies/{id}", tag = "canned_replies", params(("id" = CannedId, Path)),
    responses((status = 204)))]
async fn delete(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CannedId>,
) -> Answer<StatusCode> {
    state.ctx.tx(&actor, async move |tx| service::delete(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// For which conversation a reply is filled.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
pub(crate) struct RenderRequest {
    /// The conversation.
    pub conversation_id: ConversationId,
}

/// Fill a canned reply for a conversation
#[utoipa::path(post, path = "/canned_replies/{id}/render", tag = "canned_replies", params(("id" = CannedId, Path)),
    request_body = RenderRequest, responses((status = 200, body = Rendered)))]
async fn render(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CannedId>,
    JsonBody(body): JsonBody<RenderRequest>,
) -> Answer<Json<Rendered>> {
    let organization = settings::find(&state.ctx).await?.map(|settings| settings.organization.clone());
    let rendered = state
        .ctx
        .tx(&actor, async move |tx| service::render(tx, id, body.conversation_id, organization.clone()).await)
        .await?;
    Ok(Json(rendered))
}
