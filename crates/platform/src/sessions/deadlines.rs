//! The end of a session by time.

use heard_kernel::Result;
use heard_runtime::{Deadline, DeadlineHandler, LocalFuture, Tx};

use super::{events::SessionRevoked, store};

/// Ends a session that nobody used for long enough. Use moves the end in the session's row alone; when the deadline
/// comes and the session goes on, it is set again.
pub struct EndSession;

impl EndSession {
    pub(super) const KIND: &'static str = "session.end";

    async fn end(tx: &Tx<'_>, deadline: &Deadline) -> Result<()> {
        let Some(session) = store::one(tx, deadline.subject_id).await? else { return Ok(()) };
        if session.expires_at > tx.now() {
            return tx.set_deadline(Self::KIND, session.id, session.expires_at, &());
        }
        store::delete(tx, session.id).await?;
        tx.emit(&SessionRevoked { session_id: session.id, user_id: session.user_id })
    }
}

impl DeadlineHandler for EndSession {
    fn kind(&self) -> &'static str {
        Self::KIND
    }

    fn fire<'a>(&'a self, tx: &'a Tx<'a>, deadline: &'a Deadline) -> LocalFuture<'a, ()> {
        Box::pin(Self::end(tx, deadline))
    }
}
