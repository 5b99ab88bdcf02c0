//! Who is calling.

use std::net::IpAddr;

use axum::{
    extract::FromRequestParts,
    http::{Method, request::Parts},
};
use futures_util::future::BoxFuture;
use heard_kernel::{Actor, Error, Result};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use crate::{AppState, Problem, codes, request::RequestInfo};

/// The header that repeats the session's token on changing calls.
pub const CSRF_HEADER: &str = "x-csrf-token";

/// Finds out who is calling. Implemented by `platform` for console sessions and API tokens; visitors are known by
/// `channels`.
pub trait Authenticator: Send + Sync + 'static {
    /// Who sends the request.
    ///
    /// # Errors
    /// `unauthenticated` without a credential, `session_expired` with an old one; the storage codes.
    fn authenticate<'a>(&'a self, parts: &'a Parts) -> BoxFuture<'a, Result<Authenticated>>;

    /// The same actor with present rights and teams, or `None` when the credential is no longer good. Asked for live
    /// connections when something about the user changed.
    ///
    /// # Errors
    /// The storage codes.
    fn refresh<'a>(&'a self, actor: &'a Actor) -> BoxFuture<'a, Result<Option<Actor>>>;
}

/// Somebody who proved who they are.
#[derive(Clone, Debug)]
pub struct Authenticated {
    /// Who acts.
    pub actor: Actor,
    /// The console session, when the caller came by its cookie and not by a token.
    pub session: Option<Session>,
}

/// A console session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Which one.
    pub id: Uuid,
    /// What [`CSRF_HEADER`] must repeat.
    pub csrf: String,
}

/// The signed-in caller. A changing call by cookie must carry [`CSRF_HEADER`].
#[derive(Clone, Debug)]
pub struct Auth(pub Actor);

/// The signed-in caller with the session, for what concerns sign-in itself. Held to the same rules as [`Auth`].
#[derive(Clone, Debug)]
pub struct SignedIn(pub Authenticated);

/// The signed-in caller, or nobody.
#[derive(Clone, Debug)]
pub struct MaybeAuth(pub Option<Actor>);

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let mut known = state.auth.authenticate(parts).await?;
        if let Some(session) = &known.session {
            check_csrf(parts, session)?;
        }
        let address = RequestInfo::of(parts).address;
        known.actor.address = Some(address_text(address).into());
        Ok(Self(known))
    }
}

impl FromRequestParts<AppState> for Auth {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let SignedIn(known) = SignedIn::from_request_parts(parts, state).await?;
        Ok(Self(known.actor))
    }
}

impl FromRequestParts<AppState> for MaybeAuth {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        match Auth::from_request_parts(parts, state).await {
            Ok(Auth(actor)) => Ok(Self(Some(actor))),
            Err(problem) if problem.0.code().status == 401 => Ok(Self(None)),
            Err(problem) => Err(problem),
        }
    }
}

/// A page of another site can make the browser send the cookie, but cannot read the token.
fn check_csrf(parts: &Parts, session: &Session) -> Result<()> {
    if matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let given = parts.headers.get(CSRF_HEADER).map(|value| value.as_bytes()).unwrap_or_default();
    if bool::from(given.ct_eq(session.csrf.as_bytes())) && !given.is_empty() {
        Ok(())
    } else {
        Err(Error::new(codes::CSRF_FAILED))
    }
}

fn address_text(address: IpAddr) -> String {
    address.to_canonical().to_string()
}
