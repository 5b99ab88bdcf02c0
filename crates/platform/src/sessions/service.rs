//! Signing in and out.

use std::net::IpAddr;

use heard_kernel::{Actor, Code, Error, Result, Timestamp, preview};
use heard_runtime::{Ctx, Tx};
use uuid::Uuid;

use super::{
    cache::forget_all,
    deadlines::EndSession,
    events::{SessionOpened, SessionRevoked, SignInFailed},
    store::{self, SessionRow},
};
use crate::{
    credentials::{
        self, CREDENTIALS_INVALID, SecondFactor, TOTP_INVALID, Throttle, check_second_factor,
        store as secrets_store,
    },
    directory::{UserId, UserState},
    secrets,
    settings::{self, Settings},
    users,
    vault::Vault,
};

/// Only a person who signed in by browser can do this, not an API token.
pub const SESSION_REQUIRED: Code = Code::new("session_required", 403);

/// Days that a session lasts without use when the browser is to remember it.
const REMEMBER_DAYS: i64 = 30;
/// Days after which everybody signs in again.
const LONGEST_DAYS: i64 = 90;
/// How often use is written down.
const TOUCH_SECONDS: i64 = 60;

/// Where somebody comes from.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    pub(crate) address: IpAddr,
    pub(crate) user_agent: String,
}

/// What somebody signs in with.
#[derive(Clone, Debug)]
pub(crate) struct SignIn {
    pub(crate) email: String,
    pub(crate) password: String,
    pub(crate) second: Option<SecondFactor>,
    pub(crate) remember: bool,
}

/// A session that was just opened. The token is known to the browser alone.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    pub(crate) session_id: Uuid,
    pub(crate) token: String,
    pub(crate) user_id: UserId,
    pub(crate) remember: bool,
}

/// Signs somebody in; nothing when a second factor is still to be given. An unknown address, a disabled account and a wrong
/// password are one answer and take one time.
///
/// # Errors
/// `credentials_invalid`; `totp_invalid`; `too_many_attempts`; `setup_required`; the storage codes.
pub(crate) async fn sign_in(ctx: &Ctx, browser: &Browser, given: SignIn) -> Result<Option<Opened>> {
    let settings = settings::current(ctx).await?;
    let attempt = Throttle::attempt(ctx, &given.email, browser.address)?;
    let email = given.email.clone();
    let (account, credential) = ctx
        .read(async move |tx| {
            let account = users::store::by_email(tx, &email).await?;
            let credential = match &account {
                Some(account) => secrets_store::of_user(tx, account.id).await?,
                None => Default::default(),
            };
            Ok((account, credential))
        })
        .await?;
    let active = account.as_ref().is_some_and(|account| account.state == UserState::Active);
    let stored = if active { credential.password_hash.as_deref() } else { None };
    let good = credentials::verify(ctx, stored, &given.password).await?;
    let Some(account) = account.filter(|_| good && active) else {
        return Err(failed(ctx, browser, None, CREDENTIALS_INVALID).await?);
    };
    if account.totp_enabled && given.second.is_none() {
        attempt.half_way();
        return Ok(None);
    }
    let vault = Vault::of(ctx)?;
    let (visitor, user, remember) = (browser.clone(), account.id, given.remember);
    let second = if account.totp_enabled { given.second } else { None };
    let verified = credential.password_hash.unwrap_or_default();
    let opened = ctx
        .tx(&acting(user, browser), async move |tx| {
            // Looking at a password takes its time: a new one may have been set, and all sessions ended, meanwhile.
            if !secrets_store::is_password(tx, user, &verified).await? {
                return Err(Error::new(CREDENTIALS_INVALID));
            }
            if let Some(second) = &second {
                check_second_factor(tx, &vault, user, second).await?;
            }
            open(tx, user, &visitor, remember, &settings).await
        })
        .await;
    match opened {
        Ok(opened) => {
            attempt.succeeded();
            Ok(Some(opened))
        }
        Err(error) if error.is(TOTP_INVALID) => Err(failed(ctx, browser, Some(user), TOTP_INVALID).await?),
        Err(error) if error.is(CREDENTIALS_INVALID) => {
            Err(failed(ctx, browser, Some(user), CREDENTIALS_INVALID).await?)
        }
        Err(error) => Err(error),
    }
}

/// The user as who acts before they have a session: with no rights, only as a name in the log.
fn acting(user: UserId, browser: &Browser) -> Actor {
    let mut actor = Actor::user(user.0, Default::default());
    actor.address = Some(browser.address.to_string().into());
    actor
}

async fn failed(ctx: &Ctx, browser: &Browser, user: Option<UserId>, code: Code) -> Result<Error> {
    let mut actor = Actor::system();
    actor.address = Some(browser.address.to_string().into());
    let user_id = user.unwrap_or(UserId(Uuid::nil()));
    ctx.tx(&actor, async move |tx| tx.emit(&SignInFailed { user_id, reason: code.id.to_owned() })).await?;
    Ok(Error::new(code))
}

/// Opens a session.
///
/// # Errors
/// The storage codes.
pub(crate) async fn open(
    tx: &Tx<'_>,
    user: UserId,
    browser: &Browser,
    remember: bool,
    settings: &Settings,
) -> Result<Opened> {
    let token = secrets::token(tx.secret());
    let session = SessionRow {
        id: tx.new_id(),
        user_id: user,
        address: browser.address.to_string(),
        user_agent: preview(&browser.user_agent, 300),
        remember,
        created_at: tx.now(),
        last_seen_at: tx.now(),
        expires_at: end_of(tx.now(), tx.now(), remember, settings),
    };
    store::insert(tx, &session, &secrets::digest(&token)).await?;
    users::store::seen(tx, user, tx.now()).await?;
    tx.set_deadline(EndSession::KIND, session.id, session.expires_at, &())?;
    tx.emit(&SessionOpened { session_id: session.id, user_id: user, user_agent: session.user_agent })?;
    Ok(Opened { session_id: session.id, token, user_id: user, remember })
}

/// When a session ends that is used now.
fn end_of(now: Timestamp, created_at: Timestamp, remember: bool, settings: &Settings) -> Timestamp {
    let hours = if remember { REMEMBER_DAYS * 24 } else { i64::from(settings.session_hours) };
    now.plus_seconds(hours * 3_600).min(created_at.plus_seconds(LONGEST_DAYS * 86_400))
}

/// Writes down that a session is used, now and then.
pub(super) async fn prolong(ctx: &Ctx, session: SessionRow) -> Result<()> {
    if ctx.now().millis_since(session.last_seen_at) < TOUCH_SECONDS * 1_000 {
        return Ok(());
    }
    let settings = settings::current(ctx).await?;
    ctx.tx(&Actor::system(), async move |tx| {
        let end = end_of(tx.now(), session.created_at, session.remember, &settings);
        store::touch(tx, session.id, tx.now(), end).await?;
        users::store::seen(tx, session.user_id, tx.now()).await
    })
    .await
}

/// The session of whoever acts.
///
/// # Errors
/// `session_required` when they came by an API token.
pub(crate) fn require_session(known: &heard_web::Authenticated) -> Result<Uuid> {
    known.session.as_ref().map(|session| session.id).ok_or_else(|| Error::new(SESSION_REQUIRED))
}

/// The sessions of whoever acts, the newest first.
///
/// # Errors
/// `user_required`; the storage codes.
pub(super) async fn list(ctx: &Ctx, actor: &Actor) -> Result<Vec<SessionRow>> {
    let (user, now) = (UserId(actor.user_id()?), ctx.now());
    let sessions = ctx.read(async move |tx| store::of_user(tx, user).await).await?;
    Ok(sessions.into_iter().filter(|session| session.expires_at > now).collect())
}

/// Ends a session of whoever acts.
///
/// # Errors
/// `not_found`, also for the session of somebody else; the storage codes.
pub(super) async fn revoke(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<()> {
    let user = UserId(actor.user_id()?);
    ctx.tx(actor, async move |tx| {
        let session = store::one(tx, id).await?.filter(|session| session.user_id == user);
        let session = session.ok_or_else(|| Error::not_found("session"))?;
        end(tx, &session).await
    })
    .await?;
    forget_all(ctx);
    Ok(())
}

/// Ends the sessions of whoever acts, all but one.
///
/// # Errors
/// `user_required`; the storage codes.
pub(super) async fn revoke_others(ctx: &Ctx, actor: &Actor, kept: Option<Uuid>) -> Result<()> {
    let user = UserId(actor.user_id()?);
    ctx.tx(actor, async move |tx| revoke_all(tx, user, kept).await).await?;
    forget_all(ctx);
    Ok(())
}

/// Ends the sessions of a user, all but one.
///
/// # Errors
/// The storage codes.
pub(crate) async fn revoke_all(tx: &Tx<'_>, user: UserId, kept: Option<Uuid>) -> Result<()> {
    for session in store::of_user(tx, user).await? {
        if kept != Some(session.id) {
            end(tx, &session).await?;
        }
    }
    Ok(())
}

async fn end(tx: &Tx<'_>, session: &SessionRow) -> Result<()> {
    if store::delete(tx, session.id).await? {
        tx.clear_deadline(EndSession::KIND, session.id);
        tx.emit(&SessionRevoked { session_id: session.id, user_id: session.user_id })?;
    }
    Ok(())
}
