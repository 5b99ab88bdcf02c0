//! Who holds which role or right, for slices above.

use heard_kernel::Result;
use heard_store::Tx as StoreTx;

use super::store;
use crate::{
    directory::UserId,
    rights::{BuiltIn, RightDef},
};

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

/// The active users who hold a right by a built-in role or by one of the organisation's own.
///
/// # Errors
/// The storage codes.
pub async fn holders_of_right(tx: &StoreTx<'_>, def: &RightDef) -> Result<Vec<UserId>> {
    let mut users = store::holders(tx, BuiltIn::Administrator.id()).await?;
    for role in def.roles.iter().filter(|role| **role != BuiltIn::Administrator) {
        users.extend(store::holders(tx, role.id()).await?);
    }
    for own in store::all(tx).await? {
        if own.rights.iter().any(|right| right == def.right.0) {
            users.extend(store::holders(tx, own.id).await?);
        }
    }
    users.sort_unstable();
    users.dedup();
    Ok(users)
}
