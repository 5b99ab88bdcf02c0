//! Second factors of one's own account, and the checks of sign-in.

use heard_kernel::{Actor, Code, Error, Result};
use heard_runtime::{Ctx, Tx};

use super::{
    events::{RecoveryCodesMade, TotpDisabled, TotpEnabled},
    hasher, recovery, store,
    throttle::Throttle,
    totp,
};
use crate::{directory::UserId, settings, users, vault::Vault};

/// Address and password do not belong together, or the password is wrong.
pub const CREDENTIALS_INVALID: Code = Code::new("credentials_invalid", 401);
/// The code of the second factor, or the recovery code, is wrong or was used before.
pub const TOTP_INVALID: Code = Code::new("totp_invalid", 401);
/// The second factor was not begun, or too long ago: begin again.
pub(crate) const TOTP_NOT_STARTED: Code = Code::new("totp_not_started", 409);
/// The account uses a second factor already.
pub(crate) const TOTP_ENABLED_ALREADY: Code = Code::new("totp_enabled_already", 409);

/// A second factor that was shown.
#[derive(Clone, Debug)]
pub(crate) struct Started {
    pub(crate) secret: String,
    pub(crate) uri: String,
    pub(crate) qr_svg: String,
}

fn place(user: UserId) -> String {
    format!("totp.{user}")
}

/// Makes a secret for a second factor. It counts only once [`confirm`] was given a code of it.
///
/// # Errors
/// `user_required`; `totp_enabled_already`; the storage codes.
pub(crate) async fn start(ctx: &Ctx, actor: &Actor) -> Result<Started> {
    let user = UserId(actor.user_id()?);
    let secret = ctx.secret()[..totp::SECRET].to_vec();
    let sealed = Vault::of(ctx)?.seal(&place(user), &secret, ctx.secret())?;
    ctx.tx(actor, async move |tx| {
        if store::of_user(tx, user).await?.totp_secret.is_some() {
            return Err(Error::new(TOTP_ENABLED_ALREADY));
        }
        store::set_pending(tx, user, &sealed, tx.now()).await
    })
    .await?;
    let email = users::account(ctx, user).await?.email;
    let uri = totp::uri(&secret, &settings::current(ctx).await?.organization, &email);
    Ok(Started { secret: totp::base32(&secret), qr_svg: totp::qr_svg(&uri)?, uri })
}

/// Turns the second factor on with a first code, and gives the recovery codes, which are shown only now.
///
/// # Errors
/// `totp_not_started`; `totp_invalid`; `too_many_attempts`; the storage codes.
pub(crate) async fn confirm(ctx: &Ctx, actor: &Actor, code: String) -> Result<Vec<String>> {
    let user = UserId(actor.user_id()?);
    let attempt = own_attempt(ctx, actor, user)?;
    let vault = Vault::of(ctx)?;
    let codes = fresh_codes(ctx);
    let stored = codes.clone();
    ctx.tx(actor, async move |tx| {
        let sealed =
            store::of_user(tx, user).await?.totp_pending.ok_or_else(|| Error::new(TOTP_NOT_STARTED))?;
        let secret = vault.open(&place(user), &sealed)?;
        let step = totp::step_of(&secret, &code, tx.now())?.ok_or_else(|| Error::new(TOTP_INVALID))?;
        store::set_totp(tx, user, Some(&sealed), step).await?;
        store::replace_codes(tx, user, &stored).await?;
        tx.emit(&TotpEnabled { user_id: user })
    })
    .await?;
    attempt.succeeded();
    crate::sessions::forget_all(ctx);
    Ok(codes)
}

/// Turns the second factor off.
///
/// # Errors
/// `credentials_invalid`; `too_many_attempts`; the storage codes.
pub(crate) async fn disable(ctx: &Ctx, actor: &Actor, password: &str) -> Result<()> {
    let user = check_own_password(ctx, actor, password).await?;
    ctx.tx(actor, async move |tx| turn_off(tx, user).await).await?;
    crate::sessions::forget_all(ctx);
    Ok(())
}

/// Removes second factor and recovery codes.
pub(crate) async fn turn_off(tx: &Tx<'_>, user: UserId) -> Result<()> {
    let was_on = store::of_user(tx, user).await?.totp_secret.is_some();
    store::set_totp(tx, user, None, 0).await?;
    store::replace_codes(tx, user, &[]).await?;
    if was_on { tx.emit(&TotpDisabled { user_id: user }) } else { Ok(()) }
}

/// Gives new recovery codes; the old ones are void.
///
/// # Errors
/// `credentials_invalid`; `totp_not_started` without a second factor; the storage codes.
pub(crate) async fn new_codes(ctx: &Ctx, actor: &Actor, password: &str) -> Result<Vec<String>> {
    let user = check_own_password(ctx, actor, password).await?;
    let codes = fresh_codes(ctx);
    let stored = codes.clone();
    ctx.tx(actor, async move |tx| {
        if store::of_user(tx, user).await?.totp_secret.is_none() {
            return Err(Error::new(TOTP_NOT_STARTED));
        }
        store::replace_codes(tx, user, &stored).await?;
        tx.emit(&RecoveryCodesMade { user_id: user })
    })
    .await?;
    Ok(codes)
}

fn fresh_codes(ctx: &Ctx) -> Vec<String> {
    (0..recovery::COUNT).map(|_| recovery::make(ctx.secret())).collect()
}

/// Checks the password of whoever is signed in, before something that a passer-by must not do.
///
/// # Errors
/// `user_required`; `credentials_invalid`; `too_many_attempts`; the storage codes.
pub(crate) async fn check_own_password(ctx: &Ctx, actor: &Actor, password: &str) -> Result<UserId> {
    let user = UserId(actor.user_id()?);
    let attempt = own_attempt(ctx, actor, user)?;
    let stored = ctx.read(async move |tx| store::of_user(tx, user).await).await?;
    if !hasher::verify(ctx, stored.password_hash.as_deref(), password).await? {
        return Err(Error::new(CREDENTIALS_INVALID));
    }
    attempt.succeeded();
    Ok(user)
}

fn own_attempt(ctx: &Ctx, actor: &Actor, user: UserId) -> Result<super::throttle::Attempt> {
    let address = actor.address.as_deref().and_then(|text| text.parse().ok());
    Throttle::attempt(ctx, &format!("own:{user}"), address.unwrap_or(std::net::Ipv4Addr::UNSPECIFIED.into()))
}

/// What somebody gave beside the password.
#[derive(Clone, Debug)]
pub(crate) enum SecondFactor {
    /// Six digits from the app.
    Code(String),
    /// A recovery code.
    Recovery(String),
}

/// Checks the second factor and uses it up.
///
/// # Errors
/// `totp_invalid`; `secret_key_unusable`; the storage codes.
pub(crate) async fn check_second_factor(
    tx: &Tx<'_>,
    vault: &Vault,
    user: UserId,
    given: &SecondFactor,
) -> Result<()> {
    let good = match given {
        SecondFactor::Recovery(code) => store::use_code(tx, user, code).await?,
        SecondFactor::Code(code) => {
            let sealed = store::of_user(tx, user).await?.totp_secret.unwrap_or_default();
            let secret = vault.open(&place(user), &sealed)?;
            match totp::step_of(&secret, code, tx.now())? {
                Some(step) => store::use_step(tx, user, step).await?,
                None => false,
            }
        }
    };
    if good { Ok(()) } else { Err(Error::new(TOTP_INVALID)) }
}
