//! What the administrator of the machine can do without signing in: `heard user add`, `heard user reset-password`.

use heard_kernel::{Actor, Error, Result, clean_name};
use heard_runtime::Ctx;

use crate::{
    credentials,
    directory::{NewUser, UserId, UserState},
    invitations,
    rights::BuiltIn,
    roles, settings,
    users::{self, Fresh, UserUpdated},
};

/// A user to be made.
#[derive(Clone, Debug)]
pub struct UserToAdd {
    /// The name that is shown.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// The first password.
    pub password: String,
    /// The built-in role to hold.
    pub role: BuiltIn,
}

/// Makes a user.
///
/// # Errors
/// `setup_required` before the first run; `validation_failed`; `already_exists`; the storage codes.
pub async fn user_add(ctx: &Ctx, user: UserToAdd) -> Result<UserId> {
    let settings = settings::current(ctx).await?;
    let name = clean_name("name", &user.name, 60)?;
    let email = settings::clean_email("email", &user.email)?;
    credentials::check_password("password", &user.password, settings.password_min_length, &[&name, &email])?;
    let password_hash = credentials::hash(ctx, &user.password).await?;
    let id: UserId = ctx.new_id();
    let (locale, time_zone) = (settings.default_locale, settings.time_zone.clone());
    let fresh = Fresh {
        user: NewUser { id, name, email, locale, time_zone },
        password_hash,
        role_ids: vec![user.role.id()],
        team_ids: Vec::new(),
    };
    ctx.tx(&Actor::system(), async move |tx| users::add(tx, &fresh).await).await?;
    Ok(id)
}

/// Sets a user's password and ends all their sessions. It is the way back in when everything else is lost, so the account
/// is enabled, its second factor is turned off, and when no administrator is left the user becomes one.
///
/// # Errors
/// `not_found` when nobody has the address; `validation_failed`; the storage codes.
pub async fn reset_password(ctx: &Ctx, email: &str, password: &str) -> Result<UserId> {
    let email = email.to_owned();
    let account = ctx.read(async move |tx| users::store::by_email(tx, &email).await).await?;
    let account = account.ok_or_else(|| Error::not_found("user"))?;
    let user = account.id;
    invitations::set_password(ctx, &Actor::system(), user, password, None).await?;
    ctx.tx(&Actor::system(), async move |tx| {
        credentials::turn_off(tx, user).await?;
        let mut changed = Vec::new();
        if account.state == UserState::Disabled {
            let mut enabled = account.clone();
            enabled.state = UserState::Active;
            users::store::update(tx, &enabled).await?;
            changed.push("state".to_owned());
        }
        let administrator = BuiltIn::Administrator.id();
        let mut role_ids = None;
        if roles::store::active_holders(tx, administrator, user).await? == 0 {
            roles::store::add_to_user(tx, user, administrator).await?;
            role_ids = roles::store::of_users(tx, &[user]).await?.remove(&user);
            changed.push("roles".to_owned());
        }
        if changed.is_empty() {
            return Ok(());
        }
        let state = (account.state == UserState::Disabled).then_some(UserState::Active);
        tx.emit(&UserUpdated { user_id: user, changed, state, role_ids, team_ids: None })
    })
    .await?;
    Ok(user)
}
