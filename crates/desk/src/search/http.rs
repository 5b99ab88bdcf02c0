//! The route of the search.

use axum::{Json, extract::State};
use heard_kernel::Timestamp;
use heard_web::{Answer, AppState, Auth, Lang, QueryParams};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::service;

/// The routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(search))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// What to find: every word must occur.
    q: String,
    /// `message`, `contact`, `user`, `case`, separated by commas; all when absent.
    kinds: Option<String>,
    /// How many, 1 to 50; 20 when absent.
    limit: Option<usize>,
}

/// Something found.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(super) struct SearchHit {
    /// `message`, `contact`, `user` or `case`.
    pub(super) kind: String,
    /// Which one.
    pub(super) id: Uuid,
    /// What it is called.
    pub(super) title: String,
    /// The part of the text that was found, as HTML in which only `<mark>` is an element.
    pub(super) snippet: String,
    /// The conversation of a message.
    #[schema(required = true)]
    pub(super) conversation_id: Option<Uuid>,
    /// The number of a message in its conversation.
    #[schema(required = true)]
    pub(super) message_no: Option<u64>,
    /// When it was written, or when the contact was last there.
    #[schema(required = true)]
    pub(super) at: Option<Timestamp>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
struct SearchHits {
    items: Vec<SearchHit>,
}

const KINDS: [&str; 3] = ["message", "contact", "user"];

/// Finds messages, contacts, users and cases, the best first.
#[utoipa::path(get, path = "/search", tag = "search", operation_id = "search", params(Wanted), responses((status = 200, body = SearchHits)))]
async fn search(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    QueryParams(wanted): QueryParams<Wanted>,
) -> Answer<Json<SearchHits>> {
    let asked = wanted.kinds.unwrap_or_default();
    let brought = super::kinds::kinds(&state.ctx);
    let all = KINDS.into_iter().chain(brought.iter().map(|kind| kind.kind()));
    let kinds: Vec<&'static str> =
        all.filter(|kind| asked.split(',').any(|word| word.trim() == *kind)).collect();
    // Only kinds that cannot be found were asked for: nothing, rather than everything.
    if kinds.is_empty() && !asked.trim().is_empty() {
        return Ok(Json(SearchHits { items: Vec::new() }));
    }
    let limit = wanted.limit.unwrap_or(20).clamp(1, 50);
    Ok(Json(SearchHits { items: service::find(&state.ctx, &actor, locale, wanted.q, kinds, limit).await? }))
}
