//! Clocks over HTTP.

use axum::{Json, extract::State};
use heard_kernel::{Actor, Error, Locale, Result};
use heard_platform::directory::Directory;
use heard_runtime::{Ctx, Tx};
use heard_store::Tx as StoreTx;
use heard_web::{Answer, AppState, Auth, JsonBody, Lang, PathParams};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    edit::not_found,
    explain::{self, ClockExplanation},
    model::{Clock, ClockId, SubjectKind},
    service::{self, CLOCK_NOT_EXTENDABLE},
    store,
};
use crate::{
    cases::{self, CaseId},
    promises, rights,
};

/// The routes of clocks.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(one)).routes(routes!(extend))
}

async fn show(ctx: &Ctx, actor: &Actor, id: ClockId, locale: Locale) -> Result<ClockExplanation> {
    actor.require(rights::READ)?;
    let (now, reader) = (ctx.now(), actor.clone());
    let mut shown = ctx
        .read(async move |tx| {
            visible(tx, &reader, id).await?;
            explain::explain(tx, id, now, locale).await
        })
        .await?;
    name_people(ctx, std::slice::from_mut(&mut shown)).await?;
    Ok(shown)
}

/// Adds the names of the people in the histories of clocks.
pub(crate) async fn name_people(ctx: &Ctx, shown: &mut [ClockExplanation]) -> Result<()> {
    let facts = shown.iter().flat_map(|clock| &clock.history);
    let ids: Vec<Uuid> = facts.filter_map(|fact| fact.user_id).collect();
    let users = Directory::of(ctx).users(ctx, &ids).await?;
    for fact in shown.iter_mut().flat_map(|clock| &mut clock.history) {
        fact.user = fact.user_id.and_then(|id| users.get(&id).cloned());
    }
    Ok(())
}

/// A clock that the actor sees: that of a case or promise that they see.
async fn visible(tx: &StoreTx<'_>, actor: &Actor, id: ClockId) -> Result<Clock> {
    let clock = store::one(tx, id).await?.ok_or_else(not_found)?;
    let seen = match (clock.case_id, clock.subject.kind) {
        (Some(case), _) => cases::visible(tx, actor, CaseId(case)).await.map(drop),
        (None, SubjectKind::Promise) => promises::one(tx, actor, clock.subject.id.into()).await.map(drop),
        (None, _) if actor.may(rights::READ_ALL) || actor.id == clock.owner_id.map(|id| id.0) => Ok(()),
        (None, _) => Err(not_found()),
    };
    match seen {
        Ok(()) => Ok(clock),
        Err(error) if error.is(heard_kernel::codes::NOT_FOUND) => Err(not_found()),
        Err(error) => Err(error),
    }
}

/// Get a clock with the reasons for its deadline
#[utoipa::path(get, path = "/clocks/{id}", tag = "clocks", params(("id" = ClockId, Path)),
    responses((status = 200, body = ClockExplanation)))]
async fn one(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ClockId>,
) -> Answer<Json<ClockExplanation>> {
    Ok(Json(show(&state.ctx, &actor, id, locale).await?))
}

/// Why a clock gets more time.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct ExtendClock {
    /// Why; the customer is told.
    pub reason: String,
}

/// Give a clock the next of the limits that its rule allows
#[utoipa::path(post, path = "/clocks/{id}/extend", tag = "clocks", params(("id" = ClockId, Path)), request_body = ExtendClock, responses((status = 200, body = ClockExplanation)))]
async fn extend(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<ClockId>,
    JsonBody(body): JsonBody<ExtendClock>,
) -> Answer<Json<ClockExplanation>> {
    state.ctx.tx(&actor, async move |tx| extend_as_planned(tx, id, &body.reason).await).await?;
    Ok(Json(show(&state.ctx, &actor, id, locale).await?))
}

/// Gives a clock the next of the limits that its rule allows.
async fn extend_as_planned(tx: &Tx<'_>, id: ClockId, reason: &str) -> Result<()> {
    tx.actor().require(rights::MANAGE)?;
    if reason.trim().is_empty() {
        return Err(Error::field("reason", heard_kernel::REQUIRED));
    }
    let clock = visible(tx, tx.actor(), id).await?;
    let limit = clock.next_extension().ok_or_else(|| Error::new(CLOCK_NOT_EXTENDABLE))?;
    service::extend(tx, id, limit, reason).await
}
