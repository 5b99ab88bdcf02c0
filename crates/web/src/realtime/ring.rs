//! The latest frames, for clients that come back soon.

use std::{collections::VecDeque, sync::Arc};

use super::{Topic, frame::Frame, topic::Topics};

/// An event on its way to those who hear of it.
#[derive(Debug)]
pub(super) struct Delivery {
    pub(super) seq: i64,
    pub(super) routes: Vec<(Vec<Topic>, Frame)>,
}

impl Delivery {
    /// The frame for a connection with these topics.
    pub(super) fn frame_for(&self, topics: &Topics) -> Option<Frame> {
        self.routes.iter().find(|(wanted, _)| topics.any_of(wanted)).map(|(_, frame)| frame.clone())
    }

    fn bytes(&self) -> usize {
        self.routes.iter().map(|(topics, frame)| frame.len() + topics.len() * size_of::<Topic>()).sum()
    }
}

/// Deliveries that are kept at most.
const MAX_COUNT: usize = 4_096;
/// Bytes that they may have.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The latest deliveries: all after `floor`.
#[derive(Debug)]
pub(super) struct Ring {
    floor: i64,
    bytes: usize,
    kept: VecDeque<Arc<Delivery>>,
}

impl Ring {
    pub(super) fn new(floor: i64) -> Self {
        Self { floor, bytes: 0, kept: VecDeque::new() }
    }

    pub(super) fn push(&mut self, delivery: Arc<Delivery>) {
        self.bytes += delivery.bytes();
        self.kept.push_back(delivery);
        while self.kept.len() > MAX_COUNT || self.bytes > MAX_BYTES {
            let Some(oldest) = self.kept.pop_front() else { break };
            self.bytes -= oldest.bytes();
            self.floor = oldest.seq;
        }
    }

    /// The frames after `seq` for these topics, or `None` when some of them are no longer kept.
    pub(super) fn after(&self, seq: i64, topics: &Topics) -> Option<Vec<Frame>> {
        if seq < self.floor {
            return None;
        }
        let first = self.kept.partition_point(|delivery| delivery.seq <= seq);
        Some(self.kept.range(first..).filter_map(|delivery| delivery.frame_for(topics)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_frames_are_dropped_and_the_ring_says_so() {
        let topics = Topics::new(vec![Topic::Everyone]);
        let mut ring = Ring::new(10);
        assert_eq!(ring.after(10, &topics).unwrap().len(), 0);
        assert!(ring.after(9, &topics).is_none());
        for seq in 11..=5_010 {
            let topic = if seq % 2 == 0 { Topic::Everyone } else { Topic::User(uuid::Uuid::nil()) };
            ring.push(Arc::new(Delivery { seq, routes: vec![(vec![topic], "{}".into())] }));
        }
        assert_eq!(ring.after(5_000, &topics).unwrap().len(), 5);
        assert_eq!(ring.after(914, &topics).unwrap().len(), MAX_COUNT / 2);
        assert!(ring.after(913, &topics).is_none());
    }

    #[test]
    fn large_frames_are_bounded_by_bytes() {
        let mut ring = Ring::new(0);
        let large: Frame = "x".repeat(1024 * 1024).into();
        for seq in 1..=10 {
            ring.push(Arc::new(Delivery { seq, routes: vec![(vec![Topic::Everyone], large.clone())] }));
        }
        assert!(ring.bytes <= MAX_BYTES && ring.kept.len() == 3);
    }
}
