//! What tasks do when something happens to their case.

use heard_runtime::{Event as _, LocalFuture, Reactor, StoredEvent, Tx};

use super::service;
use crate::cases::{Archived, CaseId, Classified, Moved, Opened, Reopened, StageBegun};

/// Brings the checklist of a case in line.
pub(crate) struct Checklists;

impl Reactor for Checklists {
    fn name(&self) -> &'static str {
        "cases.checklists"
    }

    fn wants(&self, kind: &str) -> bool {
        [Opened::KIND, Classified::KIND, Moved::KIND, Reopened::KIND, StageBegun::KIND, Archived::KIND]
            .contains(&kind)
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let Some(id) = event.id_of("case_id").map(CaseId) else { return Ok(()) };
            service::sync(tx, id).await
        })
    }
}
