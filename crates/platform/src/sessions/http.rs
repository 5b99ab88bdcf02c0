//! Signing in, signing out and one's own account over HTTP.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use heard_kernel::{Error, Page, Result, Timestamp};
use heard_web::{
    Answer, AppState, Authenticated, ClientAddress, JsonBody, Lang, PathParams, SESSION_COOKIE, Session,
    SignedIn,
};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    authenticator::{actor_of, csrf_of},
    me::{self, Me, MePatch},
    service::{self, Browser, Opened, SignIn},
};
use crate::{credentials::SecondFactor, links};

/// What somebody signs in with.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
#[schema(as = SignIn)]
pub struct SignInBody {
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
    /// Six digits from the authenticator app.
    pub totp: Option<String>,
    /// A recovery code instead of the digits.
    pub recovery_code: Option<String>,
    /// Whether to stay signed in when the browser is closed.
    pub remember: Option<bool>,
}

/// How signing in went.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SignInResult {
    /// Whether a second factor is still to be given.
    pub state: SignInState,
    /// Whoever is signed in now.
    #[schema(required = true)]
    pub me: Option<Me>,
}

/// Whether somebody is signed in.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignInState {
    /// They are.
    SignedIn,
    /// The second factor is to be given together with the password.
    TotpRequired,
}

/// A session of one's own.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SessionInfo {
    /// Which one.
    pub id: Uuid,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_seen_at: Timestamp,
    /// The network address that it was opened from.
    pub address: String,
    /// The browser, as it calls itself.
    pub user_agent: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// A new password.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
pub struct PasswordChange {
    /// The present password.
    pub current: String,
    /// The new one.
    pub new: String,
}

/// The routes of sessions and of one's own account.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(sign_in, sign_out))
        .routes(routes!(list, revoke_others))
        .routes(routes!(revoke))
        .routes(routes!(get_me, patch_me))
        .routes(routes!(change_password))
}

/// Sign in
#[utoipa::path(post, path = "/session", tag = "session", request_body = SignInBody, security(()),
    responses((status = 200, body = SignInResult)))]
async fn sign_in(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    Lang(locale): Lang,
    headers: HeaderMap,
    JsonBody(body): JsonBody<SignInBody>,
) -> Answer<Response> {
    let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let second = given(body.totp).map(SecondFactor::Code);
    let second = second.or_else(|| given(body.recovery_code).map(SecondFactor::Recovery));
    let remember = body.remember.unwrap_or(false);
    let sign_in = SignIn { email: body.email, password: body.password, second, remember };
    let browser = from_browser(address, &headers);
    Ok(match service::sign_in(&state.ctx, &browser, sign_in).await? {
        None => Json(SignInResult { state: SignInState::TotpRequired, me: None }).into_response(),
        Some(opened) => {
            let (cookie, me) = signed_in(&state, &headers, &opened, locale).await?;
            ([cookie], Json(SignInResult { state: SignInState::SignedIn, me: Some(me) })).into_response()
        }
    })
}

/// Where a request comes from.
pub(crate) fn from_browser(address: std::net::IpAddr, headers: &HeaderMap) -> Browser {
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    Browser { address: address.to_canonical(), user_agent: agent.to_owned() }
}

/// The cookie of a session that was just opened, and its owner.
pub(crate) async fn signed_in(
    state: &AppState,
    headers: &HeaderMap,
    opened: &Opened,
    locale: heard_kernel::Locale,
) -> Result<((header::HeaderName, HeaderValue), Me)> {
    let actor = actor_of(&state.ctx, opened.user_id).await?.ok_or_else(|| Error::not_found("user"))?;
    let session = Session { id: opened.session_id, csrf: csrf_of(&opened.token) };
    let known = Authenticated { actor, session: Some(session) };
    let me = me::view(&state.ctx, &known, locale).await?;
    // The server knows when a session ends; the browser only needs to know whether to keep it when it is closed.
    let age = if opened.remember { "; Max-Age=7776000" } else { "" };
    Ok((set_cookie(state, headers, &opened.token, age)?, me))
}

fn set_cookie(
    state: &AppState,
    headers: &HeaderMap,
    token: &str,
    age: &str,
) -> Result<(header::HeaderName, HeaderValue)> {
    let secure = if links::by_https(&state.site, headers) { "; Secure" } else { "" };
    let text = format!("{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax{age}{secure}");
    Ok((header::SET_COOKIE, HeaderValue::try_from(text).map_err(Error::internal)?))
}

/// Sign out
#[utoipa::path(delete, path = "/session", tag = "session", responses((status = 204)))]
async fn sign_out(
    State(state): State<AppState>,
    SignedIn(known): SignedIn,
    headers: HeaderMap,
) -> Answer<Response> {
    let session = service::require_session(&known)?;
    service::revoke(&state.ctx, &known.actor, session).await?;
    let cookie = set_cookie(&state, &headers, "", "; Max-Age=0")?;
    Ok((StatusCode::NO_CONTENT, [cookie]).into_response())
}

/// List one's own sessions
#[utoipa::path(get, path = "/sessions", tag = "session", responses((status = 200, body = Page<SessionInfo>)))]
async fn list(State(state): State<AppState>, SignedIn(known): SignedIn) -> Answer<Json<Page<SessionInfo>>> {
    let current = known.session.as_ref().map(|session| session.id);
    let items = service::list(&state.ctx, &known.actor).await?.into_iter().map(|session| SessionInfo {
        id: session.id,
        created_at: session.created_at,
        last_seen_at: session.last_seen_at,
        address: session.address,
        user_agent: session.user_agent,
        current: current == Some(session.id),
    });
    Ok(Json(Page { items: items.collect(), next_cursor: None }))
}

/// Sign out everywhere else
#[utoipa::path(delete, path = "/sessions", tag = "session", responses((status = 204)))]
async fn revoke_others(State(state): State<AppState>, SignedIn(known): SignedIn) -> Answer<StatusCode> {
    let session = service::require_session(&known)?;
    service::revoke_others(&state.ctx, &known.actor, Some(session)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End one of one's own sessions
#[utoipa::path(delete, path = "/sessions/{id}", tag = "session", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn revoke(
    State(state): State<AppState>,
    SignedIn(known): SignedIn,
    PathParams(id): PathParams<Uuid>,
) -> Answer<StatusCode> {
    service::require_session(&known)?;
    service::revoke(&state.ctx, &known.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who is signed in
#[utoipa::path(get, path = "/me", tag = "session", responses((status = 200, body = Me)))]
async fn get_me(
    State(state): State<AppState>,
    SignedIn(known): SignedIn,
    Lang(locale): Lang,
) -> Answer<Json<Me>> {
    Ok(Json(me::view(&state.ctx, &known, locale).await?))
}

/// Change one's own account
#[utoipa::path(patch, path = "/me", tag = "session", request_body = MePatch, responses((status = 200, body = Me)))]
async fn patch_me(
    State(state): State<AppState>,
    SignedIn(known): SignedIn,
    Lang(locale): Lang,
    JsonBody(patch): JsonBody<MePatch>,
) -> Answer<Json<Me>> {
    service::require_session(&known)?;
    me::update(&state.ctx, &known.actor, patch).await?;
    Ok(Json(me::view(&state.ctx, &known, locale).await?))
}

/// Change one's own password
#[utoipa::path(post, path = "/me/password", tag = "session", request_body = PasswordChange, responses((status = 204)))]
async fn change_password(
    State(state): State<AppState>,
    SignedIn(known): SignedIn,
    JsonBody(body): JsonBody<PasswordChange>,
) -> Answer<StatusCode> {
    me::change_password(&state.ctx, &known, &body.current, &body.new).await?;
    Ok(StatusCode::NO_CONTENT)
}
