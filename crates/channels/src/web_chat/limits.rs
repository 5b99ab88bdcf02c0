//! How often a visitor may do what costs something.

use std::time::Duration;

use heard_kernel::{Actor, Result};
use heard_runtime::Ctx;
use heard_web::{Rate, RateLimiter};

/// Visitors and addresses that are remembered.
const KEYS: usize = 100_000;
const MINUTE: Duration = Duration::from_secs(60);

/// The limiters of web chat.
#[derive(Clone)]
pub(super) struct Limits {
    messages: RateLimiter,
    visits: RateLimiter,
    uploads: RateLimiter,
}

impl Limits {
    pub(super) fn new(ctx: &Ctx) -> Self {
        let limits = &ctx.config().limits;
        let of = |count| RateLimiter::new(ctx.clock(), Rate::per(count, MINUTE), KEYS);
        Self {
            messages: of(limits.visitor_messages_per_minute),
            visits: of(limits.visits_per_address_per_minute),
            uploads: of(limits.visitor_uploads_per_minute),
        }
    }

    /// A message, a form, a track.
    pub(super) fn message(&self, actor: &Actor) -> Result<()> {
        self.messages.check(&key(actor)).map(drop)
    }

    /// A file that is announced.
    pub(super) fn upload(&self, actor: &Actor) -> Result<()> {
        self.uploads.check(&key(actor)).map(drop)
    }

    /// A new visit or conversation: counted by address, because a flood would come with ever new visitors.
    pub(super) fn visit(&self, address: &str) -> Result<()> {
        self.visits.check(address).map(drop)
    }
}

fn key(actor: &Actor) -> String {
    actor.id.unwrap_or_default().to_string()
}
