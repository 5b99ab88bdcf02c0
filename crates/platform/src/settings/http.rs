//! Settings over HTTP.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header::ETAG},
    response::{IntoResponse, Response},
};
use heard_kernel::Locale;
use heard_web::{Answer, AppState, Auth, IfMatch, JsonBody, etag};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{MailSecurity, Settings, clean_email},
    service,
};
use crate::{
    mail::{self, Mail, Purpose},
    rights::SETTING_MANAGE,
};

/// A change of the settings; what is absent stays. An empty text clears a field that may be empty.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct SettingsPatch {
    /// The organisation's name.
    pub organization: Option<String>,
    /// The language for everybody who has chosen none.
    pub default_locale: Option<Locale>,
    /// The IANA time zone of the organisation.
    pub time_zone: Option<String>,
    /// The currency of amounts of money, as ISO 4217 calls it. Amounts on record keep theirs.
    pub currency: Option<String>,
    /// The address under which browsers reach Heard.
    pub public_url: Option<String>,
    /// The fewest characters of a password, 8 to 64.
    pub password_min_length: Option<u32>,
    /// Hours without use after which a session ends, 1 to 720.
    pub session_hours: Option<u32>,
    /// Whether everybody must use a second factor.
    pub totp_required: Option<bool>,
    /// The mail account.
    pub mail: Option<MailPatch>,
}

/// A change of the mail account.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct MailPatch {
    /// The sender's address.
    pub from: Option<String>,
    /// The server.
    pub smtp_host: Option<String>,
    /// The server's port.
    pub smtp_port: Option<u32>,
    /// The account on the server.
    pub smtp_user: Option<String>,
    /// The password; it is stored encrypted and never given out.
    pub smtp_password: Option<String>,
    /// How the connection is protected.
    pub security: Option<MailSecurity>,
}

/// Where a test mail goes.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
pub struct TestMail {
    /// The address.
    pub to: String,
}

/// The routes of settings.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get, update)).routes(routes!(test_mail))
}

/// Read the settings
#[utoipa::path(get, path = "/settings", tag = "settings", responses((status = 200, body = Settings)))]
async fn get(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Response> {
    let settings = service::get(&state.ctx, &actor).await?;
    Ok(([(ETAG, etag(settings.version))], Json(settings)).into_response())
}

/// Change the settings
#[utoipa::path(patch, path = "/settings", tag = "settings", request_body = SettingsPatch,
    responses((status = 200, body = Settings)))]
async fn update(
    State(state): State<AppState>,
    Auth(actor): Auth,
    IfMatch(version): IfMatch,
    JsonBody(patch): JsonBody<SettingsPatch>,
) -> Answer<Response> {
    let settings = service::update(&state.ctx, &actor, version, patch).await?;
    service::apply(&state.ctx, &state.site).await?;
    Ok(([(ETAG, etag(settings.version))], Json(settings)).into_response())
}

/// Send a test mail
#[utoipa::path(post, path = "/settings/mail/test", tag = "settings", request_body = TestMail, responses((status = 204)))]
async fn test_mail(
    State(state): State<AppState>,
    Auth(actor): Auth,
    JsonBody(body): JsonBody<TestMail>,
) -> Answer<StatusCode> {
    actor.require(SETTING_MANAGE)?;
    let locale = service::current(&state.ctx).await?.default_locale;
    let mail = Mail { to: clean_email("to", &body.to)?, locale, purpose: Purpose::Test };
    mail::send(&state.ctx, &mail, state.ctx.new_id()).await?;
    Ok(StatusCode::NO_CONTENT)
}
