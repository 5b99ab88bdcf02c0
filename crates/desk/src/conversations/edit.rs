//! A conversation that is being changed: what it was, what it becomes, and what follows when it is saved.

use heard_kernel::{Error, Result, Timestamp};
use heard_platform::directory::acting_user;
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;

use super::{
    counts,
    deadlines::SNOOZE,
    events::{Assigned, Opened, StateChanged},
    model::{Around, Conversation, ConversationId, Loaded},
    rules, store,
};
use crate::rights;

/// A conversation that is being changed.
pub(crate) struct Edit {
    before: Option<Conversation>,
    /// What it becomes.
    pub(crate) after: Conversation,
    /// Its inbox and contact.
    pub(crate) around: Around,
}

impl Edit {
    /// Takes a conversation that the actor sees, held until the end of the transaction.
    pub(crate) async fn open(tx: &Tx<'_>, id: ConversationId) -> Result<Self> {
        let loaded = store::load_to_change(tx, id).await?.ok_or_else(not_found)?;
        check_visible(tx, tx.actor(), &loaded).await?;
        Ok(Self::of(loaded))
    }

    /// Takes a conversation, held until the end of the transaction, without asking whether the actor sees it.
    pub(crate) async fn hold(tx: &Tx<'_>, id: ConversationId) -> Result<Self> {
        Ok(Self::of(store::load_to_change(tx, id).await?.ok_or_else(not_found)?))
    }

    fn of(loaded: Loaded) -> Self {
        let Loaded { conversation, around } = loaded;
        Self { before: Some(conversation.clone()), after: conversation, around }
    }

    /// Begins a new conversation.
    pub(crate) fn begin(tx: &Tx<'_>, conversation: Conversation, around: Around) -> Result<Self> {
        tx.emit(&Opened { standing: (&conversation).into(), no: conversation.no })?;
        Ok(Self { before: None, after: conversation, around })
    }

    /// Stores it with its counts and deadline and tells what changed.
    pub(crate) async fn save(self, tx: &Tx<'_>) -> Result<Conversation> {
        Ok(self.save_loaded(tx).await?.conversation)
    }

    /// As [`Edit::save`], and gives back what stands around it too.
    pub(crate) async fn save_loaded(mut self, tx: &Tx<'_>) -> Result<Loaded> {
        match &self.before {
            None => store::insert(tx, &self.after).await?,
            Some(before) if *before == self.after => return Ok(self.into_loaded()),
            Some(before) => {
                self.after.updated_at = tx.now();
                store::save(tx, before, &self.after).await?;
                tell(tx, before, &self.after)?;
            }
        }
        store::add(tx, &counts::steps(self.before.as_ref(), Some(&self.after))).await?;
        let former = self.before.as_ref().and_then(|before| before.snoozed_until);
        self.set_alarm(tx, former)?;
        Ok(self.into_loaded())
    }

    fn into_loaded(self) -> Loaded {
        Loaded { conversation: self.after, around: self.around }
    }

    fn set_alarm(&self, tx: &Tx<'_>, former: Option<Timestamp>) -> Result<()> {
        match self.after.snoozed_until {
            Some(until) if former != Some(until) => tx.set_deadline(SNOOZE, self.after.id, until, &())?,
            None if former.is_some() => tx.clear_deadline(SNOOZE, self.after.id),
            _ => {}
        }
        Ok(())
    }
}

fn tell(tx: &Tx<'_>, before: &Conversation, after: &Conversation) -> Result<()> {
    if (before.assignee_id, before.team_id) != (after.assignee_id, after.team_id) {
        tx.emit(&Assigned {
            standing: after.into(),
            former_assignee_id: before.assignee_id,
            former_team_id: before.team_id,
        })?;
    }
    if (before.state, before.snoozed_until) != (after.state, after.snoozed_until) {
        tx.emit(&StateChanged {
            standing: after.into(),
            former_state: before.state,
            snoozed_until: after.snoozed_until,
        })?;
    }
    Ok(())
}

/// The conversation is not there, or not for the one who asks; which of both is not told.
pub(crate) fn not_found() -> Error {
    Error::not_found("conversation")
}

/// Fails unless the actor sees the conversation.
pub(crate) async fn check_visible(
    tx: &StoreTx<'_>,
    actor: &heard_kernel::Actor,
    loaded: &Loaded,
) -> Result<()> {
    let reads_all = actor.may(rights::READ_ALL);
    if rules::sees(actor, &loaded.conversation, &loaded.around.inbox_teams, reads_all) {
        return Ok(());
    }
    match acting_user(actor) {
        Some(user) if store::takes_part(tx, loaded.conversation.id, user).await? => Ok(()),
        _ => Err(not_found()),
    }
}

/// A conversation that the actor sees.
pub(crate) async fn visible(
    tx: &StoreTx<'_>,
    actor: &heard_kernel::Actor,
    id: ConversationId,
) -> Result<Loaded> {
    let loaded = store::load(tx, id).await?.ok_or_else(not_found)?;
    check_visible(tx, actor, &loaded).await?;
    Ok(loaded)
}
