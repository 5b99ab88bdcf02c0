//! Reading and changing settings.

use std::sync::{Arc, PoisonError, RwLock};

use heard_kernel::{Actor, Code, Error, Result, Timestamp, clean_name, codes};
use heard_runtime::{Ctx, StoredEvent};
use heard_store::Tx as StoreTx;

use super::{
    events::{SUBJECT, SettingsUpdated},
    http::SettingsPatch,
    model::{Document, Settings, clean_currency, clean_email, clean_time_zone, clean_url, within},
    store,
};
use crate::{rights::SETTING_MANAGE, vault::Vault};

/// Heard has not been set up yet: do the first run.
pub(crate) const SETUP_REQUIRED: Code = Code::new("setup_required", 409);

/// Where the mail password belongs in the vault.
const MAIL_PASSWORD: &str = "settings.mail_password";

#[derive(Default)]
struct Kept(RwLock<Remembered>);

#[derive(Default)]
struct Remembered {
    /// Rises whenever the settings are forgotten: what was read before must not be kept after it.
    generation: u64,
    /// Until when, and what.
    settings: Option<(Timestamp, Arc<Settings>)>,
}

/// How long settings are believed without news.
const LIFE_SECONDS: i64 = 60;

/// The settings, or none before the first run.
///
/// # Errors
/// The storage codes.
pub async fn find(ctx: &Ctx) -> Result<Option<Arc<Settings>>> {
    let kept = ctx.shared::<Kept>();
    let generation = {
        let kept = kept.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((until, settings)) = &kept.settings
            && ctx.now() < *until
        {
            return Ok(Some(Arc::clone(settings)));
        }
        kept.generation
    };
    let Some((document, password, version)) = ctx.read(async |tx| store::load(tx).await).await? else {
        return Ok(None);
    };
    let settings = Arc::new(document.present(password.is_some(), version));
    let mut kept = kept.0.write().unwrap_or_else(PoisonError::into_inner);
    if kept.generation == generation {
        kept.settings = Some((ctx.now().plus_seconds(LIFE_SECONDS), Arc::clone(&settings)));
    }
    Ok(Some(settings))
}

/// The settings as they are stored, or nothing before the first run; for who has a transaction already.
///
/// # Errors
/// The storage codes.
pub async fn stored(tx: &StoreTx<'_>) -> Result<Option<Settings>> {
    let found = store::load(tx).await?;
    Ok(found.map(|(document, password, version)| document.present(password.is_some(), version)))
}

/// The settings.
///
/// # Errors
/// `setup_required` before the first run; the storage codes.
pub async fn current(ctx: &Ctx) -> Result<Arc<Settings>> {
    find(ctx).await?.ok_or_else(|| Error::new(SETUP_REQUIRED))
}

/// Forgets the settings in memory.
pub fn forget(ctx: &Ctx) {
    let kept = ctx.shared::<Kept>();
    let mut kept = kept.0.write().unwrap_or_else(PoisonError::into_inner);
    kept.generation += 1;
    kept.settings = None;
}

/// Forgets the settings when an event says that they changed.
pub(crate) fn heard(ctx: &Ctx, event: &StoredEvent) {
    if event.subject_kind == "settings" {
        forget(ctx);
    }
}

/// The password of the mail account.
///
/// # Errors
/// `secret_key_unusable` when it was encrypted with another key; the storage codes.
pub async fn mail_password(ctx: &Ctx) -> Result<Option<String>> {
    let stored = ctx.read(async |tx| store::load(tx).await).await?;
    let Some(sealed) = stored.and_then(|(_, password, _)| password) else { return Ok(None) };
    let opened = Vault::of(ctx)?.open(MAIL_PASSWORD, &sealed)?;
    String::from_utf8(opened).map(Some).map_err(Error::internal)
}

/// The settings, for who may change them.
///
/// # Errors
/// `forbidden`; `setup_required`; the storage codes.
pub(crate) async fn get(ctx: &Ctx, actor: &Actor) -> Result<Settings> {
    actor.require(SETTING_MANAGE)?;
    Ok((*current(ctx).await?).clone())
}

/// Changes settings of a version.
///
/// # Errors
/// `forbidden`; `validation_failed`; `version_conflict` with the present settings; the storage codes.
pub(crate) async fn update(ctx: &Ctx, actor: &Actor, version: i64, patch: SettingsPatch) -> Result<Settings> {
    actor.require(SETTING_MANAGE)?;
    let vault = Vault::of(ctx)?;
    let settings = ctx
        .tx(actor, async move |tx| {
            let stored = store::load(tx).await?.ok_or_else(|| Error::new(SETUP_REQUIRED))?;
            let (before, mut password, stored_version) = stored;
            let conflict = |document: Document, set: bool| {
                Error::new(codes::VERSION_CONFLICT).with("current", document.present(set, stored_version))
            };
            if stored_version != version {
                return Err(conflict(before, password.is_some()));
            }
            let mut after = before.clone();
            merge(&mut after, &patch)?;
            let mut changed = changed_fields(&before, &after)?;
            if let Some(text) = patch.mail.as_ref().and_then(|mail| mail.smtp_password.as_deref()) {
                password = match text {
                    "" => None,
                    text => Some(vault.seal(MAIL_PASSWORD, text.as_bytes(), tx.secret())?),
                };
                changed.push("mail.smtp_password".to_owned());
            }
            if !changed.is_empty() {
                if !store::update(tx, &after, password.as_deref(), version).await? {
                    return Err(conflict(before, password.is_some()));
                }
                tx.emit(&SettingsUpdated { settings_id: SUBJECT, changed: changed.clone() })?;
            }
            let version = if changed.is_empty() { version } else { version + 1 };
            Ok(after.present(password.is_some(), version))
        })
        .await?;
    forget(ctx);
    Ok(settings)
}

fn merge(document: &mut Document, patch: &SettingsPatch) -> Result<()> {
    if let Some(name) = &patch.organization {
        document.organization = clean_name("organization", name, 100)?;
    }
    if let Some(locale) = patch.default_locale {
        document.default_locale = locale;
    }
    if let Some(zone) = &patch.time_zone {
        document.time_zone = clean_time_zone("time_zone", zone)?;
    }
    if let Some(currency) = &patch.currency {
        document.currency = clean_currency("currency", currency)?;
    }
    if let Some(url) = &patch.public_url {
        document.public_url = clean_url("public_url", url)?;
    }
    if let Some(length) = patch.password_min_length {
        document.password_min_length = within("password_min_length", length, 8, 64)?;
    }
    if let Some(hours) = patch.session_hours {
        document.session_hours = within("session_hours", hours, 1, 720)?;
    }
    if let Some(required) = patch.totp_required {
        document.totp_required = required;
    }
    let Some(mail) = &patch.mail else { return Ok(()) };
    if let Some(from) = &mail.from {
        document.mail.from = match from.trim() {
            "" => None,
            from => Some(clean_email("mail.from", from)?),
        };
    }
    if let Some(host) = &mail.smtp_host {
        document.mail.smtp_host = some_name("mail.smtp_host", host)?;
    }
    if let Some(port) = mail.smtp_port {
        document.mail.smtp_port = u16::try_from(within("mail.smtp_port", port, 1, 65_535)?).unwrap_or(587);
    }
    if let Some(user) = &mail.smtp_user {
        document.mail.smtp_user = some_name("mail.smtp_user", user)?;
    }
    if let Some(security) = mail.security {
        document.mail.security = security;
    }
    Ok(())
}

fn some_name(field: &str, text: &str) -> Result<Option<String>> {
    if text.trim().is_empty() { Ok(None) } else { clean_name(field, text, 254).map(Some) }
}

/// The names of the fields that differ.
fn changed_fields(before: &Document, after: &Document) -> Result<Vec<String>> {
    let flat = |document: &Document| -> Result<Vec<(String, serde_json::Value)>> {
        let value = serde_json::to_value(document).map_err(Error::internal)?;
        let mut fields = Vec::new();
        for (name, value) in value.as_object().into_iter().flatten() {
            match value.as_object() {
                Some(inner) => {
                    fields.extend(inner.iter().map(|(key, v)| (format!("{name}.{key}"), v.clone())))
                }
                None => fields.push((name.clone(), value.clone())),
            }
        }
        Ok(fields)
    };
    let pairs = flat(before)?.into_iter().zip(flat(after)?);
    Ok(pairs.filter(|(a, b)| a.1 != b.1).map(|(a, _)| a.0).collect())
}

/// Tells the web layer what it needs to know for every request.
///
/// # Errors
/// The storage codes.
pub async fn apply(ctx: &Ctx, site: &heard_web::Site) -> Result<()> {
    if let Some(settings) = find(ctx).await? {
        site.set_locale(settings.default_locale);
        site.set_public_url(settings.public_url.as_deref());
    }
    Ok(())
}
