//! Guidance (指引): cards of the plan for listening, wording, tone and soothing, shown at the stage that a case is in and by
//! the customer's state; and a look at what somebody is about to send, for words that the plan discourages (用语检查). Both
//! are edited with the plan.
//!
//! Rights: `case.read`.

mod wording;

use axum::{Json, extract::State};
use heard_kernel::{Actor, Locale, Page, Result};
use heard_store::Tx;
use heard_web::{Answer, AppState, Auth, Lang, PathParams, QueryParams};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    cases::CaseId,
    ground::readable,
    plans::{self, CardTopic, Mood, StageKind},
};

pub use wording::{WordingFinding, find as find_wording};

/// The routes of guidance.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(cards)).routes(routes!(wording::check_wording))
}

/// A card of guidance, in the language of the answer.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct GuidanceCard {
    /// Key in the plan.
    pub key: String,
    /// What it is about.
    pub topic: CardTopic,
    /// Its rule in a sentence.
    pub title: String,
    /// How to do it, with examples of wording.
    pub body: String,
}

/// For which state of the customer cards are wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct GuidanceQuery {
    /// The customer's state, when it is known.
    pub mood: Option<Mood>,
    /// The kind of stage; that of the case when absent.
    pub stage: Option<StageKind>,
}

/// The cards for a case; those for the customer's state come first.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn cards_for(
    tx: &Tx<'_>,
    actor: &Actor,
    id: CaseId,
    stage: Option<StageKind>,
    mood: Option<Mood>,
    locale: Locale,
) -> Result<Vec<GuidanceCard>> {
    let (case, _) = readable(tx, actor, id).await?;
    let pinned = plans::pinned(tx, case.plan_version_id).await?;
    let stage = stage.or(case.stage_kind).unwrap_or(StageKind::Archive);
    let mut cards = pinned.plan.cards_for(stage, mood, &case.type_key);
    cards.sort_by_key(|card| card.moods.is_empty());
    let shown = |card: &plans::Card| GuidanceCard {
        key: card.key.clone(),
        topic: card.topic,
        title: card.title.in_locale(locale).to_owned(),
        body: card.body.in_locale(locale).to_owned(),
    };
    Ok(cards.into_iter().map(shown).collect())
}

/// Guidance for a case at its stage and for the customer's state
#[utoipa::path(get, path = "/cases/{id}/guidance", tag = "cases", params(("id" = CaseId, Path), GuidanceQuery),
    responses((status = 200, body = Page<GuidanceCard>)))]
async fn cards(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    QueryParams(query): QueryParams<GuidanceQuery>,
) -> Answer<Json<Page<GuidanceCard>>> {
    let items = state
        .ctx
        .read(async move |tx| cards_for(tx, &actor, id, query.stage, query.mood, locale).await)
        .await?;
    Ok(Json(Page { items, next_cursor: None }))
}
