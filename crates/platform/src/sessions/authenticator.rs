//! Finds out who sends a request: by the cookie of a session or by an API token.

use std::sync::Arc;

use axum::http::{header, request::Parts};
use futures_util::future::BoxFuture;
use heard_kernel::{Actor, Code, Error, Result, RightSet, codes};
use heard_runtime::Ctx;
use heard_web::{Authenticated, Authenticator, SESSION_COOKIE, Session};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{cache::Known, service::prolong, store};
use crate::{
    api_tokens,
    directory::{UserId, UserState, team_ids_of},
    rights::Catalogue,
    roles::access_of,
    secrets, settings,
};

/// The session has ended.
pub(crate) const SESSION_EXPIRED: Code = Code::new("session_expired", 401);

/// Knows console sessions and API tokens.
pub struct Gate {
    ctx: Ctx,
}

impl Gate {
    /// A gate for the people of this database.
    pub fn new(ctx: Ctx) -> Self {
        Self { ctx }
    }

    async fn by_cookie(&self, token: &str) -> Result<Authenticated> {
        let (digest, now) = (secrets::digest(token), self.ctx.now());
        let known = self.ctx.shared::<Known>();
        let generation = match known.find(&digest, now) {
            Ok(found) => return Ok(found),
            Err(generation) => generation,
        };
        let row = self.ctx.read(async move |tx| store::by_digest(tx, &digest).await).await?;
        let row = row.filter(|row| row.expires_at > now).ok_or_else(|| Error::new(SESSION_EXPIRED))?;
        let mut actor = actor_of(&self.ctx, row.user_id).await?.ok_or_else(|| Error::new(SESSION_EXPIRED))?;
        actor.credential_id = Some(row.id);
        let session = Session { id: row.id, csrf: csrf_of(token) };
        let found = Authenticated { actor, session: Some(session) };
        let expires_at = row.expires_at;
        prolong(&self.ctx, row).await?;
        known.keep(generation, digest, found.clone(), now, Some(expires_at));
        Ok(found)
    }

    async fn by_token(&self, token: &str) -> Result<Authenticated> {
        let (digest, now) = (secrets::digest(token), self.ctx.now());
        let known = self.ctx.shared::<Known>();
        let generation = match known.find(&digest, now) {
            Ok(found) => return Ok(found),
            Err(generation) => generation,
        };
        let refused = || Error::new(codes::UNAUTHENTICATED);
        let found = api_tokens::by_digest(&self.ctx, digest).await?;
        let found = found.filter(|token| token.good_at(now)).ok_or_else(refused)?;
        let mut actor = actor_of(&self.ctx, found.user_id).await?.ok_or_else(refused)?;
        actor.rights = actor.rights.intersect(&found.scopes.iter().map(String::as_str).collect());
        actor.credential_id = Some(found.id);
        let expires_at = found.expires_at;
        api_tokens::used(&self.ctx, &found).await?;
        let authenticated = Authenticated { actor, session: None };
        known.keep(generation, digest, authenticated.clone(), now, expires_at);
        Ok(authenticated)
    }

    async fn refreshed(&self, actor: &Actor) -> Result<Option<Actor>> {
        let (Some(user), Some(credential), now) = (actor.id, actor.credential_id, self.ctx.now()) else {
            return Ok(None);
        };
        let session = self.ctx.read(async move |tx| store::one(tx, credential).await).await?;
        let scopes = match session {
            Some(session) if session.expires_at > now => None,
            Some(_) => return Ok(None),
            None => match api_tokens::one(&self.ctx, credential).await?.filter(|token| token.good_at(now)) {
                Some(token) => Some(token.scopes),
                None => return Ok(None),
            },
        };
        let Some(mut fresh) = actor_of(&self.ctx, UserId(user)).await? else { return Ok(None) };
        if let Some(scopes) = scopes {
            fresh.rights = fresh.rights.intersect(&scopes.into_iter().collect());
        }
        fresh.credential_id = Some(credential);
        fresh.address.clone_from(&actor.address);
        Ok(Some(fresh))
    }
}

impl Authenticator for Gate {
    fn authenticate<'a>(&'a self, parts: &'a Parts) -> BoxFuture<'a, Result<Authenticated>> {
        Box::pin(async move {
            if let Some(value) = parts.headers.get(header::AUTHORIZATION) {
                let token = value.to_str().ok().and_then(|value| value.strip_prefix("Bearer "));
                let token = token.filter(|token| token.starts_with(api_tokens::PREFIX) && token.len() < 128);
                return self.by_token(token.ok_or_else(|| Error::new(codes::UNAUTHENTICATED))?).await;
            }
            match cookie(parts) {
                Some(token) => self.by_cookie(token).await,
                None => Err(Error::new(codes::UNAUTHENTICATED)),
            }
        })
    }

    fn refresh<'a>(&'a self, actor: &'a Actor) -> BoxFuture<'a, Result<Option<Actor>>> {
        Box::pin(self.refreshed(actor))
    }
}

fn cookie(parts: &Parts) -> Option<&str> {
    let lines = parts.headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(name, token)| *name == SESSION_COOKIE && !token.is_empty() && token.len() < 128)
        .map(|pair| pair.1)
}

/// The token against forged requests: it follows from the session's own token, which other sites cannot read.
pub(super) fn csrf_of(token: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(b"heard csrf ");
    digest.update(token.as_bytes());
    hex::encode(digest.finalize())
}

/// A user as an actor; nobody when they may not sign in. Where a second factor is required, an account without one has no
/// rights: its owner can only turn it on.
pub(super) async fn actor_of(ctx: &Ctx, user: UserId) -> Result<Option<Actor>> {
    let catalogue = Catalogue::of(ctx);
    let Some(settings) = settings::find(ctx).await? else { return Ok(None) };
    let found = ctx
        .read(async move |tx| {
            let Some((state, totp)) = store::standing(tx, user).await? else { return Ok(None) };
            if state != UserState::Active {
                return Ok(None);
            }
            let rights = access_of(tx, &catalogue, user).await?;
            Ok(Some((rights, totp, team_ids_of(tx, user).await?)))
        })
        .await?;
    Ok(found.map(|(rights, totp, teams)| {
        let rights = if settings.totp_required && !totp { RightSet::default() } else { rights };
        let mut actor = Actor::user(user.0, rights);
        actor.team_ids = teams.into_iter().map(Uuid::from).collect::<Arc<[Uuid]>>();
        actor
    }))
}
