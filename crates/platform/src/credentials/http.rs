//! Second factors of one's own account over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use heard_web::{Answer, AppState, JsonBody, SignedIn};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::service;
use crate::sessions::require_session;

/// A second factor to be added to an authenticator app.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TotpStart {
    /// The secret as people type it.
    pub secret: String,
    /// The address that apps read from the picture.
    pub uri: String,
    /// The address as a picture.
    pub qr_svg: String,
}

/// A code of the app.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
pub struct TotpCode {
    /// Six digits.
    pub code: String,
}

/// One's own password once more.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
pub struct OwnPassword {
    /// The password.
    pub password: String,
}

/// Codes for when the telephone is gone, shown once.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RecoveryCodes {
    /// Each works once.
    pub recovery_codes: Vec<String>,
}

/// The routes of second factors.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(start, disable)).routes(routes!(confirm)).routes(routes!(new_codes))
}

/// Begin a second factor
#[utoipa::path(post, path = "/me/totp", tag = "session", responses((status = 200, body = TotpStart)))]
async fn start(State(state): State<AppState>, SignedIn(known): SignedIn) -> Answer<Json<TotpStart>> {
    require_session(&known)?;
    let started = service::start(&state.ctx, &known.actor).await?;
    Ok(Json(TotpStart { secret: started.secret, uri: started.uri, qr_svg: started.qr_svg }))
}

/// Turn the second factor on
#[utoipa::path(post, path = "/me/totp/confirm", tag = "session", request_body = TotpCode,
    responses((status = 200, body = RecoveryCodes)))]
async fn confirm(
    State(state): State<AppState>,
    SignedIn(known): SignedIn,
    JsonBody(body): JsonBody<TotpCode>,
) -> Answer<Json<RecoveryCodes>> {
    require_session(&known)?;
    let recovery_codes = service::confirm(&state.ctx, &known.actor, body.code).await?;
    Ok(Json(RecoveryCodes { recovery_codes }))
}

/// Turn the second factor off
#[utoipa::path(delete, path = "/me/totp", tag = "session", request_body = OwnPassword, responses((status = 204)))]
async fn disable(
    State(state): State<AppState>,
    SignedIn(known): SignedIn,
    JsonBody(body): JsonBody<OwnPassword>,
) -> Answer<StatusCode> {
    require_session(&known)?;
    service::disable(&state.ctx, &known.actor, &body.password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make new recovery codes
#[utoipa::path(post, path = "/me/totp/recovery_codes", tag = "session", request_body = OwnPassword,
    responses((status = 200, body = RecoveryCodes)))]
async fn new_codes(
    State(state): State<AppState>,
    SignedIn(known): SignedIn,
    JsonBody(body): JsonBody<OwnPassword>,
) -> Answer<Json<RecoveryCodes>> {
    require_session(&known)?;
    let recovery_codes = service::new_codes(&state.ctx, &known.actor, &body.password).await?;
    Ok(Json(RecoveryCodes { recovery_codes }))
}
