//! Roles over HTTP.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header::ETAG},
    response::{IntoResponse, Response},
};
use heard_web::{Answer, AppState, Auth, IfMatch, JsonBody, Lang, OnceBody, PathParams, etag};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{Role, RoleId},
    service,
};
use crate::rights::Catalogue;

/// An own role to be made.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
pub struct NewRole {
    /// The name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The rights that it grants.
    pub rights: Vec<String>,
}

/// A change of an own role; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct RolePatch {
    /// The name.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// All rights that it grants from now on.
    pub rights: Option<Vec<String>>,
}

/// All roles.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Roles {
    /// The built-in ones first, then the own ones by name.
    pub items: Vec<Role>,
}

/// A right with its name in the caller's language.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RightInfo {
    /// The stable name.
    pub id: String,
    /// What it is about.
    pub group: String,
    /// The name that is shown.
    pub name: String,
    /// What it allows.
    pub description: String,
}

/// All rights.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Rights {
    /// In the order of the product's parts.
    pub items: Vec<RightInfo>,
}

/// The routes of roles.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(update, delete)).routes(routes!(rights))
}

/// List roles
#[utoipa::path(get, path = "/roles", tag = "roles", responses((status = 200, body = Roles)))]
async fn list(State(state): State<AppState>, Auth(actor): Auth, Lang(locale): Lang) -> Answer<Json<Roles>> {
    Ok(Json(Roles { items: service::list(&state.ctx, &actor, locale).await? }))
}

/// Make an own role
#[utoipa::path(post, path = "/roles", tag = "roles", request_body = NewRole, responses((status = 201, body = Role)))]
async fn create(
    State(state): State<AppState>,
    Auth(actor): Auth,
    OnceBody { key, body }: OnceBody<NewRole>,
) -> Answer<Response> {
    let role = service::create(&state.ctx, &actor, key, body).await?;
    Ok((StatusCode::CREATED, [(ETAG, etag(role.version))], Json(role)).into_response())
}

/// Change an own role
#[utoipa::path(patch, path = "/roles/{id}", tag = "roles", params(("id" = RoleId, Path)), request_body = RolePatch,
    responses((status = 200, body = Role)))]
async fn update(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<RoleId>,
    IfMatch(version): IfMatch,
    JsonBody(patch): JsonBody<RolePatch>,
) -> Answer<Response> {
    let role = service::update(&state.ctx, &actor, id, version, patch).await?;
    Ok(([(ETAG, etag(role.version))], Json(role)).into_response())
}

/// Delete an own role that nobody holds
#[utoipa::path(delete, path = "/roles/{id}", tag = "roles", params(("id" = RoleId, Path)), responses((status = 204)))]
async fn delete(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<RoleId>,
) -> Answer<StatusCode> {
    service::delete(&state.ctx, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List rights
#[utoipa::path(get, path = "/rights", tag = "roles", responses((status = 200, body = Rights)))]
async fn rights(
    State(state): State<AppState>,
    Auth(_actor): Auth,
    Lang(locale): Lang,
) -> Answer<Json<Rights>> {
    let catalogue = Catalogue::of(&state.ctx);
    let items = catalogue.all().iter().map(|def| {
        let (name, description) = def.words(locale);
        RightInfo {
            id: def.right.0.to_owned(),
            group: def.group().to_owned(),
            name: name.to_owned(),
            description: description.to_owned(),
        }
    });
    Ok(Json(Rights { items: items.collect() }))
}
