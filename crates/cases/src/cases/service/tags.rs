//! Tags on cases.

use heard_desk::tags::{self, TagId};
use heard_kernel::{Error, Result};
use heard_runtime::Tx;

use super::super::{
    edit::{self},
    events::Tagged,
    model::{Case, CaseId},
    store,
};
use super::{AT_ONCE, TOO_MANY, check_active};
use crate::rights;

/// Puts tags on and takes tags off. Repeating it is harmless.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `validation_failed`; the storage codes.
pub async fn tag(tx: &Tx<'_>, id: CaseId, add: &[TagId], remove: &[TagId]) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    let (case, _) = edit::visible(tx, tx.actor(), id).await?;
    check_active(&case)?;
    put(tx, &case, add, remove).await?;
    Ok(case)
}

/// Puts tags on a case and takes tags off it.
pub(crate) async fn put(tx: &Tx<'_>, case: &Case, add: &[TagId], remove: &[TagId]) -> Result<()> {
    if add.len() + remove.len() > AT_ONCE {
        return Err(Error::field("add", TOO_MANY).with("max", AT_ONCE));
    }
    tags::check_known(tx, "add", add).await?;
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for tag in add {
        if store::add_tag(tx, case.id, *tag).await? {
            added.push(*tag);
        }
    }
    for tag in remove {
        if store::remove_tag(tx, case.id, *tag).await? {
            removed.push(*tag);
        }
    }
    tags::count_uses(tx, &added, &removed).await?;
    if added.is_empty() && removed.is_empty() {
        return Ok(());
    }
    tx.emit(&Tagged { standing: case.into(), added, removed })
}
