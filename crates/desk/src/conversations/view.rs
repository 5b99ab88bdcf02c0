//! Conversations as the API shows them.

use std::collections::HashMap;

use heard_kernel::{Locale, Result, Timestamp};
use heard_platform::directory::{Directory, TeamRef, UserId, UserRef};
use heard_store::Tx;
use heard_web::{AppState, realtime::Topic};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    model::{ConversationId, Priority, State},
    store::{self, Listed},
};
use crate::{
    contacts::{self, ContactId, display_name},
    inboxes::{InboxId, InboxKind},
    messages::AuthorKind,
    tags::{self, TagId, TagRef},
};

/// An inbox where one is named.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct InboxRef {
    /// Which one.
    pub id: InboxId,
    /// Its name.
    pub name: String,
    /// Its channel.
    pub kind: InboxKind,
}

/// The contact of a conversation.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ConversationContact {
    /// Who.
    pub id: ContactId,
    /// The name, when one is known.
    #[schema(required = true)]
    pub name: Option<String>,
    /// The name; without one an address, a number or what another system calls them; a word for a visitor else.
    pub display_name: String,
    /// Whether they are connected now.
    pub online: bool,
    /// Whether their messages are refused.
    pub blocked: bool,
}

/// The last message that people wrote.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LastMessageView {
    /// Who wrote it.
    pub author: AuthorKind,
    /// Its beginning on one line; empty when it was taken back.
    pub preview: String,
    /// When.
    pub at: Timestamp,
    /// Whether only the team sees it.
    pub note: bool,
}

/// A conversation.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Conversation)]
pub struct ConversationView {
    /// Which one.
    pub id: ConversationId,
    /// Its number for people.
    pub no: i64,
    /// Where it came in.
    pub inbox: InboxRef,
    /// Who is served.
    pub contact: ConversationContact,
    /// What it is about.
    #[schema(required = true)]
    pub subject: Option<String>,
    /// What it waits for.
    pub state: State,
    /// When it comes back.
    #[schema(required = true)]
    pub snoozed_until: Option<Timestamp>,
    /// Who serves it.
    #[schema(required = true)]
    pub assignee: Option<UserRef>,
    /// Which team serves it.
    #[schema(required = true)]
    pub team: Option<TeamRef>,
    /// Its tags, by name.
    pub tags: Vec<TagRef>,
    /// How urgent it is.
    pub priority: Priority,
    /// The number of the last message.
    pub last_message_no: i64,
    /// The last message that people wrote.
    #[schema(required = true)]
    pub last_message: Option<LastMessageView>,
    /// The first message of the contact that no person has answered yet.
    #[schema(required = true)]
    pub waiting_since: Option<Timestamp>,
    /// How many of the contact's messages the caller has not read.
    pub unread: i64,
    /// How far the contact has read.
    pub contact_read_no: i64,
    /// Whether it mentions the caller, who has not looked yet.
    pub mentioned: bool,
    /// Who takes part.
    pub participants: Vec<UserRef>,
    /// The conversation that it is part of.
    #[schema(required = true)]
    pub merged_into: Option<ConversationId>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it was closed.
    #[schema(required = true)]
    pub closed_at: Option<Timestamp>,
    /// Whether the caller has a draft in it.
    pub draft: bool,
    /// Rises when subject or priority change.
    pub version: i64,
    /// The page that the contact wrote from first.
    #[schema(required = true)]
    pub page_url: Option<String>,
    /// The contact's language.
    #[schema(required = true)]
    pub locale: Option<String>,
    /// Fields of the form that it began with.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    pub custom: Map<String, Value>,
}

/// Conversations with what belongs to them, as read from storage.
pub(crate) struct Batch {
    listed: Vec<Listed>,
    tags: HashMap<ConversationId, Vec<TagId>>,
    tag_refs: HashMap<TagId, TagRef>,
    participants: HashMap<ConversationId, Vec<UserId>>,
    /// What contacts without a name are called.
    known_as: HashMap<ContactId, String>,
}

impl Batch {
    /// Reads what belongs to conversations.
    pub(crate) async fn load(tx: &Tx<'_>, listed: Vec<Listed>) -> Result<Self> {
        let ids: Vec<ConversationId> = listed.iter().map(|item| item.loaded.conversation.id).collect();
        let tags = store::tags(tx, &ids).await?;
        let mut tag_ids: Vec<TagId> = tags.values().flatten().copied().collect();
        tag_ids.sort();
        tag_ids.dedup();
        let nameless = listed.iter().filter(|item| item.loaded.around.contact_name.is_none());
        let nameless = nameless.map(|item| item.loaded.conversation.contact_id).collect();
        Ok(Self {
            known_as: contacts::known_as(tx, nameless).await?,
            tag_refs: tags::store::refs(tx, &tag_ids).await?,
            participants: store::participants(tx, &ids).await?,
            tags,
            listed,
        })
    }

    /// Adds names and shows them.
    pub(crate) async fn show(self, state: &AppState, locale: Locale) -> Result<Vec<ConversationView>> {
        let directory = Directory::of(&state.ctx);
        let assignees = self.listed.iter().filter_map(|item| item.loaded.conversation.assignee_id);
        let mut user_ids: Vec<Uuid> =
            assignees.chain(self.participants.values().flatten().copied()).map(|user| user.0).collect();
        user_ids.sort_unstable();
        user_ids.dedup();
        let users = directory.users(&state.ctx, &user_ids).await?;
        let team_ids: Vec<Uuid> = self
            .listed
            .iter()
            .filter_map(|item| item.loaded.conversation.team_id)
            .map(|team| team.0)
            .collect();
        let teams = directory.teams(&state.ctx, &team_ids).await?;
        let Self { listed, tags, tag_refs, participants, known_as } = self;
        let views = listed.into_iter().map(|item| {
            let id = item.loaded.conversation.id;
            let label = known_as.get(&item.loaded.conversation.contact_id).map(String::as_str);
            let mut view = plain(state, locale, item, label, (&users, &teams));
            let mut own: Vec<TagRef> =
                tags.get(&id).into_iter().flatten().filter_map(|tag| tag_refs.get(tag).cloned()).collect();
            own.sort_by(|a, b| a.name.cmp(&b.name));
            view.tags = own;
            let users =
                participants.get(&id).into_iter().flatten().filter_map(|user| users.get(&user.0).cloned());
            view.participants = users.collect();
            view
        });
        Ok(views.collect())
    }
}

fn plain(
    state: &AppState,
    locale: Locale,
    item: Listed,
    label: Option<&str>,
    (users, teams): (&HashMap<Uuid, UserRef>, &HashMap<Uuid, TeamRef>),
) -> ConversationView {
    let Listed { loaded, read_count, mentioned, draft, .. } = item;
    let (c, around) = (loaded.conversation, loaded.around);
    ConversationView {
        id: c.id,
        no: c.no,
        inbox: InboxRef { id: c.inbox_id, name: around.inbox_name, kind: around.inbox_kind },
        contact: ConversationContact {
            id: c.contact_id,
            display_name: display_name(c.contact_id, around.contact_name.as_deref().or(label), locale),
            name: around.contact_name,
            online: state.hub.count(Topic::Contact(c.contact_id.0)) > 0,
            blocked: around.contact_blocked,
        },
        subject: c.subject,
        state: c.state,
        snoozed_until: c.snoozed_until,
        assignee: c.assignee_id.and_then(|user| users.get(&user.0).cloned()),
        team: c.team_id.and_then(|team| teams.get(&team.0).cloned()),
        tags: Vec::new(),
        priority: c.priority,
        last_message_no: c.last_message_no,
        last_message: c.last.map(|last| LastMessageView {
            author: last.author,
            preview: last.preview,
            at: last.at,
            note: last.note,
        }),
        waiting_since: c.waiting_since,
        unread: (c.contact_message_count - read_count).max(0),
        contact_read_no: c.contact_read_no,
        mentioned,
        participants: Vec::new(),
        merged_into: c.merged_into,
        created_at: c.created_at,
        updated_at: c.updated_at,
        closed_at: c.closed_at,
        draft,
        version: c.version,
        page_url: c.page_url,
        locale: c.locale,
        custom: c.custom,
    }
}
