//! What the first run makes beside settings and administrator: known to the crates that have it.

use std::sync::{Arc, OnceLock};

use heard_kernel::{Locale, Result};
use heard_runtime::{Ctx, LocalFuture, Tx};

/// What was answered in the first run.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The organisation's name.
    pub organization: String,
    /// The language that was chosen.
    pub locale: Locale,
    /// The IANA time zone.
    pub time_zone: String,
}

/// Makes what a new organisation begins with, in the transaction of the first run.
pub trait Furnish: Send + Sync + 'static {
    /// Makes it.
    fn furnish<'a>(&'a self, tx: &'a Tx<'a>, answers: &'a Answers) -> LocalFuture<'a, ()>;
}

/// Whom the first run asks.
#[derive(Default)]
pub struct Furniture(OnceLock<Arc<dyn Furnish>>);

impl Furniture {
    /// Says once, at start, who makes it. Later calls change nothing.
    pub fn install(ctx: &Ctx, furnish: Arc<dyn Furnish>) {
        let _ = ctx.shared::<Self>().0.set(furnish);
    }

    pub(super) fn of(ctx: &Ctx) -> Option<Arc<dyn Furnish>> {
        ctx.shared::<Self>().0.get().cloned()
    }
}

pub(super) async fn furnish(
    furnish: Option<&Arc<dyn Furnish>>,
    tx: &Tx<'_>,
    answers: &Answers,
) -> Result<()> {
    match furnish {
        Some(furnish) => furnish.furnish(tx, answers).await,
        None => Ok(()),
    }
}
