//! Changing many cases over HTTP.

use axum::{Json, extract::State};
use heard_kernel::{Error, Locale};
use heard_web::{Answer, AppState, Auth, JsonBody, Lang, PathParams, texts::field_message};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{BulkAction, BulkId, CaseId, Effect, Outcome};

/// The routes of changes of many cases.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(change)).routes(routes!(undo))
}

/// Many cases, and what is done with them.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = CaseBulkChange)]
struct BulkBody {
    /// The cases, at most 200.
    ids: Vec<CaseId>,
    /// What is done.
    action: BulkAction,
}

/// What became of one of many cases.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CaseBulkResult)]
struct BulkResult {
    /// The case.
    id: CaseId,
    /// Whether it is as was asked for.
    done: bool,
    /// Whether that took a change: `false` when it was so already, or was not done.
    changed: bool,
    /// The code of why not.
    #[schema(required = true)]
    code: Option<String>,
    /// Why not, in words.
    #[schema(required = true)]
    message: Option<String>,
    /// Values for the text of that code.
    #[schema(value_type = std::collections::BTreeMap<String, Object>)]
    params: serde_json::Map<String, serde_json::Value>,
}

/// What became of many cases.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CaseBulkResults)]
struct BulkResults {
    /// By which it can be undone within an hour; absent when there is nothing to undo.
    #[schema(required = true)]
    undo_id: Option<BulkId>,
    /// What became of each.
    items: Vec<BulkResult>,
}

fn shown(locale: Locale, undo_id: Option<BulkId>, outcomes: Vec<Outcome>) -> Json<BulkResults> {
    let items = outcomes
        .into_iter()
        .map(|outcome| {
            let refused = outcome.done.as_ref().err();
            let first = refused.and_then(|error| error.field_errors().first());
            BulkResult {
                id: outcome.id,
                done: refused.is_none(),
                changed: matches!(&outcome.done, Ok(Effect::Replaced(_) | Effect::ForGood)),
                message: refused.map(|error| match first {
                    Some(field) => field_message(locale, field.code.id, &field.params),
                    None => field_message(locale, error.code().id, error.params()),
                }),
                code: refused.map(|error| first.map_or(error.code().id, |field| field.code.id).to_owned()),
                params: refused
                    .map(|error| first.map_or_else(|| error.params(), |field| &field.params))
                    .map(|params| {
                        params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
                    })
                    .unwrap_or_default(),
            }
        })
        .collect();
    Json(BulkResults { undo_id, items })
}

/// Change many cases, each by itself
#[utoipa::path(post, path = "/case_bulk", tag = "cases", request_body = BulkBody,
    responses((status = 200, body = BulkResults)))]
async fn change(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    JsonBody(body): JsonBody<BulkBody>,
) -> Answer<Json<BulkResults>> {
    if body.ids.is_empty() {
        return Err(Error::field("ids", heard_kernel::REQUIRED).into());
    }
    let (undo_id, outcomes) = super::change(&state.ctx, &actor, body.ids, body.action).await?;
    Ok(shown(locale, undo_id, outcomes))
}

/// Undo a change of many cases
#[utoipa::path(post, path = "/case_bulk/{id}/undo", tag = "cases", params(("id" = BulkId, Path)),
    responses((status = 200, body = BulkResults)))]
async fn undo(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<BulkId>,
) -> Answer<Json<BulkResults>> {
    Ok(shown(locale, None, super::undo(&state.ctx, &actor, id).await?))
}
