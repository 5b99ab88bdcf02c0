//! The end of the log in memory: what was just written is read once for all who follow it.
//!
//! Events are never changed and become visible in the order of their numbers, so what was read once, from one place on
//! without a gap, stays what the log holds.

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use heard_kernel::Result;
use heard_store::Db;
use tokio::sync::Mutex;

use crate::{event::StoredEvent, log};

/// Events that are kept.
const KEPT: usize = 1_024;
/// Events that are read at once.
const READ: usize = 500;
/// How long nobody looks again at an end of which no growth was told. Long enough for all who were woken together.
const SETTLED: Duration = Duration::from_millis(200);

/// The end of the log.
#[derive(Default)]
pub(crate) struct Tail(Mutex<Kept>);

/// All events after a place, up to a later one.
#[derive(Default)]
struct Kept {
    after: i64,
    events: VecDeque<Arc<StoredEvent>>,
    /// At which growth of the log, and when, nothing came after these.
    ended: Option<(u64, Instant)>,
}

impl Kept {
    fn end(&self) -> i64 {
        self.events.back().map_or(self.after, |event| event.seq)
    }

    fn between(&self, seq: i64, limit: usize) -> Vec<Arc<StoredEvent>> {
        let start = self.events.partition_point(|event| event.seq <= seq);
        self.events.range(start..).take(limit).cloned().collect()
    }

    fn ends(&self, growth: u64) -> bool {
        self.ended.is_some_and(|(at, when)| at == growth && when.elapsed() < SETTLED)
    }

    fn append(&mut self, events: &[Arc<StoredEvent>]) {
        self.events.extend(events.iter().cloned());
        while self.events.len() > KEPT
            && let Some(event) = self.events.pop_front()
        {
            self.after = event.seq;
        }
    }
}

impl Tail {
    /// The next events after a place; fewer than there are perhaps, but none only at the end of the log. `growth` changes
    /// whenever the log has grown.
    pub(crate) async fn next(
        &self,
        db: &Db,
        growth: u64,
        seq: i64,
        limit: usize,
    ) -> Result<Vec<Arc<StoredEvent>>> {
        // Held while reading, so that of several who were woken one reads and the others find it here.
        let mut kept = self.0.lock().await;
        if seq < kept.after {
            drop(kept);
            return read(db, seq, limit).await;
        }
        if seq < kept.end() {
            return Ok(kept.between(seq, limit));
        }
        if seq == kept.end() && kept.ends(growth) {
            return Ok(Vec::new());
        }
        let read = read(db, seq, READ).await?;
        if seq > kept.end() {
            *kept = Kept { after: seq, ..Kept::default() };
        }
        kept.append(&read);
        // What was committed while this was read is told after the growth that the caller saw.
        kept.ended = (read.len() < READ).then(|| (growth, Instant::now()));
        Ok(read.into_iter().take(limit).collect())
    }

    /// Looks again at the next question.
    pub(crate) async fn forget_end(&self) {
        self.0.lock().await.ended = None;
    }
}

async fn read(db: &Db, seq: i64, limit: usize) -> Result<Vec<Arc<StoredEvent>>> {
    let events = db.read(async move |tx| log::after(tx, seq, limit).await).await?;
    Ok(events.into_iter().map(Arc::new).collect())
}

#[cfg(test)]
mod tests {
    use heard_kernel::{ActorKind, Timestamp};
    use uuid::Uuid;

    use super::*;

    fn event(seq: i64) -> Arc<StoredEvent> {
        Arc::new(StoredEvent {
            seq,
            id: Uuid::nil(),
            kind: "tested".to_owned(),
            version: 1,
            subject_kind: "test".to_owned(),
            subject_id: Uuid::nil(),
            actor_kind: ActorKind::System,
            actor_id: None,
            address: None,
            at: Timestamp::from_millis(0),
            data: serde_json::Value::Null,
        })
    }

    #[test]
    fn what_is_kept_has_no_gap_and_an_end() {
        let mut kept = Kept { after: 10, ..Kept::default() };
        assert_eq!(kept.end(), 10);
        kept.append(&[event(11), event(14)]);
        kept.append(&[event(15)]);
        let seqs = |seq, limit| kept.between(seq, limit).iter().map(|event| event.seq).collect::<Vec<_>>();
        assert_eq!(seqs(10, 9), [11, 14, 15]);
        assert_eq!(seqs(12, 1), [14]);
        assert_eq!(seqs(15, 9), [0; 0]);
        let many: Vec<_> = (16..16 + KEPT as i64).map(event).collect();
        kept.append(&many);
        assert_eq!((kept.after, kept.events.len()), (15, KEPT));
    }
}
