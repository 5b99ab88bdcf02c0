//! Whoever does not come back is offline.

use heard_kernel::Result;
use heard_runtime::{Deadline, DeadlineHandler, LocalFuture, Tx};

use super::service::change;
use crate::directory::UserId;

/// Makes a user offline whose line broke and who did not come back.
pub struct GoneOffline;

impl GoneOffline {
    pub(super) const KIND: &'static str = "presence.gone";

    async fn gone(tx: &Tx<'_>, deadline: &Deadline) -> Result<()> {
        let now = tx.now();
        change(tx, UserId(deadline.subject_id), |standing| standing.give_up(now)).await.map(drop)
    }
}

impl DeadlineHandler for GoneOffline {
    fn kind(&self) -> &'static str {
        Self::KIND
    }

    fn fire<'a>(&'a self, tx: &'a Tx<'a>, deadline: &'a Deadline) -> LocalFuture<'a, ()> {
        Box::pin(Self::gone(tx, deadline))
    }
}
