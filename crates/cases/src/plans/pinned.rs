//! The plan at hand: what other slices ask for, kept in memory.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use heard_kernel::{Code, Error, Result};
use heard_store::Tx;

use super::{
    model::Plan,
    records::{Pinned, PlanId, PlanVersionId, VersionState},
    rules::add_terms,
    store,
};

/// No version of the plan is active yet: approve and activate one.
pub(crate) const PLAN_INACTIVE: Code = Code::new("plan_inactive", 409);

/// Versions that no longer change, by id.
#[derive(Default)]
struct Kept(RwLock<HashMap<PlanVersionId, Arc<Pinned>>>);

/// Beyond so many versions the memory is begun anew.
const MOST: usize = 64;

/// A version with what it says. From memory, except for drafts and those under review, which may still change.
///
/// # Errors
/// `not_found`; the storage codes.
pub async fn pinned(tx: &Tx<'_>, id: PlanVersionId) -> Result<Arc<Pinned>> {
    let kept = tx.shared::<Kept>();
    let known = kept.0.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
    if let Some(known) = known {
        return Ok(known);
    }
    let (found, state) = store::pinned(tx, id).await?.ok_or_else(|| Error::not_found("plan_version"))?;
    let found = Arc::new(found);
    if settled(state) {
        let mut kept = kept.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(id, Arc::clone(&found));
    }
    Ok(found)
}

/// The version that new cases follow, of a plan or of the default one.
///
/// # Errors
/// `not_found` when there is no such plan; `plan_inactive`; the storage codes.
pub async fn current(tx: &Tx<'_>, plan: Option<PlanId>) -> Result<Arc<Pinned>> {
    let active = store::active(tx, plan).await?.ok_or_else(|| Error::not_found("plan"))?;
    pinned(tx, active.ok_or_else(|| Error::new(PLAN_INACTIVE))?).await
}

/// The terms of all plans as they were put together last, with the versions that they are from.
#[derive(Default)]
struct Terms(RwLock<(Vec<PlanVersionId>, Option<Arc<Plan>>)>);

/// The default plan together with the types, categories, views, levels, departments and causes of every version that a
/// case may follow: what lists and figures over all cases are narrowed by and named with. What several versions have is
/// called as in the default plan or else in the latest version.
///
/// # Errors
/// `plan_inactive` when no version was ever active; the storage codes.
pub(crate) async fn terms(tx: &Tx<'_>) -> Result<Arc<Plan>> {
    let versions = store::settled(tx).await?;
    let last = tx.shared::<Terms>();
    let known = last.0.read().unwrap_or_else(PoisonError::into_inner).clone();
    if let (from, Some(plan)) = known
        && from == versions
    {
        return Ok(plan);
    }
    let (first, rest) = versions.split_first().ok_or_else(|| Error::new(PLAN_INACTIVE))?;
    let mut plan = pinned(tx, *first).await?.plan.clone();
    for version in rest {
        add_terms(&mut plan, &pinned(tx, *version).await?.plan);
    }
    let plan = Arc::new(plan);
    *last.0.write().unwrap_or_else(PoisonError::into_inner) = (versions, Some(Arc::clone(&plan)));
    Ok(plan)
}

/// What was active once never changes again. An approved version is not kept, because the transaction that approves
/// it may still be undone.
fn settled(state: VersionState) -> bool {
    matches!(state, VersionState::Active | VersionState::Retired)
}
