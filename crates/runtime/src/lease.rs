//! Leases: what only one of several processes may do at a time.

use std::time::Duration;

use heard_kernel::{Actor, Result};
use heard_store::{Engine, params};
use uuid::Uuid;

use crate::Ctx;

/// How long a lease lasts unless it is renewed; a process renews at a third of it.
pub(crate) const TERM: Duration = Duration::from_secs(15);

/// Takes or renews a lease and tells whether this holder has it now. With the embedded database there is only one
/// process, so it always has it.
pub(crate) async fn hold(ctx: &Ctx, name: &'static str, holder: Uuid) -> Result<bool> {
    if ctx.db().engine() == Engine::Sqlite {
        return Ok(true);
    }
    ctx.tx(&Actor::system(), async move |tx| {
        let taken = tx
            .execute(
                "INSERT INTO leases (name, holder, until) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE \
                 SET holder = excluded.holder, until = excluded.until WHERE leases.holder = $2 OR leases.until <= $4",
                &params![name, holder, tx.now() + TERM, tx.now()],
            )
            .await?;
        Ok(taken > 0)
    })
    .await
}

/// Lets go of a lease, so that another process need not wait for its end.
pub(crate) async fn release(ctx: &Ctx, name: &'static str, holder: Uuid) -> Result<()> {
    ctx.tx(&Actor::system(), async move |tx| {
        tx.later("DELETE FROM leases WHERE name = $1 AND holder = $2", &params![name, holder]).await
    })
    .await
}
