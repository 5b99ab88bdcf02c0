//! What waits for one connection.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard},
};

use tokio::sync::Notify;

use super::{ConnectionId, frame::Frame};

/// Frames that may wait for a connection. A client that is further behind must resync.
pub(super) const CAPACITY: usize = 256;
/// Ephemeral frames are dropped when this many frames wait: they are worth nothing late.
const EPHEMERAL_CAPACITY: usize = 32;

/// Why a connection is closed from inside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ending {
    /// The process stops; clients come again at once.
    Stopping,
}

/// What waits for one connection. An empty one holds no buffer.
#[derive(Debug)]
pub(super) struct Mailbox {
    pub(super) id: ConnectionId,
    waiting: Mutex<Waiting>,
    arrived: Notify,
}

/// What waits, or what was taken from a mailbox.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    pub(super) frames: VecDeque<Frame>,
    /// The last event that was put in, or that the client had before.
    pub(super) seq: i64,
    /// Events up to this one were thrown away.
    pub(super) resync: Option<i64>,
    /// The person's rights or memberships may have changed.
    pub(super) stale: bool,
    pub(super) ending: Option<Ending>,
}

impl Mailbox {
    pub(super) fn new(id: ConnectionId) -> Self {
        Self { id, waiting: Mutex::default(), arrived: Notify::new() }
    }

    /// Begins after an event, which the client knows or is told of apart.
    pub(super) fn start_after(&self, seq: i64) {
        self.lock().seq = seq;
    }

    /// Puts in an event, unless it is there already or the client has it.
    pub(super) fn event(&self, seq: i64, frame: &Frame) {
        let mut waiting = self.lock();
        if seq <= waiting.seq {
            return;
        }
        waiting.seq = seq;
        if waiting.frames.len() >= CAPACITY {
            waiting.frames = VecDeque::new();
            waiting.resync = Some(seq);
        } else {
            waiting.frames.push_back(frame.clone());
        }
        drop(waiting);
        self.arrived.notify_one();
    }

    /// Puts in a frame that may get lost.
    pub(super) fn ephemeral(&self, frame: &Frame) {
        let mut waiting = self.lock();
        if waiting.frames.len() < EPHEMERAL_CAPACITY {
            waiting.frames.push_back(frame.clone());
            drop(waiting);
            self.arrived.notify_one();
        }
    }

    /// Asks the connection to look its person up anew.
    pub(super) fn mark_stale(&self) {
        self.lock().stale = true;
        self.arrived.notify_one();
    }

    /// Asks the connection to end.
    pub(super) fn end(&self, ending: Ending) {
        self.lock().ending.get_or_insert(ending);
        self.arrived.notify_one();
    }

    /// Throws everything away and begins after `seq`, as after a change of topics.
    pub(super) fn resync(&self, seq: i64) {
        let mut waiting = self.lock();
        waiting.frames = VecDeque::new();
        waiting.seq = waiting.seq.max(seq);
        waiting.resync = Some(waiting.seq);
        drop(waiting);
        self.arrived.notify_one();
    }

    /// Waits until something is there.
    pub(super) async fn arrived(&self) {
        self.arrived.notified().await;
    }

    /// Takes out everything.
    pub(super) fn take(&self) -> Waiting {
        let mut waiting = self.lock();
        Waiting {
            frames: std::mem::take(&mut waiting.frames),
            seq: waiting.seq,
            resync: waiting.resync.take(),
            stale: std::mem::take(&mut waiting.stale),
            ending: waiting.ending,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_mailbox_is_emptied_and_says_where_to_go_on() {
        let mailbox = Mailbox::new(ConnectionId::default());
        mailbox.start_after(100);
        let frame: Frame = "{}".into();
        for seq in 90..=(100 + CAPACITY as i64) {
            mailbox.event(seq, &frame);
        }
        let taken = mailbox.take();
        assert_eq!((taken.frames.len(), taken.seq, taken.resync), (CAPACITY, 100 + CAPACITY as i64, None));
        for seq in 1_000..1_000 + CAPACITY as i64 + 3 {
            mailbox.event(seq, &frame);
        }
        let taken = mailbox.take();
        assert_eq!((taken.frames.len(), taken.resync), (2, Some(1_000 + CAPACITY as i64)));
        assert_eq!(mailbox.take().frames.capacity(), 0);
    }

    #[test]
    fn ephemeral_frames_never_crowd_out_events() {
        let mailbox = Mailbox::new(ConnectionId::default());
        for _ in 0..1_000 {
            mailbox.ephemeral(&"{}".into());
        }
        assert_eq!(mailbox.take().frames.len(), EPHEMERAL_CAPACITY);
    }
}
