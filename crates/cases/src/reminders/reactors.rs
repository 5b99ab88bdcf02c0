//! What reminders do when something happens to their case.

use heard_runtime::{Event as _, LocalFuture, Reactor, StoredEvent, Tx};

use super::service;
use crate::cases::{Archived, CaseId, Classified, Moved, Reopened, StageBegun};

/// Sets the next reminder of a case when its stage, its kind or its plan changes.
pub(super) struct Stages;

impl Reactor for Stages {
    fn name(&self) -> &'static str {
        "cases.reminders"
    }

    fn wants(&self, kind: &str) -> bool {
        [StageBegun::KIND, Classified::KIND, Moved::KIND, Reopened::KIND, Archived::KIND].contains(&kind)
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let Some(id) = event.id_of("case_id").map(CaseId) else { return Ok(()) };
            service::sync(tx, id, tx.now()).await
        })
    }
}
