//! Whoever is signed in, and what they can change about themselves.

use heard_kernel::{Actor, Code, Error, Locale, Result, clean_name};
use heard_runtime::Ctx;
use heard_web::Authenticated;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::service::{require_session, revoke_all};
use crate::{
    credentials::{self, PasswordChanged, check_own_password},
    directory::{Directory, TeamRef, UserId},
    files::{self, AttachmentId},
    presence::{self, Presence},
    roles::RoleRef,
    settings::{self, clean_time_zone},
    users::{self, UserUpdated, store as user_store},
};

/// The preferences are larger than the server keeps (`params.max` bytes).
pub(crate) const PREFERENCES_TOO_LARGE: Code = Code::new("preferences_too_large", 422);
/// Bytes of all preferences of a user as JSON.
const MAX_PREFERENCES: usize = 32 * 1024;

/// Whoever is signed in.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Me {
    /// Which user.
    pub id: UserId,
    /// The name that is shown.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// The language of the console.
    pub locale: Locale,
    /// The IANA time zone that times are shown in.
    pub time_zone: String,
    /// Light, dark, or as the system is.
    pub theme: Theme,
    /// The picture.
    #[schema(required = true)]
    pub avatar_attachment_id: Option<Uuid>,
    /// What they may do.
    pub rights: Vec<String>,
    /// The roles that they hold.
    pub roles: Vec<RoleRef>,
    /// The teams that they belong to.
    pub teams: Vec<TeamRef>,
    /// Whether they are there.
    pub presence: Presence,
    /// What changing calls repeat in `X-CSRF-Token`; empty for API tokens, which need none.
    pub csrf_token: String,
    /// Whether they sign in with a second factor.
    pub totp_enabled: bool,
    /// What the console remembers for them.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    pub preferences: Map<String, Value>,
    /// The organisation's name.
    pub organization: String,
    /// The currency of amounts of money, as ISO 4217 calls it.
    pub currency: String,
    /// Where to begin following events.
    pub realtime_seq: i64,
}

/// How the console looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system is.
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn parse(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// A change of one's own account; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct MePatch {
    /// The name that is shown.
    pub name: Option<String>,
    /// The language of the console.
    pub locale: Option<Locale>,
    /// The IANA time zone that times are shown in.
    pub time_zone: Option<String>,
    /// Light, dark, or as the system is.
    pub theme: Option<Theme>,
    /// Preferences by key; null deletes one, the others stay.
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    pub preferences: Option<Map<String, Value>>,
    /// The picture, a file of one's own sent with purpose `avatar`; null removes it.
    #[serde(default, deserialize_with = "heard_web::wire::given")]
    #[schema(value_type = Option<Uuid>)]
    pub avatar_attachment_id: Option<Option<Uuid>>,
}

/// Whoever is signed in.
///
/// # Errors
/// `user_required`; the storage codes.
pub(crate) async fn view(ctx: &Ctx, known: &Authenticated, locale: Locale) -> Result<Me> {
    let id = UserId(known.actor.user_id()?);
    let settings = settings::current(ctx).await?;
    // Before the rest is read, so that what happens meanwhile is followed and not missed.
    let realtime_seq = ctx.log_end().await?;
    let account = users::account(ctx, id).await?;
    let user = users::present(ctx, id, locale).await?;
    Ok(Me {
        id,
        name: account.name,
        email: account.email,
        locale: account.locale,
        time_zone: account.time_zone,
        theme: Theme::parse(&account.theme),
        avatar_attachment_id: account.avatar_attachment_id,
        rights: known.actor.rights.names().map(str::to_owned).collect(),
        roles: user.roles,
        teams: user.teams,
        presence: presence::of_user(ctx, id).await?,
        csrf_token: known.session.as_ref().map(|session| session.csrf.clone()).unwrap_or_default(),
        totp_enabled: account.totp_enabled,
        preferences: account.preferences,
        organization: settings.organization.clone(),
        currency: settings.currency.clone(),
        realtime_seq,
    })
}

/// Changes one's own account.
///
/// # Errors
/// `user_required`; `validation_failed`; `attachment_not_usable`; the storage codes.
pub(crate) async fn update(ctx: &Ctx, actor: &Actor, patch: MePatch) -> Result<()> {
    let id = UserId(actor.user_id()?);
    let name = patch.name.map(|name| clean_name("name", &name, 60)).transpose()?;
    let time_zone = patch.time_zone.map(|zone| clean_time_zone("time_zone", &zone)).transpose()?;
    ctx.tx(actor, async move |tx| {
        let before = user_store::one(tx, id).await?.ok_or_else(|| Error::not_found("user"))?;
        let mut after = before.clone();
        after.name = name.clone().unwrap_or(after.name);
        after.locale = patch.locale.unwrap_or(after.locale);
        after.time_zone = time_zone.clone().unwrap_or(after.time_zone);
        after.theme = patch.theme.map_or(after.theme, |theme| theme.as_str().to_owned());
        if let Some(picture) = patch.avatar_attachment_id {
            if let Some(id) = picture {
                files::check_avatar(tx, AttachmentId(id)).await?;
            }
            after.avatar_attachment_id = picture;
        }
        for (key, value) in patch.preferences.iter().flatten() {
            match value {
                Value::Null => drop(after.preferences.remove(key)),
                value => drop(after.preferences.insert(key.clone(), value.clone())),
            }
        }
        if serde_json::to_string(&after.preferences).map_err(Error::internal)?.len() > MAX_PREFERENCES {
            return Err(Error::field("preferences", PREFERENCES_TOO_LARGE).with("max", MAX_PREFERENCES));
        }
        if after == before {
            return Ok(());
        }
        user_store::update_own(tx, &after).await?;
        let differing = [
            ("name", after.name != before.name),
            ("locale", after.locale != before.locale),
            ("time_zone", after.time_zone != before.time_zone),
            ("theme", after.theme != before.theme),
            ("preferences", after.preferences != before.preferences),
            ("avatar_attachment_id", after.avatar_attachment_id != before.avatar_attachment_id),
        ];
        let changed = differing.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.to_owned());
        tx.emit(&UserUpdated {
            user_id: id,
            changed: changed.collect(),
            state: None,
            role_ids: None,
            team_ids: None,
        })
    })
    .await?;
    Directory::of(ctx).forget_user(id);
    Ok(())
}

/// Changes one's own password and ends all other sessions.
///
/// # Errors
/// `session_required`; `credentials_invalid`; `validation_failed`; `too_many_attempts`; the storage codes.
pub(crate) async fn change_password(
    ctx: &Ctx,
    known: &Authenticated,
    current: &str,
    new: &str,
) -> Result<()> {
    let session = require_session(known)?;
    let settings = settings::current(ctx).await?;
    let user = check_own_password(ctx, &known.actor, current).await?;
    let account = users::account(ctx, user).await?;
    credentials::check_password("new", new, settings.password_min_length, &[&account.name, &account.email])?;
    let hash = credentials::hash(ctx, new).await?;
    ctx.tx(&known.actor, async move |tx| {
        credentials::store::set_password(tx, user, &hash, tx.now()).await?;
        revoke_all(tx, user, Some(session)).await?;
        tx.emit(&PasswordChanged { user_id: user })
    })
    .await?;
    super::forget_all(ctx);
    Ok(())
}
