//! Who holds which built-in role, for slices above.

use heard_kernel::Result;
use heard_store::Tx as StoreTx;

use super::store;
use crate::{directory::UserId, rights::BuiltIn};

/// The built-in roles that a user holds.
///
/// # Errors
/// The storage codes.
pub async fn built_in_of(tx: &StoreTx<'_>, user: UserId) -> Result<Vec<BuiltIn>> {
    let held = store::of_users(tx, &[user]).await?.remove(&user).unwrap_or_default();
    Ok(held.into_iter().filter_map(BuiltIn::of_id).collect())
}

/// The active users who hold a built-in role.
///
/// # Errors
/// The storage codes.
pub async fn holders(tx: &StoreTx<'_>, role: BuiltIn) -> Result<Vec<UserId>> {
    store::holders(tx, role.id()).await
}
