//! The first run over HTTP, and what anybody may know about this installation.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use heard_kernel::Locale;
use heard_web::{Answer, AppState, ClientAddress, JsonBody, MaybeAuth};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::service;
use crate::{
    sessions::{from_browser, signed_in},
    settings,
};

/// What anybody may know about this installation.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Meta {
    /// The product.
    #[schema(example = "Heard")]
    pub name: &'static str,
    /// The version of the program.
    pub version: &'static str,
    /// Whether the first run is still to be done.
    pub setup_required: bool,
    /// Whether the first run asks for the token that was printed at start.
    pub setup_token_required: bool,
    /// Whether whoever asks is signed in: `GET /me` tells who it is.
    pub signed_in: bool,
    /// The organisation's name.
    #[schema(required = true)]
    pub organization: Option<String>,
    /// The language for everybody who has chosen none.
    pub default_locale: Locale,
    /// The IANA time zone of the organisation.
    pub time_zone: String,
}

/// What the first run asks for.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
pub struct Setup {
    /// The token that was printed at start, when it is asked for.
    pub token: Option<String>,
    /// The language for everybody who has chosen none.
    pub locale: Locale,
    /// The organisation's name.
    pub organization: String,
    /// The IANA time zone of the organisation.
    pub time_zone: String,
    /// The administrator's name.
    pub name: String,
    /// The administrator's address.
    pub email: String,
    /// The administrator's password.
    pub password: String,
}

/// The routes of the first run.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(meta)).routes(routes!(set_up))
}

/// What anybody may know about this installation
#[utoipa::path(get, path = "/meta", tag = "session", security(()), responses((status = 200, body = Meta)))]
async fn meta(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    MaybeAuth(actor): MaybeAuth,
    headers: HeaderMap,
) -> Answer<Json<Meta>> {
    let settings = settings::find(&state.ctx).await?;
    let token = service::token_required(&state.ctx, &from_browser(address, &headers));
    Ok(Json(Meta {
        name: "Heard",
        version: env!("CARGO_PKG_VERSION"),
        setup_required: settings.is_none(),
        setup_token_required: settings.is_none() && token,
        signed_in: actor.is_some(),
        organization: settings.as_ref().map(|settings| settings.organization.clone()),
        default_locale: settings.as_ref().map(|settings| settings.default_locale).unwrap_or_default(),
        time_zone: settings.map_or_else(|| "Asia/Shanghai".to_owned(), |settings| settings.time_zone.clone()),
    }))
}

/// Do the first run
#[utoipa::path(post, path = "/setup", tag = "session", request_body = Setup, security(()),
    responses((status = 201, body = crate::sessions::Me)))]
async fn set_up(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    JsonBody(body): JsonBody<Setup>,
) -> Answer<Response> {
    let locale = body.locale;
    let opened = service::run(&state.ctx, &from_browser(address, &headers), body).await?;
    settings::apply(&state.ctx, &state.site).await?;
    let (cookie, me) = signed_in(&state, &headers, &opened, locale).await?;
    Ok((StatusCode::CREATED, [cookie], Json(me)).into_response())
}
