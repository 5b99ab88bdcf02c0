//! Promises follow their clocks.

use heard_kernel::Error;
use heard_runtime::{LocalFuture, Reactor, StoredEvent, Tx};

use super::{model::PromiseId, service};
use crate::clocks::{ClockBreached, SubjectKind};

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
