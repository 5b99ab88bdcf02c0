//! Writes the audit from the log.

use heard_kernel::{ActorKind, Result};
use heard_runtime::{LocalFuture, Reactor, StoredEvent, Tx};

use super::{
    chain::{START, hash},
    model::Entry,
    store,
};

/// Writes the audit from the log.
pub struct Auditor;

/// Events that tell of no deed and of no look at data of others, and come often.
const QUIET: [&str; 4] = ["conversation.read", "conversation.contact_read", "draft.saved", "contact.tracked"];

impl Auditor {
    async fn write(tx: &Tx<'_>, events: &[&StoredEvent]) -> Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        let (mut seq, mut before) = store::head(tx).await?.unwrap_or((0, START.to_vec()));
        let mut entries = Vec::with_capacity(events.len());
        for event in events {
            seq += 1;
            let entry = Self::entry(seq, &before, event);
            before.clone_from(&entry.hash);
            entries.push(entry);
        }
        store::insert(tx, &entries).await?;
        store::set_head(tx, seq, &before).await
    }

    fn entry(seq: i64, before: &[u8], event: &StoredEvent) -> Entry {
        let mut entry = Entry {
            seq,
            event_seq: event.seq,
            at: event.at,
            actor_kind: event.actor_kind.as_str().to_owned(),
            actor_id: event.actor_id,
            action: event.kind.clone(),
            subject_kind: event.subject_kind.clone(),
            subject_id: event.subject_id,
            detail: event.data.to_string(),
            address: event.address.clone(),
            hash: Vec::new(),
        };
        entry.hash = hash(before, &entry).to_vec();
        entry
    }
}

impl Reactor for Auditor {
    fn name(&self) -> &'static str {
        "audit"
    }

    fn wants(&self, kind: &str) -> bool {
        !QUIET.contains(&kind)
    }

    fn concerns(&self, event: &StoredEvent) -> bool {
        // What contacts do is in their conversations; the audit is about the people inside.
        event.actor_kind != ActorKind::Contact
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move { Self::write(tx, &[event]).await })
    }

    fn react_all<'a>(&'a self, tx: &'a Tx<'a>, events: &'a [&'a StoredEvent]) -> LocalFuture<'a, ()> {
        Box::pin(Self::write(tx, events))
    }
}
