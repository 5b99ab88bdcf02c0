//! The timeline (时间线): what happened to a case, its clocks and its conversations, in one line.

use std::collections::BTreeSet;

use heard_kernel::{Actor, ActorKind, Cursor, Page, PageRequest, Result, Timestamp};
use heard_platform::directory::{Directory, UserRef};
use heard_runtime::{Ctx, StoredEvent, events_of};
use heard_store::Tx;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{edit, model::CaseId, store};
use crate::{clocks, rights};

/// Events of conversations that come often and are no key moments.
const QUIET: [&str; 8] = [
    "message.posted",
    "message.recalled",
    "conversation.read",
    "conversation.contact_read",
    "conversation.viewed",
    "conversation.tagged",
    "conversation.updated",
    "conversation.participants_changed",
];

/// Something that happened.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = CaseTimelineEntry)]
pub struct Entry {
    /// Its place in the log.
    pub seq: i64,
    /// What happened, as `case.stage_done`.
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// What kind of actor did it: `user`, `contact`, `bot` or `system`.
    pub actor_kind: String,
    /// Who did it, when it was a user.
    #[schema(required = true)]
    pub actor: Option<UserRef>,
    /// What it happened to: `case`, `clock` or `conversation`.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Uuid,
    /// Ids, keys and values of it.
    #[schema(value_type = Object)]
    pub data: Value,
}

/// A page of the timeline of a case that the actor sees, the latest first.
///
/// # Errors
/// `forbidden`, `not_found`, `cursor_invalid`; the storage codes.
pub(crate) async fn page(
    tx: &Tx<'_>,
    actor: &Actor,
    id: CaseId,
    now: Timestamp,
    page: &PageRequest,
) -> Result<Page<StoredEvent>> {
    actor.require(rights::READ)?;
    edit::visible(tx, actor, id).await?;
    let mut subjects: BTreeSet<Uuid> = BTreeSet::from([id.0]);
    let clocks = clocks::of_case(tx, id, now).await?;
    subjects.extend(clocks.clocks.iter().map(|clock| clock.id.0));
    subjects.extend(store::conversations(tx, id).await?.into_iter().map(|(conversation, _)| conversation.0));
    let subjects: Vec<Uuid> = subjects.into_iter().collect();
    let items = events_of(tx, &subjects, &QUIET, page.after()?, page.limit() + 1).await?;
    Ok(Page::from_extra(items, page.limit(), |last| Cursor::encode(&last.seq)))
}

/// Adds names and shows events.
pub(crate) async fn show(ctx: &Ctx, found: Page<StoredEvent>) -> Result<Page<Entry>> {
    let user = |event: &StoredEvent| event.actor_id.filter(|_| event.actor_kind == ActorKind::User);
    let mut ids: Vec<Uuid> = found.items.iter().filter_map(user).collect();
    ids.sort_unstable();
    ids.dedup();
    let users = Directory::of(ctx).users(ctx, &ids).await?;
    Ok(found.map(|event| Entry {
        actor: user(&event).and_then(|id| users.get(&id).cloned()),
        seq: event.seq,
        kind: event.kind,
        at: event.at,
        actor_kind: event.actor_kind.as_str().to_owned(),
        subject_kind: event.subject_kind,
        subject_id: event.subject_id,
        data: event.data,
    }))
}
