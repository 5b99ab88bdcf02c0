//! What a client gets that was away.

use heard_kernel::Result;

use super::{Hub, frame::Frame, topic::Topics};

/// Events that are looked through at most for a client that was away. One that missed more must resync.
const MAX_EVENTS: i64 = 10_000;
/// Events that are read from the log at once.
const GROUP: usize = 500;

/// How a connection begins.
#[derive(Debug)]
pub(super) enum Start {
    /// Nothing was missed.
    Now { seq: i64 },
    /// What was missed after `seq`, up to where the mailbox begins.
    Frames { seq: i64, frames: Vec<Frame> },
    /// What was missed is in the log, after `after` up to `end`.
    Log { after: i64, end: i64 },
    /// What was missed cannot be told.
    Resync { seq: i64 },
}

impl Start {
    /// The last event that the client knows.
    pub(super) fn known(&self) -> i64 {
        match *self {
            Self::Now { seq } | Self::Frames { seq, .. } | Self::Resync { seq } => seq,
            Self::Log { after, .. } => after,
        }
    }

    /// Missed so much that reading it would cost more than asking for what is on the screen.
    pub(super) fn too_much(self) -> Self {
        match self {
            Self::Log { after, end } if end - after > MAX_EVENTS => Self::Resync { seq: end },
            start => start,
        }
    }
}

/// The next frames for these topics from the log after `after` up to `end`, and the place to go on from; `None` at
/// the end.
pub(super) async fn next(
    hub: &Hub,
    topics: &Topics,
    after: i64,
    end: i64,
) -> Result<Option<(i64, Vec<Frame>)>> {
    if after >= end {
        return Ok(None);
    }
    let events = hub.ctx().events_after(after, GROUP).await?;
    let Some(last) = events.last().map(|event| event.seq) else { return Ok(None) };
    let registry = hub.registry()?;
    let mut frames = Vec::new();
    for event in events.iter().take_while(|event| event.seq <= end) {
        frames.extend(registry.delivery(event).await.frame_for(topics));
    }
    Ok(Some((last, frames)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_missed_too_much_asks_anew() {
        assert!(matches!(Start::Log { after: 5, end: 10_005 }.too_much(), Start::Log { .. }));
        assert!(matches!(Start::Log { after: 5, end: 10_006 }.too_much(), Start::Resync { seq: 10_006 }));
    }
}
