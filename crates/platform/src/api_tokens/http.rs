//! API tokens over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use heard_kernel::{Page, PageRequest, Timestamp};
use heard_web::{Answer, AppState, Auth, JsonBody, PathParams, QueryParams, SignedIn};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{model::ApiToken, service};
use crate::sessions::require_session;

/// A token to be made.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
pub struct NewApiToken {
    /// What it is for.
    pub name: String,
    /// The rights that it has; one must hold them oneself.
    pub scopes: Vec<String>,
    /// When it stops to work; never when absent.
    pub expires_at: Option<Timestamp>,
}

/// Which tokens are wanted.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ApiTokenQuery {
    /// Everybody's instead of one's own.
    pub all: Option<bool>,
}

/// The routes of API tokens.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(revoke))
}

/// List API tokens
#[utoipa::path(get, path = "/api_tokens", tag = "api_tokens", params(ApiTokenQuery, PageRequest),
    responses((status = 200, body = Page<ApiToken>)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    QueryParams(query): QueryParams<ApiTokenQuery>,
    QueryParams(page): QueryParams<PageRequest>,
) -> Answer<Json<Page<ApiToken>>> {
    Ok(Json(service::list(&state.ctx, &actor, query.all.unwrap_or(false), page).await?))
}

/// Make an API token
#[utoipa::path(post, path = "/api_tokens", tag = "api_tokens", request_body = NewApiToken,
    responses((status = 201, body = ApiToken)))]
async fn create(
    State(state): State<AppState>,
    SignedIn(known): SignedIn,
    JsonBody(body): JsonBody<NewApiToken>,
) -> Answer<(StatusCode, Json<ApiToken>)> {
    require_session(&known)?;
    let token = service::create(&state.ctx, &known.actor, &body.name, body.scopes, body.expires_at).await?;
    Ok((StatusCode::CREATED, Json(token)))
}

/// Revoke an API token
#[utoipa::path(delete, path = "/api_tokens/{id}", tag = "api_tokens", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn revoke(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<Uuid>,
) -> Answer<StatusCode> {
    service::revoke(&state.ctx, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
