//! A conversation and what stands around it.

use heard_kernel::{Result, Timestamp};
use heard_platform::directory::{TeamId, UserId};
use heard_store::{FromRow, Json, Row, id_type};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    contacts::ContactId,
    inboxes::{InboxId, InboxKind, InboxState},
    messages::{AuthorKind, MessageId},
};
use heard_store::{Columns, words};

id_type!(
    /// Names a conversation.
    ConversationId
);

words! {
    /// What a conversation waits for.
    #[schema(as = ConversationState)]
    State {
        /// The team is to act.
        Open => "open",
        /// The customer is to act.
        Waiting => "waiting",
        /// Set aside until a time.
        Snoozed => "snoozed",
        /// Done.
        Closed => "closed",
    }
}

words! {
    /// How urgent a conversation is.
    Priority {
        /// Can wait.
        Low => "low",
        /// As most are.
        Normal => "normal",
        /// Before others.
        High => "high",
        /// At once.
        Urgent => "urgent",
    }
}

words! {
    /// The list that holds a conversation.
    Shelf {
        /// Somebody is to act: open or waiting for the customer.
        Active => "active",
        /// Set aside until a time.
        Snoozed => "snoozed",
        /// Done.
        Closed => "closed",
        /// Part of another conversation.
        Merged => "merged",
    }
}

/// What lists show of the last message that people wrote.
#[derive(Clone, PartialEq, Debug)]
pub struct LastMessage {
    /// Which one.
    pub id: MessageId,
    /// Who wrote it.
    pub author: AuthorKind,
    /// Its beginning on one line.
    pub preview: String,
    /// When it was written.
    pub at: Timestamp,
    /// Whether only the team sees it.
    pub note: bool,
}

/// A conversation as it is stored.
#[derive(Clone, PartialEq, Debug)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// Its number for people, from 1.
    pub no: i64,
    /// Where it came in.
    pub inbox_id: InboxId,
    /// Who is served.
    pub contact_id: ContactId,
    /// What it is about.
    pub subject: Option<String>,
    /// What it waits for.
    pub state: State,
    /// When it comes back, when it is snoozed.
    pub snoozed_until: Option<Timestamp>,
    /// Who serves it.
    pub assignee_id: Option<UserId>,
    /// Which team or department serves it.
    pub team_id: Option<TeamId>,
    /// How urgent it is.
    pub priority: Priority,
    /// The number of the last message; messages count from 1 without gaps.
    pub last_message_no: i64,
    /// How many messages the contact wrote.
    pub contact_message_count: i64,
    /// What lists show.
    pub last: Option<LastMessage>,
    /// The first message of the contact that no person has answered yet.
    pub waiting_since: Option<Timestamp>,
    /// How far the contact has read.
    pub contact_read_no: i64,
    /// How far messages have reached the contact's device.
    pub contact_delivered_no: i64,
    /// How far any user has read.
    pub agent_read_no: i64,
    /// How many of the contact's messages the assignee has not read.
    pub assignee_unread: i64,
    /// The conversation that it became part of.
    pub merged_into: Option<ConversationId>,
    /// What the system that it comes from calls it.
    pub external_ref: Option<String>,
    /// The page that the contact wrote from first.
    pub page_url: Option<String>,
    /// The contact's language.
    pub locale: Option<String>,
    /// Fields of the form that it began with.
    pub custom: Map<String, Value>,
    /// When something last happened that lists sort by.
    pub active_at: Timestamp,
    /// When it began.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Rises when its subject or priority changes.
    pub version: i64,
}

impl Conversation {
    /// The list that holds it.
    pub fn shelf(&self) -> Shelf {
        match self.state {
            _ if self.merged_into.is_some() => Shelf::Merged,
            State::Open | State::Waiting => Shelf::Active,
            State::Snoozed => Shelf::Snoozed,
            State::Closed => Shelf::Closed,
        }
    }

    /// Its place among those who wait: the longest wait first, who does not wait last.
    pub fn waiting_key(&self) -> i64 {
        self.waiting_since.map_or(i64::MAX, Timestamp::millis)
    }
}

/// The columns of [`Conversation`], in its order, of a table named `c`.
pub(crate) const COLUMNS: &str = "c.id, c.no, c.inbox_id, c.contact_id, c.subject, c.state, c.snoozed_until, c.assignee_id, \
     c.team_id, c.priority, c.last_message_no, c.contact_message_count, c.last_message_id, c.last_author, c.last_preview, \
     c.last_note, c.last_at, c.waiting_since, c.contact_read_no, c.contact_delivered_no, c.agent_read_no, \
     c.assignee_unread, c.merged_into, c.external_ref, c.page_url, c.locale, c.custom, c.active_at, c.created_at, \
     c.updated_at, c.closed_at, c.version";
/// How many they are.
pub(crate) const WIDTH: usize = 32;

impl FromRow for Conversation {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            id: columns.next()?,
            no: columns.next()?,
            inbox_id: columns.next()?,
            contact_id: columns.next()?,
            subject: columns.next()?,
            state: columns.next()?,
            snoozed_until: columns.next()?,
            assignee_id: columns.next()?,
            team_id: columns.next()?,
            priority: columns.next()?,
            last_message_no: columns.next()?,
            contact_message_count: columns.next()?,
            last: last_message(&columns)?,
            waiting_since: columns.next()?,
            contact_read_no: columns.next()?,
            contact_delivered_no: columns.next()?,
            agent_read_no: columns.next()?,
            assignee_unread: columns.next()?,
            merged_into: columns.next()?,
            external_ref: columns.next()?,
            page_url: columns.next()?,
            locale: columns.next()?,
            custom: columns.next::<Json<Map<String, Value>>>()?.0,
            active_at: columns.next()?,
            created_at: columns.next()?,
            updated_at: columns.next()?,
            closed_at: columns.next()?,
            version: columns.next()?,
        })
    }
}

fn last_message(columns: &Columns<'_, '_>) -> Result<Option<LastMessage>> {
    let id: Option<MessageId> = columns.next()?;
    let author: Option<AuthorKind> = columns.next()?;
    let preview: Option<String> = columns.next()?;
    let note: bool = columns.next()?;
    let at: Option<Timestamp> = columns.next()?;
    Ok(match (id, author, preview, at) {
        (Some(id), Some(author), Some(preview), Some(at)) => {
            Some(LastMessage { id, author, preview, at, note })
        }
        _ => None,
    })
}

/// What of the inbox and the contact is needed whenever a conversation is.
#[derive(Clone, PartialEq, Debug)]
pub struct Around {
    /// The inbox's name.
    pub inbox_name: String,
    /// The inbox's kind.
    pub inbox_kind: InboxKind,
    /// Whether the inbox takes messages.
    pub inbox_state: InboxState,
    /// The teams that see the inbox; none means all.
    pub inbox_teams: Vec<TeamId>,
    /// The contact's name.
    pub contact_name: Option<String>,
    /// Whether the contact is blocked.
    pub contact_blocked: bool,
}

/// The columns of [`Around`] from inboxes `i` and contacts `k`.
pub(crate) const AROUND: &str = "i.name, i.kind, i.state, i.team_ids, k.name, k.blocked";
/// How many they are.
pub(crate) const AROUND_WIDTH: usize = 6;

impl Around {
    pub(crate) fn read(columns: &Columns<'_, '_>) -> Result<Self> {
        Ok(Self {
            inbox_name: columns.next()?,
            inbox_kind: columns.next()?,
            inbox_state: columns.next()?,
            inbox_teams: columns.next::<Json<Vec<TeamId>>>()?.0,
            contact_name: columns.next()?,
            contact_blocked: columns.next()?,
        })
    }
}

/// A conversation with what stands around it.
#[derive(Clone, PartialEq, Debug)]
pub struct Loaded {
    /// The conversation.
    pub conversation: Conversation,
    /// Inbox and contact.
    pub around: Around,
}

impl FromRow for Loaded {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            conversation: Conversation::from_row(row)?,
            around: Around::read(&Columns::at(row, WIDTH))?,
        })
    }
}

/// A new state that somebody asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StateWish {
    /// The state.
    pub state: State,
    /// When it is to come back; only and always with `snoozed`.
    pub snoozed_until: Option<Timestamp>,
}
