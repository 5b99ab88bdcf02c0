//! Setting up and using canned replies.

use heard_kernel::{Actor, Code, Error, Result, clean_name, clean_text, codes};
use heard_platform::{
    directory::{self, TeamId, UserId},
    users::TEAM_UNKNOWN,
};
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;

use super::{
    events::CannedUpdated,
    model::{CannedId, CannedReply, Scope},
    rules::{self, Rendered, Values},
    store,
};
use crate::{
    contacts,
    conversations::{self, ConversationId},
    messages::MAX_BODY,
    rights,
};

/// The shortcut holds white space or a slash.
pub(crate) const SHORTCUT_INVALID: Code = Code::new("shortcut_invalid", 422);

/// Replies that a search gives at most.
const FOUND: usize = 100;

/// The replies that an actor can use, the best fitting first.
///
/// # Errors
/// `forbidden`, `validation_failed`; the storage codes.
pub async fn list(tx: &StoreTx<'_>, actor: &Actor, typed: &str) -> Result<Vec<CannedReply>> {
    actor.require(rights::REPLY)?;
    contacts::check_words("q", Some(typed))?;
    let mut found: Vec<(u8, CannedReply)> = store::usable(tx, actor.id.unwrap_or_default())
        .await?
        .into_iter()
        .filter(|reply| usable(actor, reply))
        .filter_map(|reply| rules::fit(&reply, typed.trim()).map(|place| (place, reply)))
        .collect();
    found.sort_by(|(a, x), (b, y)| {
        a.cmp(b).then(y.use_count.cmp(&x.use_count)).then(x.shortcut.cmp(&y.shortcut))
    });
    let limit = if typed.trim().is_empty() { usize::MAX } else { FOUND };
    Ok(found.into_iter().map(|(_, reply)| reply).take(limit).collect())
}

fn usable(actor: &Actor, reply: &CannedReply) -> bool {
    match reply.scope {
        Scope::All => true,
        Scope::Own => actor.id == Some(reply.owner_id.0),
        Scope::Team => {
            actor.may(rights::CANNED_MANAGE)
                || reply.team_id.is_some_and(|team| actor.team_ids.contains(&team.0))
        }
    }
}

/// A reply to be made.
#[derive(Clone, PartialEq, Debug)]
pub struct NewCanned {
    /// The word after `/` that brings it.
    pub shortcut: String,
    /// Its name.
    pub title: String,
    /// The text.
    pub body: String,
    /// Who can use it.
    pub scope: Scope,
    /// The team that can use it.
    pub team_id: Option<TeamId>,
}

/// Makes a reply.
///
/// # Errors
/// `forbidden`, `user_required`, `validation_failed`; the storage codes.
pub async fn create(tx: &Tx<'_>, new: NewCanned) -> Result<CannedReply> {
    let owner_id = UserId(tx.actor().user_id()?);
    let reply = CannedReply {
        id: tx.new_id(),
        shortcut: new.shortcut,
        title: new.title,
        body: new.body,
        scope: new.scope,
        team_id: new.team_id,
        owner_id,
        use_count: 0,
        pinyin: String::new(),
        initials: String::new(),
        version: 1,
    };
    check_right(tx.actor(), &reply)?;
    let reply = clean(tx, reply).await?;
    store::insert(tx, &reply, tx.now()).await?;
    tell(tx, &reply, false)?;
    Ok(reply)
}

fn check_right(actor: &Actor, reply: &CannedReply) -> Result<()> {
    let own = reply.scope == Scope::Own && actor.id == Some(reply.owner_id.0);
    actor.require(if own { rights::REPLY } else { rights::CANNED_MANAGE })
}

async fn clean(tx: &Tx<'_>, mut reply: CannedReply) -> Result<CannedReply> {
    reply.shortcut = clean_name("shortcut", reply.shortcut.trim_start_matches('/'), 40)?;
    if reply.shortcut.contains([' ', '/']) {
        return Err(Error::field("shortcut", SHORTCUT_INVALID));
    }
    reply.title = clean_name("title", &reply.title, 120)?;
    reply.body = clean_text("body", &reply.body, MAX_BODY)?;
    if reply.body.is_empty() {
        return Err(Error::field("body", heard_kernel::REQUIRED));
    }
    reply.team_id = reply.team_id.filter(|_| reply.scope == Scope::Team);
    if reply.scope == Scope::Team {
        let team = reply.team_id.ok_or_else(|| Error::field("team_id", heard_kernel::REQUIRED))?;
        if !directory::team_refs(tx, &[team.0]).await?.contains_key(&team.0) {
            return Err(Error::field("team_id", TEAM_UNKNOWN).with("id", team));
        }
    }
    (reply.pinyin, reply.initials) = rules::spell(&reply.title);
    Ok(reply)
}

fn tell(tx: &Tx<'_>, reply: &CannedReply, deleted: bool) -> Result<()> {
    tx.emit(&CannedUpdated { canned_id: reply.id, scope: reply.scope, deleted })
}

/// What of a reply is to change.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Patch {
    /// The word after `/`.
    pub shortcut: Option<String>,
    /// The name.
    pub title: Option<String>,
    /// The text.
    pub body: Option<String>,
    /// Who can use it.
    pub scope: Option<Scope>,
    /// The team that can use it.
    pub team_id: Option<TeamId>,
}

/// Changes a reply.
///
/// # Errors
/// `forbidden`, `not_found`, `version_conflict`, `validation_failed`; the storage codes.
pub async fn update(tx: &Tx<'_>, id: CannedId, version: i64, patch: Patch) -> Result<CannedReply> {
    let before = changeable(tx, id).await?;
    if before.version != version {
        return Err(Error::new(codes::VERSION_CONFLICT).with("version", before.version));
    }
    let after = CannedReply {
        shortcut: patch.shortcut.unwrap_or(before.shortcut),
        title: patch.title.unwrap_or(before.title),
        body: patch.body.unwrap_or(before.body),
        scope: patch.scope.unwrap_or(before.scope),
        team_id: patch.team_id.or(before.team_id),
        version: before.version + 1,
        ..before
    };
    check_right(tx.actor(), &after)?;
    let after = clean(tx, after).await?;
    if !store::update(tx, &after, tx.now()).await? {
        return Err(Error::new(codes::VERSION_CONFLICT));
    }
    tell(tx, &after, false)?;
    Ok(after)
}

/// A reply that the actor may change. Another's own one is as good as not there.
async fn changeable(tx: &Tx<'_>, id: CannedId) -> Result<CannedReply> {
    let reply = found(tx, tx.actor(), id).await?;
    check_right(tx.actor(), &reply)?;
    Ok(reply)
}

/// A reply that the actor can use.
///
/// # Errors
/// `not_found`; the storage codes.
pub async fn one(tx: &StoreTx<'_>, actor: &Actor, id: CannedId) -> Result<CannedReply> {
    found(tx, actor, id).await
}

async fn found(tx: &StoreTx<'_>, actor: &Actor, id: CannedId) -> Result<CannedReply> {
    let reply = store::one(tx, id).await?.filter(|reply| usable(actor, reply));
    reply.ok_or_else(|| Error::not_found("canned_reply"))
}

/// Removes a reply.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn delete(tx: &Tx<'_>, id: CannedId) -> Result<()> {
    let reply = changeable(tx, id).await?;
    store::delete(tx, id).await?;
    tell(tx, &reply, true)
}

/// Fills a reply for a conversation, and counts the use. `organization` is the name of the organisation.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn render(
    tx: &Tx<'_>,
    id: CannedId,
    conversation: ConversationId,
    organization: Option<String>,
) -> Result<Rendered> {
    tx.actor().require(rights::REPLY)?;
    let reply = found(tx, tx.actor(), id).await?;
    let loaded = conversations::visible(tx, tx.actor(), conversation).await?;
    let contact = contacts::get(tx, loaded.conversation.contact_id).await?;
    let user = tx.actor().user_id()?;
    let agent = directory::user_refs(tx, &[user]).await?.remove(&user);
    let values = Values {
        contact_name: contact.name,
        contact_email: contact.email,
        agent_name: agent.map(|agent| agent.name),
        conversation_no: Some(loaded.conversation.no.to_string()),
        organization,
    };
    store::count_use(tx, id).await?;
    Ok(rules::render(&reply.body, &values))
}
