//! Inboxes over HTTP.

use std::collections::HashMap;

use axum::{
    Json,
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header::ETAG},
};
use heard_kernel::{Error, Page, Result, codes};
use heard_platform::{calendars::library, directory::TeamId};
use heard_web::{Answer, AppState, Auth, IfMatch, JsonBody, OnceBody, PathParams, etag};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    hours::{OpenNow, open_at},
    model::{ApiConfig, Hours, Inbox, InboxId, InboxKind, InboxState, WebChatConfig},
    service::{self, Patch},
};
use crate::{
    conversations::{self, View},
    rights,
};
use heard_web::wire::{given, with_current};

/// The routes of inboxes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(get, update, delete))
        .routes(routes!(install))
        .routes(routes!(rotate_identity_secret))
        .routes(routes!(open_now))
}

/// An inbox.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Inbox)]
pub struct InboxView {
    /// Which one.
    pub id: InboxId,
    /// Through which channel it receives.
    pub kind: InboxKind,
    /// Its name for the team.
    pub name: String,
    /// Its name towards the outside.
    pub key: String,
    /// Whether it takes messages.
    pub state: InboxState,
    /// The teams that see it; none means all.
    pub team_ids: Vec<TeamId>,
    /// The team that new conversations go to.
    #[schema(required = true)]
    pub default_team_id: Option<TeamId>,
    /// When somebody is there.
    pub hours: Hours,
    /// How large an attachment may be.
    pub max_attachment_mb: u32,
    /// Kinds of attachments that are taken; all safe ones when empty.
    pub attachment_kinds: Vec<String>,
    /// Settings of the widget.
    #[schema(required = true)]
    pub web_chat: Option<WebChatConfig>,
    /// Settings of the generic channel.
    #[schema(required = true)]
    pub api: Option<ApiConfig>,
    /// Active conversations.
    pub open_count: i64,
    /// Rises with each change.
    pub version: i64,
}

async fn show(state: &AppState, inboxes: Vec<Inbox>) -> Result<Vec<InboxView>> {
    let ids: Vec<Uuid> = inboxes.iter().map(|inbox| inbox.id.0).collect();
    let counts: HashMap<_, _> =
        state.ctx.read(async move |tx| conversations::store::read_counts(tx, &ids).await).await?;
    let views = inboxes.into_iter().map(|inbox| InboxView {
        open_count: counts.get(&(View::Inbox, inbox.id.0)).copied().unwrap_or(0),
        id: inbox.id,
        kind: inbox.kind,
        name: inbox.name,
        key: inbox.key,
        state: inbox.state,
        team_ids: inbox.team_ids,
        default_team_id: inbox.default_team_id,
        hours: inbox.config.hours,
        max_attachment_mb: inbox.config.max_attachment_mb,
        attachment_kinds: inbox.config.attachment_kinds,
        web_chat: inbox.config.web_chat,
        api: inbox.config.api,
        version: inbox.version,
    });
    Ok(views.collect())
}

type Tagged = ([(HeaderName, HeaderValue); 1], Json<InboxView>);

async fn show_one(state: &AppState, inbox: Inbox) -> Result<Tagged> {
    let view = show(state, vec![inbox]).await?.remove(0);
    Ok(([(ETAG, etag(view.version))], Json(view)))
}

/// List inboxes
#[utoipa::path(get, path = "/inboxes", tag = "inboxes", responses((status = 200, body = Page<InboxView>)))]
async fn list(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<Page<InboxView>>> {
    let inboxes = state.ctx.read(async move |tx| service::list(tx, &actor).await).await?;
    Ok(Json(Page { items: show(&state, inboxes).await?, next_cursor: None }))
}

/// An inbox to be set up.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct NewInbox {
    /// Through which channel it receives.
    pub kind: InboxKind,
    /// Its name for the team.
    pub name: String,
}

/// Set up an inbox
#[utoipa::path(post, path = "/inboxes", tag = "inboxes", request_body = NewInbox,
    responses((status = 201, body = InboxView)))]
async fn create(
    State(state): State<AppState>,
    Auth(actor): Auth,
    once: OnceBody<NewInbox>,
) -> Answer<(StatusCode, Tagged)> {
    let body = once.body;
    let id = state
        .ctx
        .tx_once(&actor, once.key, async move |tx| Ok(service::create(tx, body.kind, &body.name).await?.id))
        .await?;
    let inbox = state.ctx.read(async move |tx| service::get(tx, id).await).await?;
    Ok((StatusCode::CREATED, show_one(&state, inbox).await?))
}

/// Get an inbox
#[utoipa::path(get, path = "/inboxes/{id}", tag = "inboxes", params(("id" = InboxId, Path)),
    responses((status = 200, body = InboxView)))]
async fn get(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<InboxId>,
) -> Answer<Tagged> {
    let inbox = state.ctx.read(async move |tx| service::one(tx, &actor, id).await).await?;
    Ok(show_one(&state, inbox).await?)
}

/// What of an inbox is to change.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct InboxPatch {
    /// A new name.
    pub name: Option<String>,
    /// Pause it or let it go on.
    pub state: Option<InboxState>,
    /// The teams that see it.
    pub team_ids: Option<Vec<TeamId>>,
    /// The team that new conversations go to; none when `null`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<TeamId>)]
    pub default_team_id: Option<Option<TeamId>>,
    /// When somebody is there.
    pub hours: Option<Hours>,
    /// How large an attachment may be.
    pub max_attachment_mb: Option<u32>,
    /// Kinds of attachments that are taken.
    pub attachment_kinds: Option<Vec<String>>,
    /// Settings of the widget.
    pub web_chat: Option<WebChatConfig>,
    /// Settings of the generic channel.
    pub api: Option<ApiConfig>,
}

/// Change an inbox
#[utoipa::path(patch, path = "/inboxes/{id}", tag = "inboxes", params(("id" = InboxId, Path)),
    request_body = InboxPatch, responses((status = 200, body = InboxView)))]
async fn update(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<InboxId>,
    IfMatch(version): IfMatch,
    JsonBody(body): JsonBody<InboxPatch>,
) -> Answer<Tagged> {
    let patch = Patch {
        name: body.name,
        state: body.state,
        team_ids: body.team_ids,
        default_team_id: body.default_team_id,
        hours: body.hours,
        max_attachment_mb: body.max_attachment_mb,
        attachment_kinds: body.attachment_kinds,
        web_chat: body.web_chat,
        api: body.api,
    };
    let changed =
        state.ctx.tx(&actor, async move |tx| service::update(tx, id, version, patch.clone()).await).await;
    match changed {
        Ok(inbox) => Ok(show_one(&state, inbox).await?),
        Err(error) if error.is(codes::VERSION_CONFLICT) => {
            let inbox = state.ctx.read(async move |tx| service::get(tx, id).await).await?;
            Err(with_current(error, show(&state, vec![inbox]).await?.first()).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Remove an inbox that never held a conversation
#[utoipa::path(delete, path = "/inboxes/{id}", tag = "inboxes", params(("id" = InboxId, Path)),
    responses((status = 204)))]
async fn delete(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<InboxId>,
) -> Answer<StatusCode> {
    state.ctx.tx(&actor, async move |tx| service::delete(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How a page embeds the widget.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub(crate) struct Install {
    /// What to put into the page.
    pub snippet: String,
    /// How the host's server signs an identity.
    pub identity_example: String,
}

/// How to embed the widget
#[utoipa::path(get, path = "/inboxes/{id}/install", tag = "inboxes", params(("id" = InboxId, Path)),
    responses((status = 200, body = Install)))]
async fn install(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<InboxId>,
) -> Answer<Json<Install>> {
    let inbox = state.ctx.read(async move |tx| service::one(tx, &actor, id).await).await?;
    if inbox.kind != InboxKind::WebChat {
        return Err(Error::not_found("widget").into());
    }
    let origin = state.site.public_origin();
    let origin = origin.as_deref().unwrap_or("");
    let key = &inbox.key;
    Ok(Json(Install {
        snippet: format!("<script async src=\"{origin}/widget.js\" data-inbox=\"{key}\"></script>"),
        identity_example: "const hash = crypto.createHmac('sha256', IDENTITY_SECRET).update(user.id).digest('hex');\n\
             // In the page: Heard.identify({ external_id: user.id, hash, name: user.name, email: user.email })"
            .to_owned(),
    }))
}

/// A new secret.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub(crate) struct IdentitySecret {
    /// The secret, shown once.
    pub secret: String,
}

/// Make a new secret for signing identities
#[utoipa::path(post, path = "/inboxes/{id}/identity_secret", tag = "inboxes", params(("id" = InboxId, Path)),
    responses((status = 200, body = IdentitySecret)))]
async fn rotate_identity_secret(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<InboxId>,
) -> Answer<Json<IdentitySecret>> {
    let secret = state.ctx.tx(&actor, async move |tx| service::rotate_identity_secret(tx, id).await).await?;
    Ok(Json(IdentitySecret { secret }))
}

/// Whether somebody is there now
#[utoipa::path(get, path = "/inboxes/{id}/open_now", tag = "inboxes", params(("id" = InboxId, Path)),
    responses((status = 200, body = OpenNow)))]
async fn open_now(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<InboxId>,
) -> Answer<Json<OpenNow>> {
    actor.require(rights::INBOX_READ)?;
    let read = state.ctx.read(async move |tx| Ok((service::get(tx, id).await?, library(tx).await?)));
    let (inbox, known) = read.await?;
    Ok(Json(open_at(&inbox.config.hours, &known, state.ctx.now())))
}
