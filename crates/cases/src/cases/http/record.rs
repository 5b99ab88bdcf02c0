//! Listing, opening, reading and writing down.

use axum::{Json, extract::State, http::StatusCode};
use heard_desk::conversations::ConversationId;
use heard_kernel::{Error, Page, PageRequest};
use heard_web::{
    Answer, AppState, Auth, IfMatch, JsonBody, Lang, OnceBody, PathParams, QueryParams, wire::with_current,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    super::{
        completeness::{self, Completeness},
        detail::{CaseDetail, Detail},
        draft::{self, CaseDraft},
        edit::{self, not_found},
        model::CaseId,
        query::{self, CaseCounts, CaseQuery},
        service::{self, CaseFields, NewCase},
        store,
        view::{Batch, CaseView},
    },
    Versioned, changed, versioned,
};
use crate::{ground, rights};

/// List cases
#[utoipa::path(get, path = "/cases", tag = "cases", params(CaseQuery, PageRequest),
    responses((status = 200, body = Page<CaseView>)))]
pub(super) async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    QueryParams(query): QueryParams<CaseQuery>,
    QueryParams(page): QueryParams<PageRequest>,
) -> Answer<Json<Page<CaseView>>> {
    let (batch, next_cursor) = state
        .ctx
        .read(async move |tx| {
            let found = query::list(tx, &actor, &query, &page).await?;
            let cases = found.items.into_iter().map(|listed| listed.case).collect();
            Ok((Batch::load(tx, cases).await?, found.next_cursor))
        })
        .await?;
    Ok(Json(Page { items: batch.show(&state.ctx, locale).await?, next_cursor }))
}

/// Sizes of the prepared lists
#[utoipa::path(get, path = "/case_counts", tag = "cases", responses((status = 200, body = CaseCounts)))]
pub(super) async fn counts(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<CaseCounts>> {
    Ok(Json(state.ctx.read(async move |tx| query::counts(tx, &actor).await).await?))
}

/// Open a case
#[utoipa::path(post, path = "/cases", tag = "cases", request_body = NewCase,
    responses((status = 201, body = CaseDetail)))]
pub(super) async fn open(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    once: OnceBody<NewCase>,
) -> Answer<(StatusCode, Versioned)> {
    let body = once.body;
    let id = state
        .ctx
        .tx_once(&actor, once.key, async move |tx| Ok(service::open(tx, body.clone()).await?.id))
        .await?;
    Ok((StatusCode::CREATED, changed(&state, &actor, locale, id).await?))
}

/// From what a case is drafted.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DraftQuery {
    /// The conversation that it is about.
    pub conversation_id: ConversationId,
    /// Only messages with this number or a later one.
    pub from_no: Option<i64>,
}

/// What a case from a conversation would begin with
#[utoipa::path(get, path = "/case_draft", tag = "cases", params(DraftQuery),
    responses((status = 200, body = CaseDraft)))]
pub(super) async fn draft(
    State(state): State<AppState>,
    Auth(actor): Auth,
    QueryParams(query): QueryParams<DraftQuery>,
) -> Answer<Json<CaseDraft>> {
    let zone = ground::zone(&state.ctx).await?;
    let drafted = state
        .ctx
        .read(async move |tx| {
            draft::from_conversation(tx, &actor, query.conversation_id, query.from_no, &zone).await
        })
        .await?;
    Ok(Json(drafted))
}

/// Get a case
#[utoipa::path(get, path = "/cases/{id}", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = CaseDetail)))]
pub(super) async fn get(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Versioned> {
    let reader = actor.clone();
    let detail = state.ctx.read(async move |tx| Detail::load(tx, &reader, id).await).await?;
    Ok(versioned(detail.show(&state.ctx, locale).await?))
}

/// Get a case by its number, with or without the letter
#[utoipa::path(get, path = "/case_numbers/{number}", tag = "cases", params(("number" = String, Path)),
    responses((status = 200, body = CaseDetail)))]
pub(super) async fn by_number(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(number): PathParams<String>,
) -> Answer<Versioned> {
    let no: i64 =
        number.trim_start_matches(['T', 't', '-', '#']).parse().map_err(|_| Error::not_found("case"))?;
    let reader = actor.clone();
    let detail = state
        .ctx
        .read(async move |tx| {
            let id = store::by_no(tx, no).await?.ok_or_else(not_found)?;
            Detail::load(tx, &reader, id).await
        })
        .await?;
    Ok(versioned(detail.show(&state.ctx, locale).await?))
}

/// Change what is written down
#[utoipa::path(patch, path = "/cases/{id}", tag = "cases", params(("id" = CaseId, Path)),
    request_body = CaseFields, responses((status = 200, body = CaseDetail)))]
pub(super) async fn update(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    IfMatch(version): IfMatch,
    JsonBody(body): JsonBody<CaseFields>,
) -> Answer<Versioned> {
    let done =
        state.ctx.tx(&actor, async move |tx| service::update(tx, id, version, body.clone()).await).await;
    match done {
        Ok(_) => Ok(changed(&state, &actor, locale, id).await?),
        Err(error) if error.is(heard_kernel::codes::VERSION_CONFLICT) => {
            let (_, Json(current)) = changed(&state, &actor, locale, id).await?;
            Err(with_current(error, current).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// What of a case is recorded and what is lacking, stage by stage
#[utoipa::path(get, path = "/cases/{id}/completeness", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = Completeness)))]
pub(super) async fn completeness(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Json<Completeness>> {
    let shown = state
        .ctx
        .read(async move |tx| {
            actor.require(rights::READ)?;
            let (case, _) = edit::visible(tx, &actor, id).await?;
            completeness::of(tx, &case, locale).await
        })
        .await?;
    Ok(Json(shown))
}
