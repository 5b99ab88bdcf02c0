//! What rules look at.

use std::sync::atomic::{AtomicI64, Ordering};

use heard_desk::{
    conversations::Tagged,
    messages::{AuthorKind, MessagePosted},
};
use heard_runtime::{Event as _, LocalFuture, Reactor, StoredEvent, Tx};

use super::service;

/// How long a plan without rules is taken for granted when nothing is heard of plans, in milliseconds.
const SURE_FOR: i64 = 60_000;

/// Holds messages of customers and new tags against the rules of the active plan.
#[derive(Default)]
pub(super) struct Conversations {
    /// The active plan has no rules: what happens before this instant is passed over in memory, unless something happens to a plan.
    idle_until: AtomicI64,
}

impl Reactor for Conversations {
    fn name(&self) -> &'static str {
        "cases.intake"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == MessagePosted::KIND || kind == Tagged::KIND || kind.starts_with("plan.")
    }

    fn concerns(&self, event: &StoredEvent) -> bool {
        if event.kind.starts_with("plan.") {
            // Another version may be active now. The next message looks; this event itself asks for nothing.
            self.idle_until.store(0, Ordering::Relaxed);
            return false;
        }
        if event.at.millis() < self.idle_until.load(Ordering::Relaxed) {
            return false;
        }
        if event.kind == Tagged::KIND {
            return event
                .data
                .get("added")
                .and_then(|added| added.as_array())
                .is_some_and(|added| !added.is_empty());
        }
        event.data.get("author_kind").and_then(|kind| kind.as_str()) == Some(AuthorKind::Contact.as_str())
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let Some(plan) = service::rules(tx).await? else {
                self.idle_until.store(tx.now().millis() + SURE_FOR, Ordering::Relaxed);
                return Ok(());
            };
            if let Some(posted) = event.decode::<MessagePosted>()? {
                return service::message(tx, &plan, &posted, event.at).await;
            }
            match event.decode::<Tagged>()? {
                Some(tagged) => service::tagged(tx, &plan, &tagged, event.at).await,
                None => Ok(()),
            }
        })
    }
}
