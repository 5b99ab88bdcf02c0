//! Conversations over HTTP.

use axum::{Json, extract::State, http::StatusCode, http::header::ETAG};
use heard_kernel::{Actor, Locale, Page, PageRequest, Result, Timestamp};
use heard_platform::directory::{Directory, TeamId, UserId, UserRef, acting_user};
use heard_web::{Answer, AppState, Auth, IfMatch, JsonBody, Lang, OnceBody, PathParams, QueryParams, etag};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    ConversationId, Counts, ListRequest, Patch, Priority, Sort, State as ConversationState, StateWish,
    ViewName, diagnosis, looks, merge as merging, query, service,
    view::{Batch, ConversationView},
};
use crate::{contacts::ContactId, inboxes::InboxId, messages::NewMessage, tags::TagId};
use heard_web::wire::{given, with_current};

/// The routes of conversations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, start))
        .routes(routes!(counts))
        .routes(routes!(get, update))
        .routes(routes!(assign))
        .routes(routes!(set_state))
        .routes(routes!(tag))
        .routes(routes!(change_participants))
        .routes(routes!(read))
        .routes(routes!(merge))
        .routes(routes!(unmerge))
        .routes(routes!(viewers))
        .routes(routes!(request_diagnosis))
}

/// Which conversations are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ConversationQuery {
    /// The prepared list.
    pub view: Option<ViewName>,
    /// Only of this team.
    pub team_id: Option<TeamId>,
    /// Only of this inbox.
    pub inbox_id: Option<InboxId>,
    /// Only served by this user.
    pub assignee_id: Option<UserId>,
    /// Only with this tag.
    pub tag_id: Option<TagId>,
    /// Only of this contact.
    pub contact_id: Option<ContactId>,
    /// Only in this state.
    pub state: Option<ConversationState>,
    /// Only with these words in number, subject, last message or contact.
    pub q: Option<String>,
    /// In which order.
    pub sort: Option<Sort>,
}

/// A page of conversations that an actor sees.
pub(crate) async fn show_list(
    state: &AppState,
    actor: &Actor,
    locale: Locale,
    request: ListRequest,
) -> Result<Page<ConversationView>> {
    let reader = actor.clone();
    let (batch, next_cursor) = state
        .ctx
        .read(async move |tx| {
            let page = query::list(tx, &reader, &request).await?;
            Ok((Batch::load(tx, page.items).await?, page.next_cursor))
        })
        .await?;
    Ok(Page { items: batch.show(state, locale).await?, next_cursor })
}

/// One conversation for somebody who has just changed it, and who may not see it any more after that.
async fn show_changed(
    state: &AppState,
    actor: &Actor,
    locale: Locale,
    id: ConversationId,
) -> Result<ConversationView> {
    let viewer = actor.id.unwrap_or_default();
    let batch = state
        .ctx
        .read(async move |tx| {
            let listed = query::unchecked(tx, viewer, id).await?;
            Batch::load(tx, vec![listed]).await
        })
        .await?;
    Ok(batch.show(state, locale).await?.remove(0))
}

/// List conversations
#[utoipa::path(get, path = "/conversations", tag = "conversations", params(ConversationQuery, PageRequest),
    responses((status = 200, body = Page<ConversationView>)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    QueryParams(query): QueryParams<ConversationQuery>,
    QueryParams(page): QueryParams<PageRequest>,
) -> Answer<Json<Page<ConversationView>>> {
    let request = ListRequest {
        view: query.view,
        team_id: query.team_id,
        inbox_id: query.inbox_id,
        assignee_id: query.assignee_id,
        tag_id: query.tag_id,
        contact_id: query.contact_id,
        state: query.state,
        words: query.q,
        sort: query.sort.unwrap_or_default(),
        page,
    };
    Ok(Json(show_list(&state, &actor, locale, request).await?))
}

/// Sizes of the caller's lists
#[utoipa::path(get, path = "/conversation_counts", tag = "conversations", responses((status = 200, body = Counts)))]
async fn counts(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<Counts>> {
    Ok(Json(state.ctx.read(async move |tx| query::counts(tx, &actor).await).await?))
}

/// A conversation that a user begins.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct NewConversation {
    /// In which inbox.
    pub inbox_id: InboxId,
    /// With whom.
    pub contact_id: ContactId,
    /// The first message.
    pub message: Option<NewMessage>,
}

/// Begin a conversation
#[utoipa::path(post, path = "/conversations", tag = "conversations", request_body = NewConversation,
    responses((status = 201, body = ConversationView)))]
async fn start(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    once: OnceBody<NewConversation>,
) -> Answer<(StatusCode, Json<ConversationView>)> {
    let body = once.body;
    let id = state
        .ctx
        .tx_once(&actor, once.key, async move |tx| {
            let words = body.message.clone().map(NewMessage::into_words);
            Ok(service::start(tx, body.inbox_id, body.contact_id, words).await?.0)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(show_changed(&state, &actor, locale, id).await?)))
}

type Tagged = ([(axum::http::HeaderName, axum::http::HeaderValue); 1], Json<ConversationView>);

/// Get a conversation
#[utoipa::path(get, path = "/conversations/{id}", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 200, body = ConversationView)))]
async fn get(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ConversationId>,
) -> Answer<Tagged> {
    let (reader, now) = (actor.clone(), state.ctx.now());
    let (batch, new_look) = state
        .ctx
        .read(async move |tx| {
            let listed = query::one(tx, &reader, id).await?;
            let new_look = match acting_user(&reader) {
                Some(user) => service::is_new_look(tx, id, user, now).await?,
                None => false,
            };
            Ok((Batch::load(tx, vec![listed]).await?, new_look))
        })
        .await?;
    if new_look {
        state.ctx.tx(&actor, async move |tx| service::note_look(tx, id).await).await?;
    }
    let view = batch.show(&state, locale).await?.remove(0);
    Ok(([(ETAG, etag(view.version))], Json(view)))
}

/// What of a conversation is to change.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct ConversationPatch {
    /// A new subject; an empty one removes it.
    pub subject: Option<String>,
    /// A new priority.
    pub priority: Option<Priority>,
}

/// Change subject and priority
#[utoipa::path(patch, path = "/conversations/{id}", tag = "conversations", params(("id" = ConversationId, Path)),
    request_body = ConversationPatch, responses((status = 200, body = ConversationView)))]
async fn update(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ConversationId>,
    IfMatch(version): IfMatch,
    JsonBody(body): JsonBody<ConversationPatch>,
) -> Answer<Tagged> {
    let patch = Patch { subject: body.subject, priority: body.priority };
    let changed =
        state.ctx.tx(&actor, async move |tx| service::update(tx, id, version, patch.clone()).await).await;
    match changed {
        Ok(_) => {
            let view = show_changed(&state, &actor, locale, id).await?;
            Ok(([(ETAG, etag(view.version))], Json(view)))
        }
        Err(error) if error.is(heard_kernel::codes::VERSION_CONFLICT) => {
            Err(with_current(error, show_changed(&state, &actor, locale, id).await?).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// To whom a conversation goes.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct AssignRequest {
    /// The agent; nobody when `null`.
    pub assignee_id: Option<UserId>,
    /// The team; it stays when absent, or when an agent is named and this is `null`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<TeamId>)]
    pub team_id: Option<Option<TeamId>>,
    /// What the next one should know.
    pub note: Option<String>,
}

/// Assign or transfer
#[utoipa::path(post, path = "/conversations/{id}/assign", tag = "conversations", params(("id" = ConversationId, Path)),
    request_body = AssignRequest, responses((status = 200, body = ConversationView)))]
async fn assign(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ConversationId>,
    JsonBody(body): JsonBody<AssignRequest>,
) -> Answer<Json<ConversationView>> {
    let team_id = body.team_id.filter(|team| team.is_some() || body.assignee_id.is_none());
    let wish = service::Assignment { assignee_id: body.assignee_id, team_id, note: body.note };
    state.ctx.tx(&actor, async move |tx| service::assign(tx, id, wish.clone()).await).await?;
    Ok(Json(show_changed(&state, &actor, locale, id).await?))
}

/// The state that is wanted.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
pub(crate) struct StateRequest {
    /// The state.
    pub state: ConversationState,
    /// When it comes back; with `snoozed`.
    pub snoozed_until: Option<Timestamp>,
}

/// Open, close, snooze, or let wait
#[utoipa::path(post, path = "/conversations/{id}/state", tag = "conversations", params(("id" = ConversationId, Path)),
    request_body = StateRequest, responses((status = 200, body = ConversationView)))]
async fn set_state(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ConversationId>,
    JsonBody(body): JsonBody<StateRequest>,
) -> Answer<Json<ConversationView>> {
    let wish = StateWish { state: body.state, snoozed_until: body.snoozed_until };
    state.ctx.tx(&actor, async move |tx| service::set_state(tx, id, wish).await).await?;
    Ok(Json(show_changed(&state, &actor, locale, id).await?))
}

/// Tags to put on and take off.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct TagRequest {
    /// Put on.
    #[serde(default)]
    pub add: Vec<TagId>,
    /// Take off.
    #[serde(default)]
    pub remove: Vec<TagId>,
}

/// Change tags
#[utoipa::path(post, path = "/conversations/{id}/tags", tag = "conversations", params(("id" = ConversationId, Path)),
    request_body = TagRequest, responses((status = 200, body = ConversationView)))]
async fn tag(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ConversationId>,
    JsonBody(body): JsonBody<TagRequest>,
) -> Answer<Json<ConversationView>> {
    state.ctx.tx(&actor, async move |tx| service::tag(tx, id, &body.add, &body.remove).await).await?;
    Ok(Json(show_changed(&state, &actor, locale, id).await?))
}

/// Users to add and remove.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct ParticipantRequest {
    /// Join.
    #[serde(default)]
    pub add: Vec<UserId>,
    /// Leave.
    #[serde(default)]
    pub remove: Vec<UserId>,
}

/// Change participants
#[utoipa::path(post, path = "/conversations/{id}/participants", tag = "conversations",
    params(("id" = ConversationId, Path)), request_body = ParticipantRequest,
    responses((status = 200, body = ConversationView)))]
async fn change_participants(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ConversationId>,
    JsonBody(body): JsonBody<ParticipantRequest>,
) -> Answer<Json<ConversationView>> {
    state
        .ctx
        .tx(&actor, async move |tx| service::change_participants(tx, id, &body.add, &body.remove).await)
        .await?;
    Ok(Json(show_changed(&state, &actor, locale, id).await?))
}

/// How far the caller has read.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
pub(crate) struct ReadRequest {
    /// Up to which message.
    pub no: i64,
}

/// Mark as read up to a message
#[utoipa::path(post, path = "/conversations/{id}/read", tag = "conversations", params(("id" = ConversationId, Path)),
    request_body = ReadRequest, responses((status = 204)))]
async fn read(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<ConversationId>,
    JsonBody(body): JsonBody<ReadRequest>,
) -> Answer<StatusCode> {
    state.ctx.tx(&actor, async move |tx| service::read(tx, id, body.no).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Into which conversation another one is merged.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
pub(crate) struct MergeRequest {
    /// The conversation that goes on.
    pub into: ConversationId,
}

/// Merge into another conversation of the same contact
#[utoipa::path(post, path = "/conversations/{id}/merge", tag = "conversations", params(("id" = ConversationId, Path)),
    request_body = MergeRequest, responses((status = 200, body = ConversationView)))]
async fn merge(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ConversationId>,
    JsonBody(body): JsonBody<MergeRequest>,
) -> Answer<Json<ConversationView>> {
    state.ctx.tx(&actor, async move |tx| merging::merge(tx, id, body.into).await).await?;
    Ok(Json(show_changed(&state, &actor, locale, body.into).await?))
}

/// Undo a merge
#[utoipa::path(post, path = "/conversations/{id}/unmerge", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 200, body = ConversationView)))]
async fn unmerge(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ConversationId>,
) -> Answer<Json<ConversationView>> {
    state.ctx.tx(&actor, async move |tx| merging::unmerge(tx, id).await).await?;
    Ok(Json(show_changed(&state, &actor, locale, id).await?))
}

/// Who looks at a conversation now.
#[derive(Clone, Debug, serde::Serialize, ToSchema)]
pub(crate) struct Viewers {
    /// The users.
    pub items: Vec<UserRef>,
}

/// Who looks at it now
#[utoipa::path(get, path = "/conversations/{id}/viewers", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 200, body = Viewers)))]
async fn viewers(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<ConversationId>,
) -> Answer<Json<Viewers>> {
    state.ctx.read(async move |tx| query::one(tx, &actor, id).await).await?;
    let ids = looks::Looks::of(&state.ctx).viewers(&state.hub, id);
    let users = Directory::of(&state.ctx).users(&state.ctx, &ids).await?;
    let items = ids.iter().filter_map(|id| users.get(id).cloned()).collect();
    Ok(Json(Viewers { items }))
}

/// Ask the contact of a web chat for technical details of their device
#[utoipa::path(post, path = "/conversations/{id}/diagnosis_request", tag = "conversations",
    params(("id" = ConversationId, Path)), responses((status = 200, body = ConversationView)))]
async fn request_diagnosis(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ConversationId>,
) -> Answer<Json<ConversationView>> {
    state.ctx.tx(&actor, async move |tx| diagnosis::request_diagnosis(tx, id).await).await?;
    Ok(Json(show_changed(&state, &actor, locale, id).await?))
}
