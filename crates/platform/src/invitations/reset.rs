//! Password resets.

use heard_kernel::{Actor, Error, Result};
use heard_runtime::{Ctx, Tx};

use super::{
    deadlines::EndReset, events::PasswordResetRequested, jobs::ResetJob, service::INVITATION_EXPIRED, store,
};
use crate::{
    credentials::{self, PasswordChanged, Throttle},
    directory::{UserId, UserState},
    links,
    mail::{Mail, MailJob, Purpose},
    rights::{Catalogue, USER_MANAGE},
    secrets,
    sessions::{self, Browser},
    settings,
    users::{self, check_rank},
};

/// Hours that a link lasts which was asked for by mail, and one that an administrator hands over.
const MAILED_HOURS: i64 = 2;
const HANDED_HOURS: i64 = 24;

/// Makes a link by which a user sets a new password, for an administrator to hand over.
///
/// # Errors
/// `forbidden`; `rights_exceeded`; `not_found`; the storage codes.
pub(crate) async fn reset_link(ctx: &Ctx, actor: &Actor, id: UserId, origin: &str) -> Result<String> {
    actor.require(USER_MANAGE)?;
    let token = secrets::token(ctx.secret());
    let (digest, catalogue, acting) = (secrets::digest(&token), Catalogue::of(ctx), actor.clone());
    ctx.tx(actor, async move |tx| {
        users::store::one(tx, id).await?.ok_or_else(|| Error::not_found("user"))?;
        check_rank(tx, &catalogue, &acting, id).await?;
        arm(tx, id, &digest, HANDED_HOURS).await
    })
    .await?;
    Ok(links::password_reset(origin, &token))
}

async fn arm(tx: &Tx<'_>, user: UserId, digest: &[u8], hours: i64) -> Result<()> {
    let end = tx.now().plus_seconds(hours * 3_600);
    store::set_reset(tx, user, digest, end).await?;
    tx.set_deadline(EndReset::KIND, user, end, &())?;
    tx.emit(&PasswordResetRequested { user_id: user })
}

/// Takes a wish for a link to be mailed to the owner of an address. Whether there is one is looked up by a job, so that
/// neither the answer nor the time it takes tells.
///
/// # Errors
/// `too_many_attempts`; the storage codes.
pub(super) async fn request(ctx: &Ctx, browser: &Browser, email: &str) -> Result<()> {
    // Never said to have succeeded: each request counts, so that nobody's mailbox is flooded.
    Throttle::attempt(ctx, &format!("reset:{email}"), browser.address)?;
    let job = ResetJob::new(ctx, email)?;
    let mut actor = Actor::system();
    actor.address = Some(browser.address.to_string().into());
    ctx.tx(&actor, async move |tx| tx.enqueue(&job).await).await
}

/// Makes the link and the mail, when the address is somebody's.
///
/// # Errors
/// The storage codes.
pub(super) async fn answer(ctx: &Ctx, email: String) -> Result<()> {
    let settings = settings::current(ctx).await?;
    let account = ctx.read(async move |tx| users::store::by_email(tx, &email).await).await?;
    let Some(account) = account.filter(|account| account.state == UserState::Active) else { return Ok(()) };
    if settings.mail.ready().is_none() {
        tracing::warn!("a password reset was asked for, but no mail server is set up");
        return Ok(());
    }
    let token = secrets::token(ctx.secret());
    let link = links::password_reset(&links::mail_origin(ctx, &settings), &token);
    let mail = Mail { to: account.email, locale: account.locale, purpose: Purpose::PasswordReset { link } };
    let (job, digest) = (MailJob::new(ctx, &mail)?, secrets::digest(&token));
    ctx.tx(&Actor::system(), async move |tx| {
        arm(tx, account.id, &digest, MAILED_HOURS).await?;
        tx.enqueue(&job).await
    })
    .await
}

/// Sets the new password of a link, which is good once, and ends all sessions.
///
/// # Errors
/// `invitation_expired`; `validation_failed`; `too_many_attempts`; the storage codes.
pub(super) async fn complete(ctx: &Ctx, browser: &Browser, token: &str, password: &str) -> Result<()> {
    let attempt = Throttle::attempt(ctx, "reset", browser.address)?;
    let (digest, now) = (secrets::digest(token), ctx.now());
    let found = ctx.read(async move |tx| store::reset_by_digest(tx, &digest).await).await?;
    let found = found.filter(|(_, expires_at)| *expires_at > now);
    let (user, _) = found.ok_or_else(|| Error::new(INVITATION_EXPIRED))?;
    attempt.succeeded();
    let mut actor = Actor::user(user.0, Default::default());
    actor.address = Some(browser.address.to_string().into());
    set_password(ctx, &actor, user, password, Some(digest)).await
}

/// Sets a user's password, voids their reset link and ends all their sessions. With a digest, the link of it must still be
/// good.
///
/// # Errors
/// `invitation_expired`; `validation_failed`; the storage codes.
pub(crate) async fn set_password(
    ctx: &Ctx,
    actor: &Actor,
    user: UserId,
    password: &str,
    digest: Option<[u8; 32]>,
) -> Result<()> {
    let settings = settings::current(ctx).await?;
    let account = users::account(ctx, user).await?;
    let own = [account.name.as_str(), account.email.as_str()];
    credentials::check_password("password", password, settings.password_min_length, &own)?;
    let hash = credentials::hash(ctx, password).await?;
    ctx.tx(actor, async move |tx| {
        if let Some(digest) = &digest
            && store::reset_by_digest(tx, digest).await?.is_none()
        {
            return Err(Error::new(INVITATION_EXPIRED));
        }
        if !store::delete_reset(tx, user).await? && digest.is_some() {
            return Err(Error::new(INVITATION_EXPIRED));
        }
        tx.clear_deadline(EndReset::KIND, user);
        credentials::store::set_password(tx, user, &hash, tx.now()).await?;
        sessions::revoke_all(tx, user, None).await?;
        tx.emit(&PasswordChanged { user_id: user })
    })
    .await?;
    sessions::forget_all(ctx);
    Ok(())
}
