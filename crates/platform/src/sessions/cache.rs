//! Who was known a moment ago, so that a request usually costs no look into the database.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use heard_kernel::Timestamp;
use heard_runtime::{Ctx, StoredEvent};
use heard_web::Authenticated;

/// Credentials that were good a moment ago, by their digests. Whatever changes what somebody may do empties it.
#[derive(Default)]
pub(crate) struct Known(RwLock<Kept>);

#[derive(Default)]
struct Kept {
    by_digest: HashMap<[u8; 32], (Timestamp, Authenticated)>,
    generation: u64,
}

/// How long somebody is believed without a look: what another process changed holds after this at the latest.
const LIFE_SECONDS: i64 = 5;
/// Credentials at most; beyond it all are looked up again.
const MAX: usize = 20_000;

impl Known {
    /// Who it is, when it is known; and the generation to hand to [`Known::keep`].
    pub(crate) fn find(&self, digest: &[u8; 32], now: Timestamp) -> Result<Authenticated, u64> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        match kept.by_digest.get(digest) {
            Some((until, known)) if now < *until && now >= until.plus_seconds(-LIFE_SECONDS) => {
                Ok(known.clone())
            }
            _ => Err(kept.generation),
        }
    }

    /// Remembers somebody, unless something changed since `generation` was read.
    pub(crate) fn keep(
        &self,
        generation: u64,
        digest: [u8; 32],
        known: Authenticated,
        now: Timestamp,
        expires_at: Option<Timestamp>,
    ) {
        let until = now.plus_seconds(LIFE_SECONDS).min(expires_at.unwrap_or(now.plus_seconds(LIFE_SECONDS)));
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.generation != generation {
            return;
        }
        if kept.by_digest.len() >= MAX {
            kept.by_digest.clear();
        }
        kept.by_digest.insert(digest, (until, known));
    }
}

/// Forgets everybody: something changed about what somebody may do.
pub(crate) fn forget_all(ctx: &Ctx) {
    let known = ctx.shared::<Known>();
    let mut kept = known.0.write().unwrap_or_else(PoisonError::into_inner);
    kept.generation += 1;
    kept.by_digest.clear();
}

/// Forgets everybody when an event says that something changed about what somebody may do.
pub(crate) fn heard(ctx: &Ctx, event: &StoredEvent) {
    let changes = matches!(
        event.subject_kind.as_str(),
        "user" | "team" | "role" | "session" | "api_token" | "settings"
    );
    let harmless = matches!(event.kind.as_str(), "session.opened" | "sign_in.failed" | "presence.changed");
    if changes && !harmless {
        forget_all(ctx);
    }
}
