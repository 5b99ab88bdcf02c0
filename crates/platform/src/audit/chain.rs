//! The chain of hashes.

use sha2::{Digest as _, Sha256};

use super::model::{Entry, Verification};

/// The hash before the first entry.
pub(crate) const START: [u8; 32] = [0; 32];

/// The hash of an entry: SHA-256 over the hash before it and each field, led by its length, so that no two different
/// entries give the same bytes. What is absent has no bytes and the length −1.
pub(crate) fn hash(before: &[u8], entry: &Entry) -> [u8; 32] {
    let (actor, subject) = (entry.actor_id.map(|id| id.to_string()), entry.subject_id.to_string());
    let (seq, event, at) =
        (entry.seq.to_string(), entry.event_seq.to_string(), entry.at.millis().to_string());
    let fields = [
        Some(seq.as_str()),
        Some(&event),
        Some(&at),
        Some(&entry.actor_kind),
        actor.as_deref(),
        Some(&entry.action),
        Some(&entry.subject_kind),
        Some(&subject),
        Some(&entry.detail),
        entry.address.as_deref(),
    ];
    let mut digest = Sha256::new();
    digest.update(before);
    for field in fields {
        let length = field.map_or(-1, |text| i64::try_from(text.len()).unwrap_or(i64::MAX));
        digest.update(length.to_be_bytes());
        digest.update(field.unwrap_or_default());
    }
    digest.finalize().into()
}

/// Walks along the chain, entry by entry.
#[derive(Debug)]
pub(crate) struct Walk {
    before: Vec<u8>,
    checked: i64,
    broken_at: Option<i64>,
}

impl Default for Walk {
    fn default() -> Self {
        Self { before: START.to_vec(), checked: 0, broken_at: None }
    }
}

impl Walk {
    /// Looks at the next entry, and tells whether the chain held so far.
    pub(crate) fn step(&mut self, entry: &Entry) -> bool {
        if self.broken_at.is_none() {
            let expected = self.checked + 1;
            if entry.seq != expected || hash(&self.before, entry)[..] != entry.hash[..] {
                self.broken_at = Some(expected);
            } else {
                self.checked = expected;
                self.before.clone_from(&entry.hash);
            }
        }
        self.broken_at.is_none()
    }

    /// The last entry that held.
    pub(crate) fn position(&self) -> i64 {
        self.checked
    }

    /// Compares the end with the head that is kept apart.
    pub(crate) fn finish(self, head: Option<(i64, Vec<u8>)>) -> Verification {
        let (seq, hash) = head.unwrap_or((0, START.to_vec()));
        let cut = self.broken_at.is_none() && (seq != self.checked || hash != self.before);
        let broken_at = if cut { Some(self.checked + 1) } else { self.broken_at };
        Verification { ok: broken_at.is_none(), checked: self.checked, broken_at }
    }
}

#[cfg(test)]
mod tests {
    use heard_kernel::Timestamp;
    use uuid::Uuid;

    use super::*;

    fn entries() -> Vec<Entry> {
        let mut before = START.to_vec();
        (1..=5)
            .map(|seq| {
                let mut entry = Entry {
                    seq,
                    event_seq: seq * 3,
                    at: Timestamp::from_millis(seq * 1_000),
                    actor_kind: "user".to_owned(),
                    actor_id: Some(Uuid::from_u128(7)),
                    action: "user.updated".to_owned(),
                    subject_kind: "user".to_owned(),
                    subject_id: Uuid::from_u128(9),
                    detail: "{}".to_owned(),
                    address: None,
                    hash: Vec::new(),
                };
                entry.hash = hash(&before, &entry).to_vec();
                before.clone_from(&entry.hash);
                entry
            })
            .collect()
    }

    fn verdict(entries: &[Entry], head: &Entry) -> Option<i64> {
        let mut walk = Walk::default();
        for entry in entries {
            walk.step(entry);
        }
        walk.finish(Some((head.seq, head.hash.clone()))).broken_at
    }

    #[test]
    fn a_whole_chain_holds() {
        let all = entries();
        assert_eq!(verdict(&all, &all[4]), None);
        assert!(Walk::default().finish(None).ok);
    }

    #[test]
    fn every_change_is_noticed() {
        let all = entries();
        let changes: [fn(&mut Entry); 6] = [
            |entry| entry.detail = "{ }".to_owned(),
            |entry| entry.address = Some(String::new()),
            |entry| entry.actor_id = None,
            |entry| entry.at = entry.at.plus_millis(1),
            |entry| entry.action = "user.created".to_owned(),
            |entry| entry.hash[0] ^= 1,
        ];
        for change in changes {
            let mut forged = all.clone();
            change(&mut forged[2]);
            assert_eq!(verdict(&forged, &all[4]), Some(3));
        }
    }

    #[test]
    fn what_is_missing_is_noticed() {
        let all = entries();
        let mut middle = all.clone();
        middle.remove(1);
        assert_eq!(verdict(&middle, &all[4]), Some(2));
        assert_eq!(verdict(&all[..3], &all[4]), Some(4));
        // Whoever builds the chain anew after a change does not meet the head.
        let mut rebuilt = all.clone();
        rebuilt[4].detail = "{ }".to_owned();
        rebuilt[4].hash = hash(&all[3].hash, &rebuilt[4]).to_vec();
        assert_eq!(verdict(&rebuilt, &all[4]), Some(6));
    }
}
