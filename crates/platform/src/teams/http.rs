//! Teams over HTTP.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header::ETAG},
    response::{IntoResponse, Response},
};
use heard_web::{Answer, AppState, Auth, IfMatch, JsonBody, OnceBody, PathParams, etag};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{model::Team, service};
use crate::directory::{TeamId, TeamKind, UserId};

/// A team to be made.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(as = NewTeam)]
pub struct NewTeamBody {
    /// The name.
    pub name: String,
    /// Whether it serves contacts or solves cases.
    pub kind: TeamKind,
    /// What people should know about it.
    pub description: Option<String>,
    /// Who leads it.
    pub lead_id: Option<UserId>,
    /// Who belongs to it.
    pub member_ids: Option<Vec<UserId>>,
}

/// A change of a team; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct TeamPatch {
    /// The name.
    pub name: Option<String>,
    /// Whether it serves contacts or solves cases.
    pub kind: Option<TeamKind>,
    /// What people should know about it.
    pub description: Option<String>,
    /// Who leads it; `null` for nobody.
    #[serde(default, deserialize_with = "heard_web::wire::given")]
    #[schema(value_type = Option<UserId>)]
    pub lead_id: Option<Option<UserId>>,
    /// Everybody who belongs to it from now on.
    pub member_ids: Option<Vec<UserId>>,
}

/// All teams.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Teams {
    /// By name.
    pub items: Vec<Team>,
}

/// The routes of teams.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(update, delete))
}

/// List teams and departments
#[utoipa::path(get, path = "/teams", tag = "teams", responses((status = 200, body = Teams)))]
async fn list(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<Teams>> {
    Ok(Json(Teams { items: service::list(&state.ctx, &actor).await? }))
}

/// Make a team or department
#[utoipa::path(post, path = "/teams", tag = "teams", request_body = NewTeamBody, responses((status = 201, body = Team)))]
async fn create(
    State(state): State<AppState>,
    Auth(actor): Auth,
    OnceBody { key, body }: OnceBody<NewTeamBody>,
) -> Answer<Response> {
    let team = service::create(&state.ctx, &actor, key, body).await?;
    Ok((StatusCode::CREATED, [(ETAG, etag(team.version))], Json(team)).into_response())
}

/// Change a team or department
#[utoipa::path(patch, path = "/teams/{id}", tag = "teams", params(("id" = TeamId, Path)), request_body = TeamPatch,
    responses((status = 200, body = Team)))]
async fn update(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<TeamId>,
    IfMatch(version): IfMatch,
    JsonBody(patch): JsonBody<TeamPatch>,
) -> Answer<Response> {
    let team = service::update(&state.ctx, &actor, id, version, patch).await?;
    Ok(([(ETAG, etag(team.version))], Json(team)).into_response())
}

/// Delete a team or department
#[utoipa::path(delete, path = "/teams/{id}", tag = "teams", params(("id" = TeamId, Path)), responses((status = 204)))]
async fn delete(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<TeamId>,
) -> Answer<StatusCode> {
    service::delete(&state.ctx, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
