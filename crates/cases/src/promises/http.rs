//! Promises over HTTP.

use std::collections::HashMap;

use axum::{
    Json,
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header::ETAG},
};
use heard_desk::{conversations::ConversationId, messages::MessageId};
use heard_kernel::{Actor, Error, Page, PageRequest, Result, Timestamp, clock_policy::Limit};
use heard_platform::directory::{Directory, UserId, UserRef};
use heard_runtime::Ctx;
use heard_web::{Answer, AppState, Auth, JsonBody, OnceBody, PathParams, QueryParams, etag};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    model::{Promise, PromiseId, PromiseState},
    service::{self, Filter, NewPromise},
};
use crate::clocks::{self, ClockView};

/// The routes of promises.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, make))
        .routes(routes!(one))
        .routes(routes!(keep))
        .routes(routes!(reopen))
        .routes(routes!(withdraw))
}

/// A promise and its clock.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Promise)]
pub(crate) struct PromiseView {
    /// Which one.
    pub id: PromiseId,
    /// What was promised.
    pub body: String,
    /// What became of it.
    pub state: PromiseState,
    /// Who has to keep it.
    pub owner: UserRef,
    /// The case that it was made in.
    #[schema(required = true)]
    pub case_id: Option<Uuid>,
    /// The conversation that it was made in.
    #[schema(required = true)]
    pub conversation_id: Option<ConversationId>,
    /// The message that it was made with.
    #[schema(required = true)]
    pub message_id: Option<MessageId>,
    /// Who entered it.
    pub created_by: UserRef,
    /// When it was made, from which its limit counts.
    pub promised_at: Timestamp,
    /// When it was done.
    #[schema(required = true)]
    pub done_at: Option<Timestamp>,
    /// Why it was withdrawn.
    #[schema(required = true)]
    pub reason: Option<String>,
    /// When it was entered.
    pub created_at: Timestamp,
    /// Its clock.
    pub clock: ClockView,
    /// Rises with each change.
    pub version: i64,
}

/// Adds names and clocks to promises.
pub(crate) async fn show(ctx: &Ctx, promises: Vec<Promise>) -> Result<Vec<PromiseView>> {
    let people: Vec<Uuid> =
        promises.iter().flat_map(|promise| [promise.owner_id.0, promise.created_by.0]).collect();
    let users = Directory::of(ctx).users(ctx, &people).await?;
    let user = |id: UserId| {
        let nobody = || UserRef { id, name: String::new(), avatar_attachment_id: None };
        users.get(&id.0).cloned().unwrap_or_else(nobody)
    };
    let (ids, now) = (promises.iter().map(|promise| promise.id.0).collect::<Vec<_>>(), ctx.now());
    let mut clocks: HashMap<Uuid, Vec<ClockView>> =
        ctx.read(async move |tx| clocks::of_subjects(tx, &ids, now).await).await?;
    let view = |promise: Promise| {
        let clock = clocks.remove(&promise.id.0).and_then(|mut clocks| clocks.pop());
        Ok(PromiseView {
            clock: clock.ok_or_else(|| Error::internal("a promise has no clock"))?,
            owner: user(promise.owner_id),
            created_by: user(promise.created_by),
            id: promise.id,
            body: promise.body,
            state: promise.state,
            case_id: promise.case_id,
            conversation_id: promise.conversation_id,
            message_id: promise.message_id,
            promised_at: promise.promised_at,
            done_at: promise.done_at,
            reason: promise.reason,
            created_at: promise.created_at,
            version: promise.version,
        })
    };
    promises.into_iter().map(view).collect()
}

type Tagged = ([(HeaderName, HeaderValue); 1], Json<PromiseView>);

async fn show_one(state: &AppState, actor: &Actor, id: PromiseId) -> Result<Tagged> {
    let actor = actor.clone();
    let promise = state.ctx.read(async move |tx| service::one(tx, &actor, id).await).await?;
    let view = show(&state.ctx, vec![promise]).await?.remove(0);
    Ok(([(ETAG, etag(view.version))], Json(view)))
}

/// Which promises are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PromiseQuery {
    /// Those of a case.
    pub case_id: Option<Uuid>,
    /// Those of a conversation.
    pub conversation_id: Option<ConversationId>,
    /// Those that somebody has to keep.
    pub owner_id: Option<UserId>,
    /// Those of which this became.
    pub state: Option<PromiseState>,
}

/// List promises, the newest first; without a case or a conversation those of the caller unless they see all cases
#[utoipa::path(get, path = "/promises", tag = "promises", params(PromiseQuery, PageRequest),
    responses((status = 200, body = Page<PromiseView>)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    QueryParams(query): QueryParams<PromiseQuery>,
    QueryParams(page): QueryParams<PageRequest>,
) -> Answer<Json<Page<PromiseView>>> {
    let filter = Filter {
        case_id: query.case_id,
        conversation_id: query.conversation_id,
        owner_id: query.owner_id,
        state: query.state,
    };
    let found =
        state.ctx.read(async move |tx| service::list(tx, &actor, filter.clone(), &page).await).await?;
    Ok(Json(Page { items: show(&state.ctx, found.items).await?, next_cursor: found.next_cursor }))
}

/// Get a promise
#[utoipa::path(get, path = "/promises/{id}", tag = "promises", params(("id" = PromiseId, Path)),
    responses((status = 200, body = PromiseView)))]
async fn one(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<PromiseId>,
) -> Answer<Tagged> {
    Ok(show_one(&state, &actor, id).await?)
}

/// A promise to be made.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = NewPromise)]
pub(crate) struct MakePromise {
    /// What is promised.
    pub body: String,
    /// Who has to keep it; the caller when absent.
    pub owner_id: Option<UserId>,
    /// How long it may take, or with the unit `instant` until when it is done.
    pub limit: Limit,
    /// The calendar that working time is counted in; the organisation's default when absent.
    pub calendar: Option<String>,
    /// The case that it is made in.
    pub case_id: Option<Uuid>,
    /// The conversation that it is made in.
    pub conversation_id: Option<ConversationId>,
    /// The message that it is made with, in that conversation.
    pub message_id: Option<MessageId>,
    /// When it was made, if that was earlier; the time of the message when absent.
    pub promised_at: Option<Timestamp>,
}

/// Enter a promise and start its clock
#[utoipa::path(post, path = "/promises", tag = "promises", request_body = MakePromise,
    responses((status = 201, body = PromiseView)))]
async fn make(
    State(state): State<AppState>,
    Auth(actor): Auth,
    once: OnceBody<MakePromise>,
) -> Answer<(StatusCode, Tagged)> {
    let body = once.body;
    let new = NewPromise {
        body: body.body,
        owner_id: body.owner_id,
        limit: body.limit,
        calendar: body.calendar,
        case_id: body.case_id,
        conversation_id: body.conversation_id,
        message_id: body.message_id,
        promised_at: body.promised_at,
    };
    let id =
        state.ctx.tx_once(&actor, once.key, async move |tx| service::make(tx, new.clone()).await).await?;
    Ok((StatusCode::CREATED, show_one(&state, &actor, id).await?))
}

/// Say that what was promised is done
#[utoipa::path(post, path = "/promises/{id}/keep", tag = "promises", params(("id" = PromiseId, Path)),
    responses((status = 200, body = PromiseView)))]
async fn keep(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<PromiseId>,
) -> Answer<Tagged> {
    state.ctx.tx(&actor, async move |tx| service::keep(tx, id).await).await?;
    Ok(show_one(&state, &actor, id).await?)
}

/// Say that what was promised is not done after all
#[utoipa::path(post, path = "/promises/{id}/reopen", tag = "promises", params(("id" = PromiseId, Path)),
    responses((status = 200, body = PromiseView)))]
async fn reopen(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<PromiseId>,
) -> Answer<Tagged> {
    state.ctx.tx(&actor, async move |tx| service::reopen(tx, id).await).await?;
    Ok(show_one(&state, &actor, id).await?)
}

/// Why a promise is taken back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct WithdrawPromise {
    /// Why.
    pub reason: String,
}

/// Take a promise back for a reason
#[utoipa::path(post, path = "/promises/{id}/withdraw", tag = "promises", params(("id" = PromiseId, Path)),
    request_body = WithdrawPromise, responses((status = 200, body = PromiseView)))]
async fn withdraw(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<PromiseId>,
    JsonBody(body): JsonBody<WithdrawPromise>,
) -> Answer<Tagged> {
    state.ctx.tx(&actor, async move |tx| service::withdraw(tx, id, &body.reason).await).await?;
    Ok(show_one(&state, &actor, id).await?)
}
