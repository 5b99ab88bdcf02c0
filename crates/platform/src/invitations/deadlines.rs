//! The end of invitations and resets by time.

use heard_kernel::Result;
use heard_runtime::{Deadline, DeadlineHandler, LocalFuture, Tx};

use super::{events::InvitationWithdrawn, store};
use crate::directory::UserId;

/// Removes an invitation that nobody followed.
pub struct EndInvitation;

impl EndInvitation {
    pub(super) const KIND: &'static str = "invitation.end";

    async fn end(tx: &Tx<'_>, deadline: &Deadline) -> Result<()> {
        if store::delete(tx, deadline.subject_id).await? {
            tx.emit(&InvitationWithdrawn { invitation_id: deadline.subject_id })?;
        }
        Ok(())
    }
}

impl DeadlineHandler for EndInvitation {
    fn kind(&self) -> &'static str {
        Self::KIND
    }

    fn fire<'a>(&'a self, tx: &'a Tx<'a>, deadline: &'a Deadline) -> LocalFuture<'a, ()> {
        Box::pin(Self::end(tx, deadline))
    }
}

/// Removes a link for a new password that nobody used.
pub struct EndReset;

impl EndReset {
    pub(super) const KIND: &'static str = "password_reset.end";
}

impl DeadlineHandler for EndReset {
    fn kind(&self) -> &'static str {
        Self::KIND
    }

    fn fire<'a>(&'a self, tx: &'a Tx<'a>, deadline: &'a Deadline) -> LocalFuture<'a, ()> {
        Box::pin(async move { store::delete_reset(tx, UserId(deadline.subject_id)).await.map(drop) })
    }
}
