//! Setting up inboxes and finding them.

use heard_kernel::{Actor, ActorKind, Error, Result, clean_name, codes};
use heard_platform::{
    calendars::library,
    directory::{self, TeamId},
    users::TEAM_UNKNOWN,
};
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;

use super::{
    events::InboxUpdated,
    model::{ApiConfig, Config, Hours, Inbox, InboxId, InboxKind, InboxState, WebChatConfig},
    rules, store,
};
use crate::{conversations, rights};

/// Sets up an inbox with usual settings.
///
/// # Errors
/// `forbidden`, `validation_failed`; the storage codes.
pub async fn create(tx: &Tx<'_>, kind: InboxKind, name: &str) -> Result<Inbox> {
    tx.actor().require(rights::INBOX_MANAGE)?;
    let inbox = new(tx, kind, name)?;
    add(tx, &inbox).await?;
    Ok(inbox)
}

/// An inbox with usual settings that is not stored yet.
pub(super) fn new(tx: &Tx<'_>, kind: InboxKind, name: &str) -> Result<Inbox> {
    let name = clean_name("name", name, 60)?;
    Ok(Inbox {
        id: tx.new_id(),
        kind,
        key: hex::encode(&tx.secret()[..10]),
        state: InboxState::Active,
        team_ids: Vec::new(),
        default_team_id: None,
        config: Config {
            hours: Hours::default(),
            max_attachment_mb: 20,
            attachment_kinds: Vec::new(),
            web_chat: (kind == InboxKind::WebChat).then(|| WebChatConfig::new(&name)),
            api: (kind == InboxKind::Api).then(ApiConfig::default),
        },
        identity_secret: hex::encode(tx.secret()),
        created_at: tx.now(),
        version: 1,
        name,
    })
}

/// Stores a new inbox.
pub(super) async fn add(tx: &Tx<'_>, inbox: &Inbox) -> Result<()> {
    store::insert(tx, inbox).await?;
    tell(tx, inbox, &["created"])
}

fn tell(tx: &Tx<'_>, inbox: &Inbox, fields: &[&str]) -> Result<()> {
    let fields = fields.iter().map(|field| (*field).to_owned()).collect();
    tx.emit(&InboxUpdated { inbox_id: inbox.id, fields, state: inbox.state })
}

/// What of an inbox is to change. The channel of an inbox never does.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Patch {
    /// A new name.
    pub name: Option<String>,
    /// Pause it or let it go on.
    pub state: Option<InboxState>,
    /// The teams that see it.
    pub team_ids: Option<Vec<TeamId>>,
    /// The team that new conversations go to.
    pub default_team_id: Option<Option<TeamId>>,
    /// When somebody is there.
    pub hours: Option<Hours>,
    /// How large an attachment may be.
    pub max_attachment_mb: Option<u32>,
    /// Kinds of attachments that are taken.
    pub attachment_kinds: Option<Vec<String>>,
    /// Settings of the widget.
    pub web_chat: Option<WebChatConfig>,
    /// Settings of the generic channel.
    pub api: Option<ApiConfig>,
}

/// Changes an inbox.
///
/// # Errors
/// `forbidden`, `not_found`, `version_conflict`, `validation_failed`; the storage codes.
pub async fn update(tx: &Tx<'_>, id: InboxId, version: i64, patch: Patch) -> Result<Inbox> {
    tx.actor().require(rights::INBOX_MANAGE)?;
    let before = get(tx, id).await?;
    if before.version != version {
        return Err(Error::new(codes::VERSION_CONFLICT).with("version", before.version));
    }
    let mut after = before.clone();
    apply(&mut after, patch)?;
    let known = library(tx).await?;
    rules::check(&mut after.config, &known)?;
    check_teams(tx, &after).await?;
    let fields = changed(&before, &after);
    if fields.is_empty() {
        return Ok(before);
    }
    after.version += 1;
    if !store::update(tx, &after, tx.now()).await? {
        return Err(Error::new(codes::VERSION_CONFLICT));
    }
    tell(tx, &after, &fields)?;
    Ok(after)
}

fn apply(inbox: &mut Inbox, patch: Patch) -> Result<()> {
    let Patch {
        name,
        state,
        team_ids,
        default_team_id,
        hours,
        max_attachment_mb,
        attachment_kinds,
        web_chat,
        api,
    } = patch;
    if let Some(name) = name {
        inbox.name = clean_name("name", &name, 60)?;
    }
    if let Some(mut team_ids) = team_ids {
        team_ids.sort();
        team_ids.dedup();
        inbox.team_ids = team_ids;
    }
    inbox.state = state.unwrap_or(inbox.state);
    inbox.default_team_id = default_team_id.unwrap_or(inbox.default_team_id);
    let config = &mut inbox.config;
    config.max_attachment_mb = max_attachment_mb.unwrap_or(config.max_attachment_mb);
    if let Some(hours) = hours {
        config.hours = hours;
    }
    if let Some(kinds) = attachment_kinds {
        config.attachment_kinds = kinds;
    }
    if inbox.kind == InboxKind::WebChat && web_chat.is_some() {
        config.web_chat = web_chat;
    }
    if inbox.kind == InboxKind::Api && api.is_some() {
        config.api = api;
    }
    Ok(())
}

fn changed(before: &Inbox, after: &Inbox) -> Vec<&'static str> {
    let (old, new) = (&before.config, &after.config);
    let fields = [
        ("name", before.name != after.name),
        ("state", before.state != after.state),
        ("team_ids", before.team_ids != after.team_ids),
        ("default_team_id", before.default_team_id != after.default_team_id),
        ("hours", old.hours != new.hours),
        ("max_attachment_mb", old.max_attachment_mb != new.max_attachment_mb),
        ("attachment_kinds", old.attachment_kinds != new.attachment_kinds),
        ("web_chat", old.web_chat != new.web_chat),
        ("api", old.api != new.api),
    ];
    fields.into_iter().filter(|(_, changed)| *changed).map(|(name, _)| name).collect()
}

async fn check_teams(tx: &Tx<'_>, inbox: &Inbox) -> Result<()> {
    let ids: Vec<_> = inbox.team_ids.iter().chain(&inbox.default_team_id).map(|team| team.0).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let known = directory::team_refs(tx, &ids).await?;
    let unknown = |field: &str, id| Error::field(field, TEAM_UNKNOWN).with("id", id);
    if let Some(id) = inbox.team_ids.iter().find(|team| !known.contains_key(&team.0)) {
        return Err(unknown("team_ids", *id));
    }
    match inbox.default_team_id.filter(|team| !known.contains_key(&team.0)) {
        Some(id) => Err(unknown("default_team_id", id)),
        None => Ok(()),
    }
}

/// Removes an inbox that never held a conversation.
///
/// # Errors
/// `forbidden`, `not_found`, `inbox_not_empty`; the storage codes.
pub async fn delete(tx: &Tx<'_>, id: InboxId) -> Result<()> {
    tx.actor().require(rights::INBOX_MANAGE)?;
    let inbox = get(tx, id).await?;
    if conversations::store::any_in(tx, id).await? {
        return Err(Error::new(rules::INBOX_NOT_EMPTY));
    }
    store::delete(tx, id).await?;
    tell(tx, &inbox, &["deleted"])
}

/// Makes a new secret for signing identities; the old one no longer holds.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn rotate_identity_secret(tx: &Tx<'_>, id: InboxId) -> Result<String> {
    tx.actor().require(rights::INBOX_MANAGE)?;
    let mut inbox = get(tx, id).await?;
    inbox.identity_secret = hex::encode(tx.secret());
    inbox.version += 1;
    if !store::update(tx, &inbox, tx.now()).await? {
        return Err(Error::new(codes::VERSION_CONFLICT));
    }
    tell(tx, &inbox, &["identity_secret"])?;
    Ok(inbox.identity_secret)
}

/// An inbox.
///
/// # Errors
/// `not_found`; the storage codes.
pub async fn get(tx: &StoreTx<'_>, id: InboxId) -> Result<Inbox> {
    store::get(tx, id).await?.ok_or_else(|| Error::not_found("inbox"))
}

/// The inbox of a public key.
///
/// # Errors
/// `not_found`; the storage codes.
pub async fn by_key(tx: &StoreTx<'_>, key: &str) -> Result<Inbox> {
    store::by_key(tx, key).await?.ok_or_else(|| Error::not_found("inbox"))
}

/// An inbox for somebody who wants to see it.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn one(tx: &StoreTx<'_>, actor: &Actor, id: InboxId) -> Result<Inbox> {
    actor.require(rights::INBOX_READ)?;
    let inbox = get(tx, id).await?;
    if sees(actor, &inbox.team_ids) { Ok(inbox) } else { Err(Error::not_found("inbox")) }
}

/// The oldest web chat that is open to visitors: what the sample shop shows unless it is told otherwise.
///
/// # Errors
/// The storage codes.
pub async fn first_web_chat(tx: &StoreTx<'_>) -> Result<Option<Inbox>> {
    let open = |inbox: &Inbox| inbox.config.web_chat.is_some() && inbox.state == InboxState::Active;
    Ok(store::all(tx).await?.into_iter().find(open))
}

/// Whether an actor sees an inbox of these teams.
fn sees(actor: &Actor, teams: &[TeamId]) -> bool {
    actor.kind != ActorKind::User
        || actor.may(rights::READ_ALL)
        || actor.may(rights::INBOX_MANAGE)
        || teams.is_empty()
        || teams.iter().any(|team| actor.team_ids.contains(&team.0))
}

/// The inboxes that an actor sees, oldest first.
///
/// # Errors
/// `forbidden`; the storage codes.
pub async fn list(tx: &StoreTx<'_>, actor: &Actor) -> Result<Vec<Inbox>> {
    actor.require(rights::INBOX_READ)?;
    let mut inboxes = store::all(tx).await?;
    inboxes.retain(|inbox| sees(actor, &inbox.team_ids));
    Ok(inboxes)
}

/// The inboxes whose conversations an actor sees, and whether those are all that there are.
pub(crate) async fn visible_ids(tx: &StoreTx<'_>, actor: &Actor) -> Result<(Vec<InboxId>, bool)> {
    let all = store::teams(tx).await?;
    let reads_all = actor.kind != ActorKind::User || actor.may(rights::READ_ALL);
    let seen = |teams: &[TeamId]| {
        reads_all || teams.is_empty() || teams.iter().any(|team| actor.team_ids.contains(&team.0))
    };
    let count = all.len();
    let ids: Vec<InboxId> = all.into_iter().filter(|(_, teams)| seen(&teams.0)).map(|(id, _)| id).collect();
    let complete = ids.len() == count;
    Ok((ids, complete))
}

/// Fails unless the acting user sees the conversations of an inbox.
pub(crate) async fn check_visible(tx: &Tx<'_>, id: InboxId) -> Result<()> {
    let (ids, _) = visible_ids(tx, tx.actor()).await?;
    if ids.contains(&id) { Ok(()) } else { Err(Error::not_found("inbox")) }
}
