//! What can be done with conversations.

use heard_kernel::{Error, Result, Timestamp, clean_name, codes};
use heard_platform::{
    directory::{self, TeamId, UserId, acting_user},
    teams::USER_UNKNOWN,
    users::TEAM_UNKNOWN,
};
use heard_runtime::Tx;
use serde_json::Map;
use uuid::Uuid;

use super::{
    counts::{Steps, View},
    edit::Edit,
    events::{ContactRead, ParticipantsChanged, Read, Tagged, Updated, Viewed},
    model::{Around, Conversation, ConversationId, Priority, State, StateWish},
    rules::{self, Shift, Target},
    store::{self, Mark},
};
use crate::{
    contacts::{self, ContactId},
    inboxes::{self, InboxId},
    messages::{self, Author, MessageKind, Posted, SystemLine, TOO_MANY, Words},
    rights,
    tags::{self, TagId},
};

/// What a conversation begins with.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Beginning {
    pub(crate) subject: Option<String>,
    pub(crate) external_ref: Option<String>,
    pub(crate) page_url: Option<String>,
    pub(crate) locale: Option<String>,
    pub(crate) custom: Map<String, serde_json::Value>,
}

/// Holds a conversation until the end of the transaction, so that whoever decides something by what there is about it decides
/// one after the other.
///
/// # Errors
/// `not_found`; the storage codes.
pub async fn hold(tx: &Tx<'_>, id: ConversationId) -> Result<()> {
    Edit::hold(tx, id).await.map(drop)
}

/// Begins a conversation; the caller saves it.
pub(crate) async fn begin(
    tx: &Tx<'_>,
    inbox: InboxId,
    contact: ContactId,
    beginning: Beginning,
) -> Result<Edit> {
    let inbox = inboxes::get(tx, inbox).await?;
    let contact = contacts::get(tx, contact).await?;
    let around = Around {
        inbox_name: inbox.name,
        inbox_kind: inbox.kind,
        inbox_state: inbox.state,
        inbox_teams: inbox.team_ids,
        contact_name: contact.name,
        contact_blocked: contact.blocked,
    };
    let conversation = Conversation {
        id: tx.new_id(),
        no: store::next_no(tx).await?,
        inbox_id: inbox.id,
        contact_id: contact.id,
        subject: beginning.subject,
        state: State::Open,
        snoozed_until: None,
        assignee_id: None,
        team_id: inbox.default_team_id,
        priority: Priority::Normal,
        last_message_no: 0,
        contact_message_count: 0,
        last: None,
        waiting_since: None,
        contact_read_no: 0,
        contact_delivered_no: 0,
        agent_read_no: 0,
        assignee_unread: 0,
        merged_into: None,
        external_ref: beginning.external_ref,
        page_url: beginning.page_url,
        locale: beginning.locale,
        custom: beginning.custom,
        active_at: tx.now(),
        created_at: tx.now(),
        updated_at: tx.now(),
        closed_at: None,
        version: 1,
    };
    Edit::begin(tx, conversation, around)
}

/// A user begins a conversation with a contact, and serves it.
///
/// # Errors
/// `forbidden`, `not_found`, `validation_failed`; the storage codes.
pub async fn start(
    tx: &Tx<'_>,
    inbox: InboxId,
    contact: ContactId,
    words: Option<Words>,
) -> Result<(ConversationId, Option<Posted>)> {
    tx.actor().require(rights::REPLY)?;
    inboxes::check_visible(tx, inbox).await?;
    let words = words.map(|words| messages::clean(MessageKind::Text, words)).transpose()?;
    if let Some(words) = &words
        && let Some(message) = messages::repeated(tx, tx.actor().id, MessageKind::Text, words).await?
    {
        return Ok((message.conversation_id, Some(Posted { message, fresh: false, loaded: None })));
    }
    let mut edit = begin(tx, inbox, contact, Beginning::default()).await?;
    edit.after.assignee_id = acting_user(tx.actor());
    let by = actor_name(tx).await?;
    messages::say(tx, &mut edit, SystemLine::new("opened").with("by", by)).await?;
    let posted = match words {
        Some(words) => {
            let author = Author::of(tx.actor());
            let message = messages::write(tx, &mut edit, author, MessageKind::Text, words, tx.now()).await?;
            Some(Posted { message, fresh: true, loaded: None })
        }
        None => None,
    };
    let conversation = edit.save(tx).await?;
    Ok((conversation.id, posted))
}

/// The name of the acting user, for lines that tell what they did. Empty when nobody did it by hand.
pub(crate) async fn actor_name(tx: &Tx<'_>) -> Result<String> {
    match acting_user(tx.actor()) {
        Some(user) => user_name(tx, user).await,
        None => Ok(String::new()),
    }
}

async fn user_name(tx: &Tx<'_>, user: UserId) -> Result<String> {
    let mut found = directory::user_refs(tx, &[user.0]).await?;
    found
        .remove(&user.0)
        .map(|user| user.name)
        .ok_or_else(|| Error::field("assignee_id", USER_UNKNOWN).with("id", user))
}

async fn team_name(tx: &Tx<'_>, team: TeamId) -> Result<String> {
    let mut found = directory::team_refs(tx, &[team.0]).await?;
    found
        .remove(&team.0)
        .map(|team| team.name)
        .ok_or_else(|| Error::field("team_id", TEAM_UNKNOWN).with("id", team))
}

/// To whom a conversation is handed over.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Assignment {
    /// The agent; nobody when absent.
    pub assignee_id: Option<UserId>,
    /// The team; stays as it is when the outer option is absent.
    pub team_id: Option<Option<TeamId>>,
    /// What the next one should know.
    pub note: Option<String>,
}

/// Hands a conversation over. With a note it is a transfer.
///
/// # Errors
/// `forbidden`, `not_found`, `conversation_merged`, `validation_failed`; the storage codes.
pub async fn assign(tx: &Tx<'_>, id: ConversationId, wish: Assignment) -> Result<Conversation> {
    let own = wish.assignee_id.is_some() && wish.assignee_id == acting_user(tx.actor());
    tx.actor().require(if own { rights::REPLY } else { rights::ASSIGN })?;
    let mut edit = Edit::open(tx, id).await?;
    let to = Target { assignee_id: wish.assignee_id, team_id: wish.team_id.unwrap_or(edit.after.team_id) };
    let transfer = wish.note.is_some() || (edit.after.assignee_id.is_some() && to.assignee_id.is_some());
    hand_over(tx, &mut edit, to, transfer).await?;
    if let Some(note) = wish.note.filter(|note| !note.trim().is_empty()) {
        let words = messages::clean(MessageKind::Note, Words { body: note, ..Words::default() })?;
        messages::write(tx, &mut edit, Author::of(tx.actor()), MessageKind::Note, words, tx.now()).await?;
    }
    edit.save(tx).await
}

/// A user takes a conversation that nobody serves.
pub(crate) async fn take(tx: &Tx<'_>, edit: &mut Edit, user: UserId) -> Result<()> {
    let to = Target { assignee_id: Some(user), team_id: edit.after.team_id };
    hand_over(tx, edit, to, false).await
}

async fn hand_over(tx: &Tx<'_>, edit: &mut Edit, to: Target, transfer: bool) -> Result<()> {
    let (former, former_team) = (edit.after.assignee_id, edit.after.team_id);
    let unread = match to.assignee_id {
        Some(user) if former != to.assignee_id => {
            let seen = store::mark(tx, edit.after.id, user).await?.contact_count;
            edit.after.contact_message_count - seen
        }
        _ => 0,
    };
    if !rules::assign(&mut edit.after, to, unread)? {
        return Ok(());
    }
    let by = actor_name(tx).await?;
    if former_team != to.team_id {
        let team = match to.team_id {
            Some(team) => team_name(tx, team).await?.into(),
            None => serde_json::Value::Null,
        };
        let line = SystemLine::new("team_changed").with("team", team).with("by", by.clone());
        messages::say(tx, edit, line).await?;
    }
    if former != to.assignee_id {
        let line = match to.assignee_id {
            Some(user) if transfer => SystemLine::new("transferred").with("to", user_name(tx, user).await?),
            Some(user) => SystemLine::new("assigned").with("assignee", user_name(tx, user).await?),
            None => SystemLine::new("unassigned"),
        };
        messages::say(tx, edit, line.with("by", by)).await?;
    }
    Ok(())
}

/// Opens, closes, snoozes a conversation, or lets it wait for the customer.
///
/// # Errors
/// `forbidden`, `not_found`, `conversation_merged`, `validation_failed`; the storage codes.
pub async fn set_state(tx: &Tx<'_>, id: ConversationId, wish: StateWish) -> Result<Conversation> {
    tx.actor().require(if wish.state == State::Closed { rights::CLOSE } else { rights::REPLY })?;
    let mut edit = Edit::open(tx, id).await?;
    change_state(tx, &mut edit, wish).await?;
    edit.save(tx).await
}

/// The contact ends the conversation.
///
/// # Errors
/// `not_found`, `conversation_merged`; the storage codes.
pub async fn close_by_contact(tx: &Tx<'_>, id: ConversationId) -> Result<Conversation> {
    let mut edit = Edit::open(tx, id).await?;
    change_state(tx, &mut edit, StateWish { state: State::Closed, snoozed_until: None }).await?;
    edit.save(tx).await
}

/// Changes the state and adds the line that tells of it.
pub(crate) async fn change_state(tx: &Tx<'_>, edit: &mut Edit, wish: StateWish) -> Result<()> {
    let shift = rules::set_state(&mut edit.after, wish, tx.now())?;
    say_shift(tx, edit, shift).await
}

/// Adds the line that tells of a change of state.
pub(crate) async fn say_shift(tx: &Tx<'_>, edit: &mut Edit, shift: Shift) -> Result<()> {
    let line = match shift {
        Shift::Nothing | Shift::Quiet => return Ok(()),
        Shift::Reopened => SystemLine::new("reopened"),
        Shift::Unsnoozed => SystemLine::new("unsnoozed"),
        Shift::Snoozed => {
            SystemLine::new("snoozed").with("until", edit.after.snoozed_until.map(|until| until.to_string()))
        }
        Shift::Closed => SystemLine::new("closed"),
    };
    let line = line.with("by", actor_name(tx).await?);
    messages::say(tx, edit, line).await
}

/// Subject and priority, as far as they are to change.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Patch {
    /// A new subject; an empty one removes it.
    pub subject: Option<String>,
    /// A new priority.
    pub priority: Option<Priority>,
}

/// Changes subject and priority.
///
/// # Errors
/// `forbidden`, `not_found`, `version_conflict`, `validation_failed`; the storage codes.
pub async fn update(tx: &Tx<'_>, id: ConversationId, version: i64, patch: Patch) -> Result<Conversation> {
    tx.actor().require(rights::REPLY)?;
    let mut edit = Edit::open(tx, id).await?;
    if edit.after.version != version {
        return Err(Error::new(codes::VERSION_CONFLICT).with("version", edit.after.version));
    }
    let mut fields = Vec::new();
    if let Some(subject) = patch.subject {
        let subject =
            if subject.trim().is_empty() { None } else { Some(clean_name("subject", &subject, 200)?) };
        if edit.after.subject != subject {
            edit.after.subject = subject;
            fields.push("subject".to_owned());
        }
    }
    if let Some(priority) = patch.priority.filter(|priority| *priority != edit.after.priority) {
        edit.after.priority = priority;
        fields.push("priority".to_owned());
    }
    if !fields.is_empty() {
        edit.after.version += 1;
        tx.emit(&Updated { standing: (&edit.after).into(), fields })?;
    }
    edit.save(tx).await
}

/// Tags that a conversation may carry at most.
const MAX_TAGS: usize = 50;
/// Users that are added or removed at once at most.
const MAX_USERS: usize = 50;

/// Puts tags on and takes tags off. Repeating it is harmless.
///
/// # Errors
/// `forbidden`, `not_found`, `validation_failed`; the storage codes.
pub async fn tag(tx: &Tx<'_>, id: ConversationId, add: &[TagId], remove: &[TagId]) -> Result<Conversation> {
    tx.actor().require(rights::REPLY)?;
    if add.len() + remove.len() > MAX_TAGS {
        return Err(Error::field("add", TOO_MANY).with("max", MAX_TAGS));
    }
    let mut edit = Edit::open(tx, id).await?;
    tags::check_known(tx, "add", add).await?;
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for tag in add {
        if store::add_tag(tx, id, *tag).await? {
            added.push(*tag);
        }
    }
    for tag in remove {
        if store::remove_tag(tx, id, *tag).await? {
            removed.push(*tag);
        }
    }
    tags::count_uses(tx, &added, &removed).await?;
    if !added.is_empty() || !removed.is_empty() {
        tx.emit(&Tagged { standing: (&edit.after).into(), added, removed })?;
        edit.after.updated_at = tx.now();
    }
    edit.save(tx).await
}

/// Adds and removes participants. Repeating it is harmless.
///
/// # Errors
/// `forbidden`, `not_found`, `validation_failed`; the storage codes.
pub async fn change_participants(
    tx: &Tx<'_>,
    id: ConversationId,
    add: &[UserId],
    remove: &[UserId],
) -> Result<Conversation> {
    tx.actor().require(rights::REPLY)?;
    if add.len() + remove.len() > MAX_USERS {
        return Err(Error::field("add", TOO_MANY).with("max", MAX_USERS));
    }
    let mut edit = Edit::open(tx, id).await?;
    rules::check_not_merged(&edit.after)?;
    let ids: Vec<Uuid> = add.iter().map(|user| user.0).collect();
    let known = directory::user_refs(tx, &ids).await?;
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for user in add {
        let name = known.get(&user.0).map(|user| user.name.clone());
        let name = name.ok_or_else(|| Error::field("add", USER_UNKNOWN).with("id", user))?;
        if store::add_participant(tx, id, *user).await? {
            messages::say(tx, &mut edit, SystemLine::new("participant_added").with("name", name)).await?;
            added.push(*user);
        }
    }
    for user in remove {
        if store::remove_participant(tx, id, *user).await? {
            removed.push(*user);
        }
    }
    if !added.is_empty() || !removed.is_empty() {
        tx.emit(&ParticipantsChanged { standing: (&edit.after).into(), added, removed })?;
    }
    edit.save(tx).await
}

/// Lets a user take part without a line about it; repeating it is harmless.
pub(crate) async fn let_take_part(tx: &Tx<'_>, id: ConversationId, user: UserId) -> Result<()> {
    store::add_participant(tx, id, user).await.map(drop)
}

/// Adds to kept counts.
pub(crate) async fn add_counts(tx: &Tx<'_>, steps: &Steps) -> Result<()> {
    store::add(tx, steps).await
}

/// How many conversations began in a time; those that were joined to another one do not count. For slices that reckon rates.
///
/// # Errors
/// The storage codes.
pub async fn how_many_began(
    tx: &heard_store::Tx<'_>,
    from: heard_kernel::Timestamp,
    to: heard_kernel::Timestamp,
) -> Result<i64> {
    store::began(tx, from, to).await
}

/// A user has read up to a message.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn read(tx: &Tx<'_>, id: ConversationId, no: i64) -> Result<()> {
    tx.actor().require(rights::READ)?;
    let user = UserId(tx.actor().user_id()?);
    let mut edit = Edit::open(tx, id).await?;
    let no = no.clamp(0, edit.after.last_message_no);
    let left = if no == edit.after.last_message_no {
        0
    } else {
        messages::store::contact_messages_after(tx, id, no).await?
    };
    if set_read(tx, &mut edit, user, no, left).await? {
        tx.emit(&Read { standing: (&edit.after).into(), user_id: user, no })?;
    }
    let (seen, none_left) = messages::store::see_mentions(tx, user, id, no).await?;
    if seen && none_left {
        store::add(tx, &Steps::from([((View::Mentions, user.0), -1)])).await?;
    }
    edit.save(tx).await.map(drop)
}

/// Who writes has read everything before.
pub(crate) async fn mark_all_read(tx: &Tx<'_>, edit: &mut Edit, user: UserId) -> Result<()> {
    let no = edit.after.last_message_no;
    let news = edit.after.assignee_unread > 0 || edit.after.agent_read_no == 0;
    if set_read(tx, edit, user, no, 0).await? && news {
        tx.emit(&Read { standing: (&edit.after).into(), user_id: user, no })?;
    }
    Ok(())
}

async fn set_read(tx: &Tx<'_>, edit: &mut Edit, user: UserId, no: i64, left: i64) -> Result<bool> {
    let mark = Mark { no, contact_count: edit.after.contact_message_count - left };
    if !store::set_mark(tx, edit.after.id, user, mark).await? {
        return Ok(false);
    }
    if edit.after.assignee_id == Some(user) {
        edit.after.assignee_unread = left;
    }
    edit.after.agent_read_no = edit.after.agent_read_no.max(no);
    Ok(true)
}

/// How far the contact is: what reached their device and what they have read.
///
/// # Errors
/// `not_found`; the storage codes.
pub async fn contact_progress(
    tx: &Tx<'_>,
    id: ConversationId,
    delivered: Option<i64>,
    read: Option<i64>,
) -> Result<()> {
    let mut edit = Edit::open(tx, id).await?;
    let last = edit.after.last_message_no;
    let read = read.map_or(edit.after.contact_read_no, |no| no.min(last).max(edit.after.contact_read_no));
    let delivered = delivered.unwrap_or(0).max(read).min(last);
    edit.after.contact_delivered_no = edit.after.contact_delivered_no.max(delivered);
    if read != edit.after.contact_read_no {
        edit.after.contact_read_no = read;
        tx.emit(&ContactRead { standing: (&edit.after).into(), no: read })?;
    }
    edit.save(tx).await.map(drop)
}

/// How long a look at a conversation counts as the same one.
const SAME_LOOK_MILLIS: i64 = 15 * 60_000;

/// Whether a look is worth telling: the user was not noted as looking within a while.
///
/// # Errors
/// The storage codes.
pub async fn is_new_look(
    tx: &heard_store::Tx<'_>,
    id: ConversationId,
    user: UserId,
    now: Timestamp,
) -> Result<bool> {
    let last = store::last_view(tx, id, user).await?;
    Ok(last.is_none_or(|at| now.millis_since(at) > SAME_LOOK_MILLIS))
}

/// Notes that the acting user looks at a conversation, for the audit.
///
/// # Errors
/// `not_found`; the storage codes.
pub async fn note_look(tx: &Tx<'_>, id: ConversationId) -> Result<()> {
    let user = UserId(tx.actor().user_id()?);
    let loaded = super::edit::visible(tx, tx.actor(), id).await?;
    let limit = tx.now().plus_millis(-SAME_LOOK_MILLIS);
    if store::note_view(tx, id, user, tx.now(), limit).await? {
        tx.emit(&Viewed { standing: (&loaded.conversation).into() })?;
    }
    Ok(())
}
