//! Lists, counts, and single conversations for somebody.

use std::collections::HashMap;

use heard_kernel::{Actor, Cursor, Result};
use heard_platform::directory::{TeamId, UserId};
use heard_store::Tx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    counts::View,
    edit,
    model::{ConversationId, Shelf, State},
    store::{self, Listed, Order, Query, Scope},
};
use crate::{
    contacts::{ContactId, check_words},
    inboxes::{self, InboxId},
    rights,
    tags::TagId,
};

/// A prepared list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ViewName {
    /// Active ones that the caller serves.
    Mine,
    /// Active ones that nobody serves.
    Unassigned,
    /// Active ones of a team.
    Team,
    /// All active ones of the inboxes that the caller sees.
    #[default]
    All,
    /// Those that mention the caller.
    Mentions,
    /// Those that are set aside.
    Snoozed,
    /// Those that are done.
    Closed,
}

/// How a list is sorted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// What happened last comes first.
    #[default]
    Recent,
    /// What has been quiet longest comes first.
    Oldest,
    /// Who has waited longest comes first.
    Waiting,
}

/// Which conversations are wanted.
#[derive(Clone, Debug, Default)]
pub struct ListRequest {
    /// The prepared list; all states of the contact when it is absent and `contact_id` is there.
    pub view: Option<ViewName>,
    /// Only of this team.
    pub team_id: Option<TeamId>,
    /// Only of this inbox.
    pub inbox_id: Option<InboxId>,
    /// Only served by this user.
    pub assignee_id: Option<UserId>,
    /// Only with this tag.
    pub tag_id: Option<TagId>,
    /// Only of this contact.
    pub contact_id: Option<ContactId>,
    /// Only in this state.
    pub state: Option<State>,
    /// Only with these words.
    pub words: Option<String>,
    /// In which order.
    pub sort: Sort,
    /// The page.
    pub page: heard_kernel::PageRequest,
}

/// A page of conversations for an actor.
///
/// # Errors
/// `forbidden`, `cursor_invalid`, `validation_failed`; the storage codes.
pub async fn list(tx: &Tx<'_>, actor: &Actor, request: &ListRequest) -> Result<heard_kernel::Page<Listed>> {
    actor.require(rights::READ)?;
    check_words("q", request.words.as_deref())?;
    let Some(query) = query(tx, actor, request).await? else {
        return Ok(heard_kernel::Page { items: Vec::new(), next_cursor: None });
    };
    let items = store::page(tx, &query).await?;
    Ok(heard_kernel::Page::from_extra(items, query.limit, |last| {
        Cursor::encode(&(last.key, last.loaded.conversation.id))
    }))
}

/// `None` when nothing can match.
async fn query(tx: &Tx<'_>, actor: &Actor, request: &ListRequest) -> Result<Option<Query>> {
    let (mut visible, complete) = inboxes::visible_ids(tx, actor).await?;
    if let Some(inbox) = request.inbox_id {
        visible.retain(|id| *id == inbox);
    }
    let narrowed = !complete || request.inbox_id.is_some();
    let seen = narrowed.then_some(visible);
    let me = actor.id.unwrap_or_default();
    let view = request.view.unwrap_or_default();
    let (scope, inboxes) = match (view, request.contact_id, request.assignee_id) {
        (ViewName::Mentions, ..) => (Scope::Mentions(UserId(me)), None),
        (_, Some(contact), _) => (Scope::Contact(contact), seen),
        (ViewName::Mine, ..) => (Scope::Assignee(UserId(me)), request.inbox_id.map(|id| vec![id])),
        (ViewName::Unassigned, ..) => (Scope::Unassigned(seen), None),
        (ViewName::Team, ..) => {
            let (teams, inboxes) = teams(actor, request);
            (Scope::Teams(teams), inboxes)
        }
        (_, _, Some(user)) if user.0 == me => (Scope::Assignee(user), request.inbox_id.map(|id| vec![id])),
        (_, _, Some(user)) => (Scope::Assignee(user), seen),
        _ => (Scope::Inboxes(seen), None),
    };
    let shelf = match (request.state, view) {
        (Some(State::Open | State::Waiting), _) => Some(Shelf::Active),
        (Some(State::Snoozed), _) | (None, ViewName::Snoozed) => Some(Shelf::Snoozed),
        (Some(State::Closed), _) | (None, ViewName::Closed) => Some(Shelf::Closed),
        (None, ViewName::Mentions) => None,
        (None, _) if request.contact_id.is_some() && request.view.is_none() => None,
        (None, _) => Some(Shelf::Active),
    };
    if inboxes.as_ref().is_some_and(Vec::is_empty) {
        return Ok(None);
    }
    let words = request.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
    Ok(Some(Query {
        scope,
        inboxes,
        shelf,
        state: request.state,
        assignee_id: request.assignee_id,
        team_id: request.team_id,
        tag_id: request.tag_id,
        words: words.map(str::to_owned),
        order: match request.sort {
            Sort::Recent => Order::Recent,
            Sort::Oldest => Order::Oldest,
            Sort::Waiting => Order::Waiting,
        },
        viewer: me,
        after: request.page.after()?,
        limit: request.page.limit(),
    }))
}

/// The teams of a team view: the wanted one or one's own. Other teams' only with the right to see all.
fn teams(actor: &Actor, request: &ListRequest) -> (Vec<TeamId>, Option<Vec<InboxId>>) {
    let own = || actor.team_ids.iter().copied().map(TeamId);
    let teams = match request.team_id {
        Some(team) if actor.may(rights::READ_ALL) || own().any(|id| id == team) => vec![team],
        Some(_) => Vec::new(),
        None => own().collect(),
    };
    (teams, request.inbox_id.map(|id| vec![id]))
}

/// One conversation as an actor sees it.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn one(tx: &Tx<'_>, actor: &Actor, id: ConversationId) -> Result<Listed> {
    actor.require(rights::READ)?;
    let listed =
        store::one_listed(tx, id, actor.id.unwrap_or_default()).await?.ok_or_else(edit::not_found)?;
    edit::check_visible(tx, actor, &listed.loaded).await?;
    Ok(listed)
}

/// One conversation, without asking whether the viewer sees it.
pub(crate) async fn unchecked(tx: &Tx<'_>, viewer: Uuid, id: ConversationId) -> Result<Listed> {
    store::one_listed(tx, id, viewer).await?.ok_or_else(edit::not_found)
}

/// The sizes of a user's lists.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Counts {
    /// Active ones that the caller serves.
    pub mine: i64,
    /// Active ones that nobody serves.
    pub unassigned: i64,
    /// All active ones.
    pub all: i64,
    /// Those that mention the caller, who has not looked yet.
    pub mentions: i64,
    /// Those that are set aside.
    pub snoozed: i64,
    /// Active ones by team.
    pub teams: Vec<TeamCount>,
    /// Active ones by inbox.
    pub inboxes: Vec<InboxCount>,
    /// Active ones that the caller serves with something unread.
    pub unread_mine: i64,
}

/// The size of a team's list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct TeamCount {
    /// Which team.
    pub team_id: TeamId,
    /// Active conversations.
    pub open: i64,
}

/// The size of an inbox's list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct InboxCount {
    /// Which inbox.
    pub inbox_id: InboxId,
    /// Active conversations.
    pub open: i64,
}

/// The sizes of an actor's lists, from kept counts.
///
/// # Errors
/// `forbidden`; the storage codes.
pub async fn counts(tx: &Tx<'_>, actor: &Actor) -> Result<Counts> {
    actor.require(rights::READ)?;
    let me = actor.id.unwrap_or_default();
    let (inboxes, _) = inboxes::visible_ids(tx, actor).await?;
    let mut owners: Vec<Uuid> = inboxes.iter().map(|id| id.0).collect();
    owners.extend(actor.team_ids.iter().copied());
    owners.push(me);
    let kept = store::read_counts(tx, &owners).await?;
    let of = |view: View, owner: Uuid| kept.get(&(view, owner)).copied().unwrap_or(0);
    let sum = |view: View| inboxes.iter().map(|id| of(view, id.0)).sum();
    Ok(Counts {
        mine: of(View::Mine, me),
        unassigned: sum(View::Unassigned),
        all: sum(View::Inbox),
        mentions: of(View::Mentions, me),
        snoozed: sum(View::Snoozed),
        teams: actor
            .team_ids
            .iter()
            .map(|id| TeamCount { team_id: TeamId(*id), open: of(View::Team, *id) })
            .collect(),
        inboxes: inboxes.iter().map(|id| InboxCount { inbox_id: *id, open: of(View::Inbox, id.0) }).collect(),
        unread_mine: of(View::Unread, me),
    })
}

/// Kept counts that differ from what counting anew gives, with both numbers. For checks of a database.
///
/// # Errors
/// The storage codes.
pub async fn recounted(tx: &Tx<'_>) -> Result<Vec<(View, Uuid, i64, i64)>> {
    let kept: HashMap<_, _> = store::all_counts(tx).await?;
    let counted = store::recount(tx).await?;
    let mut keys: Vec<_> = kept.keys().chain(counted.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    let number =
        |counts: &HashMap<(View, Uuid), i64>, key: (View, Uuid)| counts.get(&key).copied().unwrap_or(0);
    Ok(keys
        .into_iter()
        .map(|key| (key.0, key.1, number(&kept, key), number(&counted, key)))
        .filter(|(_, _, kept, counted)| kept != counted)
        .collect())
}
