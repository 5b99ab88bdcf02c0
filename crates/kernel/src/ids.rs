//! Time-ordered identifiers and the one source of randomness.

use std::sync::Mutex;

use rand::{Rng, SeedableRng, rngs::StdRng};
use uuid::Uuid;

use crate::Timestamp;

/// The source of ids and secrets. An argument everywhere, so that tests are repeatable.
pub trait Ids: Send + Sync {
    /// A new time-ordered UUID for something that happens at `now`.
    fn uuid(&self, now: Timestamp) -> Uuid;
    /// 32 unpredictable bytes for tokens, salts and keys.
    fn secret(&self) -> [u8; 32];
}

/// Ids and secrets from the operating system's random source.
#[derive(Debug, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    fn uuid(&self, now: Timestamp) -> Uuid {
        let mut random = [0; 10];
        fill(&mut random);
        uuid_at(now, random)
    }

    fn secret(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        fill(&mut bytes);
        bytes
    }
}

/// Fills from the operating system. Without randomness no token is safe, so there is nothing to go on with.
#[allow(clippy::expect_used)]
fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives random bytes");
}

/// Repeatable ids for tests.
#[derive(Debug)]
pub struct SeededIds(Mutex<StdRng>);

impl SeededIds {
    /// A generator that yields the same sequence for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }

    fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).fill_bytes(&mut bytes);
        bytes
    }
}

impl Ids for SeededIds {
    fn uuid(&self, now: Timestamp) -> Uuid {
        uuid_at(now, self.bytes())
    }

    fn secret(&self) -> [u8; 32] {
        self.bytes()
    }
}

fn uuid_at(now: Timestamp, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(now.millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time() {
        let ids = SeededIds::new(7);
        assert!(ids.uuid(Timestamp::from_millis(1_000)) < ids.uuid(Timestamp::from_millis(2_000)));
    }

    #[test]
    fn same_seed_gives_same_ids() {
        let now = Timestamp::from_millis(5);
        assert_eq!(SeededIds::new(1).uuid(now), SeededIds::new(1).uuid(now));
        assert_ne!(SeededIds::new(1).uuid(now), SeededIds::new(2).uuid(now));
    }
}
