//! Keys of the organisation, made when they are first needed and kept in the database.

mod store;

use heard_kernel::{Actor, Error, Result};
use heard_runtime::Ctx;

/// The key of a name. Two processes that need it at once agree on one.
///
/// # Errors
/// The storage codes.
pub(crate) async fn of(ctx: &Ctx, name: &'static str) -> Result<[u8; 32]> {
    let known = ctx.read(async move |tx| store::get(tx, name).await).await?;
    let bytes = match known {
        Some(bytes) => bytes,
        None => {
            ctx.tx(&Actor::system(), async move |tx| {
                store::insert(tx, name, &tx.secret(), tx.now()).await?;
                store::get(tx, name)
                    .await?
                    .ok_or_else(|| Error::internal("a key was stored and is not there"))
            })
            .await?
        }
    };
    bytes.try_into().map_err(|_| Error::internal("a key has a wrong length"))
}
