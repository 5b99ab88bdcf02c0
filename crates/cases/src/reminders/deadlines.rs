//! Reminders that have come.

use heard_runtime::{Deadline, DeadlineHandler, LocalFuture, Tx};

use super::service;
use crate::cases::CaseId;

/// Somebody is to look how a case goes on.
pub(super) const DUE: &str = "case.reminder";

/// Tells whoever is responsible, once for however many were missed.
pub(super) struct Due;

impl DeadlineHandler for Due {
    fn kind(&self) -> &'static str {
        DUE
    }

    fn fire<'a>(&'a self, tx: &'a Tx<'a>, deadline: &'a Deadline) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let keys: Vec<String> = deadline.decode()?;
            service::tell(tx, CaseId(deadline.subject_id), &keys, deadline.due_at).await
        })
    }
}
