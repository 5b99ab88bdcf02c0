//! What silence does when something happens to its case.

use heard_runtime::{Event as _, LocalFuture, Reactor, StoredEvent, Tx};

use super::service;
use crate::cases::{Archived, CaseId, Moved, Reopened, StageBegun};

/// Sets the end of the days of silence when the stage or the plan of a case changes.
pub(super) struct Stages;

impl Reactor for Stages {
    fn name(&self) -> &'static str {
        "cases.silence"
    }

    fn wants(&self, kind: &str) -> bool {
        [StageBegun::KIND, Moved::KIND, Reopened::KIND, Archived::KIND].contains(&kind)
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let Some(id) = event.id_of("case_id").map(CaseId) else { return Ok(()) };
            service::sync(tx, id).await
        })
    }
}
