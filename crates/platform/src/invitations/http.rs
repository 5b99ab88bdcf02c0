//! Invitations and password resets over HTTP.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use heard_kernel::Locale;
use heard_web::{Answer, AppState, ClientAddress, JsonBody, Lang, PathParams, SignedIn};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{model::Invitation, reset, service};
use crate::{
    directory::TeamId,
    links,
    roles::RoleId,
    sessions::{from_browser, require_session, signed_in},
    settings,
};

/// Somebody to be invited.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
pub struct NewInvitation {
    /// Their address.
    pub email: String,
    /// A name to propose.
    pub name: Option<String>,
    /// Roles that they will hold.
    pub role_ids: Option<Vec<RoleId>>,
    /// Teams that they will belong to.
    pub team_ids: Option<Vec<TeamId>>,
}

/// Invitations.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Invitations {
    /// The newest first.
    pub items: Vec<Invitation>,
}

/// The token of a link.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
pub struct LinkToken {
    /// The end of the link.
    pub token: String,
}

/// What the page of an invitation shows.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InvitationInfo {
    /// Who is invited.
    pub email: String,
    /// The name that is proposed.
    #[schema(required = true)]
    pub name: Option<String>,
    /// The organisation that invites.
    pub organization: String,
    /// Its language.
    pub locale: Locale,
}

/// An invitation to be followed.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
pub struct AcceptInvitation {
    /// The end of the link.
    pub token: String,
    /// The name that is shown.
    pub name: String,
    /// The password.
    pub password: String,
    /// The language of the console.
    pub locale: Locale,
}

/// Whose password is forgotten.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
pub struct PasswordResetRequest {
    /// The address.
    pub email: String,
}

/// A new password by a link.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
pub struct PasswordResetComplete {
    /// The end of the link.
    pub token: String,
    /// The new password.
    pub password: String,
}

/// The routes of invitations and password resets.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(withdraw))
        .routes(routes!(look_up))
        .routes(routes!(accept))
        .routes(routes!(request_reset))
        .routes(routes!(complete_reset))
}

/// List invitations that nobody followed yet
#[utoipa::path(get, path = "/invitations", tag = "users", responses((status = 200, body = Invitations)))]
async fn list(
    State(state): State<AppState>,
    SignedIn(known): SignedIn,
    Lang(locale): Lang,
) -> Answer<Json<Invitations>> {
    Ok(Json(Invitations { items: service::list(&state.ctx, &known.actor, locale).await? }))
}

/// Invite somebody
#[utoipa::path(post, path = "/invitations", tag = "users", request_body = NewInvitation,
    responses((status = 201, body = Invitation)))]
async fn create(
    State(state): State<AppState>,
    SignedIn(known): SignedIn,
    Lang(locale): Lang,
    headers: HeaderMap,
    JsonBody(body): JsonBody<NewInvitation>,
) -> Answer<(StatusCode, Json<Invitation>)> {
    require_session(&known)?;
    let origin = links::origin(&state.site, &headers);
    let made = service::create(&state.ctx, &known.actor, body, &origin, locale).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Withdraw an invitation
#[utoipa::path(delete, path = "/invitations/{id}", tag = "users", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn withdraw(
    State(state): State<AppState>,
    SignedIn(known): SignedIn,
    PathParams(id): PathParams<Uuid>,
) -> Answer<StatusCode> {
    service::withdraw(&state.ctx, &known.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What an invitation is about
#[utoipa::path(post, path = "/invitations/lookup", tag = "session", request_body = LinkToken, security(()),
    responses((status = 200, body = InvitationInfo)))]
async fn look_up(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    JsonBody(body): JsonBody<LinkToken>,
) -> Answer<Json<InvitationInfo>> {
    let row = service::look_up(&state.ctx, &from_browser(address, &headers), &body.token).await?;
    let settings = settings::current(&state.ctx).await?;
    Ok(Json(InvitationInfo {
        email: row.email,
        name: row.name,
        organization: settings.organization.clone(),
        locale: settings.default_locale,
    }))
}

/// Follow an invitation
#[utoipa::path(post, path = "/invitations/accept", tag = "session", request_body = AcceptInvitation, security(()),
    responses((status = 200, body = crate::sessions::Me)))]
async fn accept(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    JsonBody(body): JsonBody<AcceptInvitation>,
) -> Answer<Response> {
    let locale = body.locale;
    let opened = service::accept(&state.ctx, &from_browser(address, &headers), body).await?;
    let (cookie, me) = signed_in(&state, &headers, &opened, locale).await?;
    Ok(([cookie], Json(me)).into_response())
}

/// Ask for a link for a new password
#[utoipa::path(post, path = "/password_reset", tag = "session", request_body = PasswordResetRequest, security(()),
    responses((status = 202)))]
async fn request_reset(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    JsonBody(body): JsonBody<PasswordResetRequest>,
) -> Answer<StatusCode> {
    let email = settings::clean_email("email", &body.email)?;
    reset::request(&state.ctx, &from_browser(address, &headers), &email).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Set a new password by a link
#[utoipa::path(post, path = "/password_reset/complete", tag = "session", request_body = PasswordResetComplete, security(()),
    responses((status = 204)))]
async fn complete_reset(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    JsonBody(body): JsonBody<PasswordResetComplete>,
) -> Answer<StatusCode> {
    let browser = from_browser(address, &headers);
    reset::complete(&state.ctx, &browser, &body.token, &body.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
