//! Conversations that come back.

use heard_runtime::{Deadline, DeadlineHandler, LocalFuture, Tx};

use super::{
    edit::Edit,
    model::{ConversationId, State, StateWish},
    rules,
};
use crate::messages::{self, SystemLine};

/// A snoozed conversation comes back.
pub(crate) const SNOOZE: &str = "conversation.snooze";

/// Brings snoozed conversations back.
pub(crate) struct Snooze;

impl DeadlineHandler for Snooze {
    fn kind(&self) -> &'static str {
        SNOOZE
    }

    fn fire<'a>(&'a self, tx: &'a Tx<'a>, deadline: &'a Deadline) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let mut edit = Edit::open(tx, ConversationId(deadline.subject_id)).await?;
            if edit.after.state != State::Snoozed {
                return Ok(());
            }
            let wish = StateWish { state: State::Open, snoozed_until: None };
            rules::set_state(&mut edit.after, wish, tx.now())?;
            messages::say(tx, &mut edit, SystemLine::new("unsnoozed")).await?;
            edit.save(tx).await.map(drop)
        })
    }
}
