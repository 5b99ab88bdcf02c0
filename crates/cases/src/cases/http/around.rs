//! People, tags, conversations.

use axum::{Json, extract::State, http::StatusCode};
use heard_desk::{
    conversations::{self, ConversationId},
    tags::TagId,
};
use heard_kernel::Page;
use heard_platform::directory::{TeamId, UserId};
use heard_web::{Answer, AppState, Auth, JsonBody, Lang, PathParams};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    super::{
        detail::CaseDetail,
        model::{CaseId, Role},
        rules, service, store,
        view::{Batch, CaseView},
    },
    Versioned, changed,
};
use crate::rights;

/// Users who take a role in a case or give it up.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = CasePeopleChange)]
pub(super) struct PeopleBody {
    /// The role.
    pub role: Role,
    /// Who takes it.
    #[serde(default)]
    pub add: Vec<UserId>,
    /// Who gives it up.
    #[serde(default)]
    pub remove: Vec<UserId>,
    /// Why; for recusals.
    #[serde(default)]
    pub reason: String,
}

/// Change who takes part, watches, or is recused
#[utoipa::path(post, path = "/cases/{id}/people", tag = "cases", params(("id" = CaseId, Path)),
    request_body = PeopleBody, responses((status = 200, body = CaseDetail)))]
pub(super) async fn change_people(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<PeopleBody>,
) -> Answer<Versioned> {
    state
        .ctx
        .tx(&actor, async move |tx| {
            service::change_people(tx, id, body.role, &body.add, &body.remove, &body.reason).await
        })
        .await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// Teams that begin or cease to work on a case.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = CaseTeamsChange)]
pub(super) struct TeamsBody {
    /// Begin.
    #[serde(default)]
    pub add: Vec<TeamId>,
    /// Cease.
    #[serde(default)]
    pub remove: Vec<TeamId>,
}

/// Change which teams work on it beside the one that has it
#[utoipa::path(post, path = "/cases/{id}/teams", tag = "cases", params(("id" = CaseId, Path)),
    request_body = TeamsBody, responses((status = 200, body = CaseDetail)))]
pub(super) async fn change_teams(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<TeamsBody>,
) -> Answer<Versioned> {
    state
        .ctx
        .tx(&actor, async move |tx| service::change_teams(tx, id, &body.add, &body.remove).await)
        .await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// Watch a case
#[utoipa::path(put, path = "/cases/{id}/watch", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 204)))]
pub(super) async fn watch(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseId>,
) -> Answer<StatusCode> {
    state.ctx.tx(&actor, async move |tx| service::watch(tx, id, true).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Watch a case no longer
#[utoipa::path(delete, path = "/cases/{id}/watch", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 204)))]
pub(super) async fn unwatch(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseId>,
) -> Answer<StatusCode> {
    state.ctx.tx(&actor, async move |tx| service::watch(tx, id, false).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tags to put on a case and take off it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = CaseTagsChange)]
pub(super) struct TagBody {
    /// Put on.
    #[serde(default)]
    pub add: Vec<TagId>,
    /// Take off.
    #[serde(default)]
    pub remove: Vec<TagId>,
}

/// Change tags of a case
#[utoipa::path(post, path = "/cases/{id}/tags", tag = "cases", params(("id" = CaseId, Path)),
    request_body = TagBody, responses((status = 200, body = CaseDetail)))]
pub(super) async fn tag(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<TagBody>,
) -> Answer<Versioned> {
    state.ctx.tx(&actor, async move |tx| service::tag(tx, id, &body.add, &body.remove).await).await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// A conversation to be linked.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[schema(as = CaseConversationLink)]
pub(super) struct LinkBody {
    /// Which one.
    pub conversation_id: ConversationId,
}

/// Link a conversation to a case
#[utoipa::path(post, path = "/cases/{id}/conversations", tag = "cases", params(("id" = CaseId, Path)),
    request_body = LinkBody, responses((status = 200, body = CaseDetail)))]
pub(super) async fn link(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<LinkBody>,
) -> Answer<Versioned> {
    let conversation = body.conversation_id;
    state.ctx.tx(&actor, async move |tx| service::link_conversation(tx, id, conversation).await).await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// Unlink a conversation from a case
#[utoipa::path(delete, path = "/cases/{id}/conversations/{conversation_id}", tag = "cases",
    params(("id" = CaseId, Path), ("conversation_id" = ConversationId, Path)),
    responses((status = 200, body = CaseDetail)))]
pub(super) async fn unlink(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams((id, conversation)): PathParams<(CaseId, ConversationId)>,
) -> Answer<Versioned> {
    state.ctx.tx(&actor, async move |tx| service::unlink_conversation(tx, id, conversation).await).await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// The cases of a conversation
#[utoipa::path(get, path = "/conversations/{id}/cases", tag = "cases", params(("id" = ConversationId, Path)),
    responses((status = 200, body = Page<CaseView>)))]
pub(super) async fn of_conversation(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ConversationId>,
) -> Answer<Json<Page<CaseView>>> {
    let batch = state
        .ctx
        .read(async move |tx| {
            actor.require(rights::READ)?;
            conversations::one(tx, &actor, id).await?;
            let ids = store::cases_of(tx, id).await?;
            let mut people = store::people(tx, &ids).await?;
            let mut cases = store::short(tx, &ids).await?;
            cases.retain(|case| rules::sees(&actor, case, &people.remove(&case.id).unwrap_or_default()));
            cases.sort_by_key(|case| std::cmp::Reverse(case.no));
            Batch::load(tx, cases).await
        })
        .await?;
    Ok(Json(Page { items: batch.show(&state.ctx, locale).await?, next_cursor: None }))
}
