//! Promises follow their clocks.

use heard_kernel::Error;
use heard_runtime::{Event as _, LocalFuture, Reactor, StoredEvent, Tx};

use super::{model::PromiseId, service};
use crate::{
    cases::{Assigned, CaseId, PeopleChanged, Role},
    clocks::{ClockBreached, SubjectKind},
};

/// Breaks promises whose time ran out.
pub(crate) struct Clocks;

impl Reactor for Clocks {
    fn name(&self) -> &'static str {
        "promises.clocks"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "clock.breached"
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let breached = event.decode::<ClockBreached>()?.ok_or_else(|| Error::internal("no breach"))?;
            if breached.standing.subject_kind != SubjectKind::Promise {
                return Ok(());
            }
            service::broken(tx, PromiseId(breached.standing.subject_id), breached.at).await
        })
    }
}

/// Hands on what somebody promised who is recused from the case: when they are, and when somebody else becomes its owner.
pub(crate) struct Recusals;

impl Reactor for Recusals {
    fn name(&self) -> &'static str {
        "promises.recusals"
    }

    fn wants(&self, kind: &str) -> bool {
        [PeopleChanged::KIND, Assigned::KIND].contains(&kind)
    }

    fn concerns(&self, event: &StoredEvent) -> bool {
        let is_recusal =
            event.data.get("role").and_then(serde_json::Value::as_str) == Some(Role::Recused.as_str());
        event.kind == Assigned::KIND || is_recusal
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let Some(id) = event.id_of("case_id").map(CaseId) else { return Ok(()) };
            service::hand_on(tx, id).await
        })
    }
}
