//! Users over HTTP.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header::ETAG},
    response::{IntoResponse, Response},
};
use heard_kernel::{Page, PageRequest};
use heard_web::{Answer, AppState, Auth, IfMatch, JsonBody, Lang, OnceBody, PathParams, QueryParams, etag};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{model::User, service, store::Filter};
use crate::{
    directory::{TeamId, UserId, UserState},
    invitations,
    roles::RoleId,
};

/// A user to be made.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(as = NewUser)]
pub struct NewUserBody {
    /// The name that is shown.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// The first password.
    pub password: String,
    /// Roles to hold.
    pub role_ids: Option<Vec<RoleId>>,
    /// Teams to belong to.
    pub team_ids: Option<Vec<TeamId>>,
}

/// A change of a user; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct UserPatch {
    /// The name that is shown.
    pub name: Option<String>,
    /// All roles to hold from now on.
    pub role_ids: Option<Vec<RoleId>>,
    /// All teams to belong to from now on.
    pub team_ids: Option<Vec<TeamId>>,
    /// Whether they may sign in.
    pub state: Option<UserState>,
    /// How many open conversations they take at a time, 0 to 100.
    pub capacity: Option<u32>,
}

/// Which users are wanted.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UserQuery {
    /// Part of a name, its pinyin, or an address.
    pub q: Option<String>,
    /// Only active or disabled ones.
    pub state: Option<UserState>,
    /// Only members of this team.
    pub team_id: Option<TeamId>,
}

/// An address for a new password, shown once.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ResetLink {
    /// The address, valid for a day.
    pub link: String,
}

/// The routes of users.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(get, update))
        .routes(routes!(reset_password))
        .routes(routes!(end_sessions))
}

/// List users
#[utoipa::path(get, path = "/users", tag = "users", params(UserQuery, PageRequest), responses((status = 200, body = Page<User>)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    QueryParams(query): QueryParams<UserQuery>,
    QueryParams(page): QueryParams<PageRequest>,
) -> Answer<Json<Page<User>>> {
    let filter =
        Filter { q: query.q.filter(|q| !q.trim().is_empty()), state: query.state, team_id: query.team_id };
    Ok(Json(service::list(&state.ctx, &actor, filter, page, locale).await?))
}

/// Read a user
#[utoipa::path(get, path = "/users/{id}", tag = "users", params(("id" = UserId, Path)), responses((status = 200, body = User)))]
async fn get(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<UserId>,
) -> Answer<Response> {
    let user = service::get(&state.ctx, &actor, id, locale).await?;
    Ok(([(ETAG, etag(user.version))], Json(user)).into_response())
}

/// Make a user
#[utoipa::path(post, path = "/users", tag = "users", request_body = NewUserBody, responses((status = 201, body = User)))]
async fn create(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    OnceBody { key, body }: OnceBody<NewUserBody>,
) -> Answer<Response> {
    let user = service::create(&state.ctx, &actor, key, body, locale).await?;
    Ok((StatusCode::CREATED, [(ETAG, etag(user.version))], Json(user)).into_response())
}

/// Change a user
#[utoipa::path(patch, path = "/users/{id}", tag = "users", params(("id" = UserId, Path)), request_body = UserPatch,
    responses((status = 200, body = User)))]
async fn update(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<UserId>,
    IfMatch(version): IfMatch,
    JsonBody(patch): JsonBody<UserPatch>,
) -> Answer<Response> {
    let user = service::update(&state.ctx, &actor, id, version, patch, locale).await?;
    Ok(([(ETAG, etag(user.version))], Json(user)).into_response())
}

/// Make a link by which a user sets a new password
#[utoipa::path(post, path = "/users/{id}/reset_password", tag = "users", params(("id" = UserId, Path)),
    responses((status = 200, body = ResetLink)))]
async fn reset_password(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<UserId>,
    headers: axum::http::HeaderMap,
) -> Answer<Json<ResetLink>> {
    let origin = crate::links::origin(&state.site, &headers);
    let link = invitations::reset_link(&state.ctx, &actor, id, &origin).await?;
    Ok(Json(ResetLink { link }))
}

/// End all sessions of a user
#[utoipa::path(delete, path = "/users/{id}/sessions", tag = "users", params(("id" = UserId, Path)), responses((status = 204)))]
async fn end_sessions(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<UserId>,
) -> Answer<StatusCode> {
    service::end_sessions(&state.ctx, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
