//! Merging two conversations of one contact, and undoing it.
//!
//! The source keeps its messages with their numbers and takes no more; the target gets one line that stands for the
//! whole block, so numbers stay gap-free on both sides and nothing is copied. What the contact still writes to the source
//! goes to the target. Undoing removes the pointer and gives the source back the state it had; what was written in the
//! target meanwhile stays there.

use heard_kernel::{Error, Result};
use heard_runtime::Tx;

use super::{
    edit::Edit,
    events::{Merged, Unmerged},
    model::{Conversation, ConversationId, State},
    rules,
    service::actor_name,
    store::{self, Kept},
};
use crate::{
    messages::{self, SystemLine},
    rights,
};

/// Makes one conversation part of another and gives the target.
///
/// # Errors
/// `forbidden`, `not_found`, `merge_into_itself`, `merge_other_contact`, `conversation_merged`; the storage codes.
pub async fn merge(tx: &Tx<'_>, source: ConversationId, target: ConversationId) -> Result<Conversation> {
    tx.actor().require(rights::MERGE)?;
    let (mut from, mut into) = both(tx, source, target).await?;
    rules::check_merge(&from.after, &into.after)?;
    let kept = Kept {
        state: from.after.state,
        snoozed_until: from.after.snoozed_until,
        closed_at: from.after.closed_at,
        waiting_since: from.after.waiting_since,
        target_waiting_since: into.after.waiting_since,
    };
    store::add_merge(tx, source, target, &kept, tx.now()).await?;
    let since = from.after.waiting_since.take();
    from.after.merged_into = Some(target);
    from.after.state = State::Closed;
    from.after.snoozed_until = None;
    from.after.closed_at = Some(tx.now());
    into.after.waiting_since = [since, into.after.waiting_since].into_iter().flatten().min();
    let line = SystemLine::new("merged")
        .with("from_no", from.after.no)
        .with("from_id", source.to_string())
        .with("messages", from.after.last_message_no)
        .with("by", actor_name(tx).await?);
    messages::say(tx, &mut into, line).await?;
    tx.emit(&Merged { standing: (&from.after).into(), into: target })?;
    from.save(tx).await?;
    into.save(tx).await
}

/// Takes a conversation out of the one that it was merged into.
///
/// # Errors
/// `forbidden`, `not_found`, `not_merged`, `conversation_merged` when the target itself was merged since; the storage
/// codes.
pub async fn unmerge(tx: &Tx<'_>, source: ConversationId) -> Result<Conversation> {
    tx.actor().require(rights::MERGE)?;
    let first = super::edit::visible(tx, tx.actor(), source).await?;
    let target = first.conversation.merged_into.ok_or_else(|| Error::new(rules::NOT_MERGED))?;
    let (mut from, mut into) = both(tx, source, target).await?;
    rules::check_not_merged(&into.after)?;
    let (_, kept) = store::take_merge(tx, source).await?.ok_or_else(|| Error::new(rules::NOT_MERGED))?;
    from.after.merged_into = None;
    from.after.state = kept.state;
    from.after.snoozed_until = kept.snoozed_until;
    from.after.closed_at = kept.closed_at;
    // The contact's question in the source is open again only if nobody has answered it in the target.
    let carried = kept.waiting_since.is_some() && into.after.waiting_since.is_some();
    if carried {
        from.after.waiting_since = kept.waiting_since;
        if into.after.waiting_since == kept.waiting_since {
            into.after.waiting_since = kept.target_waiting_since;
        }
    }
    let line = SystemLine::new("unmerged").with("from_no", from.after.no).with("by", actor_name(tx).await?);
    messages::say(tx, &mut into, line).await?;
    tx.emit(&Unmerged { standing: (&from.after).into(), from: target })?;
    into.save(tx).await?;
    from.save(tx).await
}

/// Takes both in the order of their ids, so that two merges in opposite directions do not block each other.
async fn both(tx: &Tx<'_>, source: ConversationId, target: ConversationId) -> Result<(Edit, Edit)> {
    if source == target {
        return Err(Error::new(rules::MERGE_INTO_ITSELF));
    }
    if source < target {
        let from = Edit::open(tx, source).await?;
        Ok((from, Edit::open(tx, target).await?))
    } else {
        let into = Edit::open(tx, target).await?;
        Ok((Edit::open(tx, source).await?, into))
    }
}
