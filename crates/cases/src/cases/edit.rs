//! A case that is being changed: what it was, what it becomes, and what follows when it is saved.

use std::sync::Arc;

use heard_kernel::{Actor, Error, Result};
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;

use super::{
    counts,
    events::{Assigned, Classified, Opened},
    figures,
    model::{Case, CaseId, People},
    rules, store,
};
use crate::plans::{self, CaseFacts, Pinned};

/// A case that is being changed.
pub(crate) struct Edit {
    before: Case,
    /// It is being opened.
    fresh: bool,
    /// What it becomes.
    pub(crate) after: Case,
    /// The version of the plan that it follows.
    pub(crate) plan: Arc<Pinned>,
}

impl Edit {
    /// Takes a case that the actor sees, held until the end of the transaction.
    pub(crate) async fn open(tx: &Tx<'_>, id: CaseId) -> Result<Self> {
        let edit = Self::hold(tx, id).await?;
        check_visible(tx, tx.actor(), &edit.after).await?;
        Ok(edit)
    }

    /// Takes a case, held until the end of the transaction, without asking whether the actor sees it.
    pub(crate) async fn hold(tx: &Tx<'_>, id: CaseId) -> Result<Self> {
        let case = store::load_to_change(tx, id).await?.ok_or_else(not_found)?;
        let plan = plans::pinned(tx, case.plan_version_id).await?;
        Ok(Self { before: case.clone(), fresh: false, after: case, plan })
    }

    /// Begins a new case. Its row stands from now on, so that others can refer to it.
    pub(crate) async fn begin(tx: &Tx<'_>, case: Case, plan: Arc<Pinned>) -> Result<Self> {
        store::insert(tx, &case).await?;
        tx.emit(&Opened {
            standing: (&case).into(),
            type_key: case.type_key.clone(),
            source: case.source,
            received_at: case.received_at,
            plan_version_id: case.plan_version_id.into(),
            category_key: case.category_key.clone(),
            severity_key: case.severity_key.clone(),
            urgency_key: case.urgency_key.clone(),
            difficulty_key: case.difficulty_key.clone(),
        })?;
        Ok(Self { before: case.clone(), fresh: true, after: case, plan })
    }

    /// Whether it is being opened.
    pub(crate) fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Whether it is put under another version of the plan.
    pub(crate) fn follows_another_plan(&self) -> bool {
        self.before.plan_version_id != self.after.plan_version_id
    }

    /// What of it decides which rules of the plan are for it.
    pub(crate) fn facts(&self) -> CaseFacts<'_> {
        facts(&self.after)
    }

    /// Stores it with its counts and tells what changed.
    pub(crate) async fn save(mut self, tx: &Tx<'_>) -> Result<Case> {
        self.after.priority =
            self.plan.plan.priority(self.after.severity_key.as_deref(), self.after.urgency_key.as_deref());
        if self.fresh {
            store::save(tx, &self.before, &self.after).await?;
            figures::keep(tx, None, &self.after).await?;
            store::add_counts(tx, &counts::steps(None, Some(&self.after))).await?;
            return Ok(self.after);
        }
        if self.before == self.after {
            return Ok(self.after);
        }
        if self.after.edited_since(&self.before) {
            self.after.version += 1;
        }
        self.after.updated_at = tx.now();
        store::save(tx, &self.before, &self.after).await?;
        tell(tx, &self.before, &self.after)?;
        figures::keep(tx, Some(&self.before), &self.after).await?;
        store::add_counts(tx, &counts::steps(Some(&self.before), Some(&self.after))).await?;
        Ok(self.after)
    }
}

/// What of a case decides which rules of the plan are for it.
pub(crate) fn facts(case: &Case) -> CaseFacts<'_> {
    CaseFacts {
        case_type: &case.type_key,
        category: case.category_key.as_deref(),
        severity: case.severity_key.as_deref(),
        urgency: case.urgency_key.as_deref(),
        difficulty: case.difficulty_key.as_deref(),
    }
}

fn tell(tx: &Tx<'_>, before: &Case, after: &Case) -> Result<()> {
    if (before.owner_id, before.team_id) != (after.owner_id, after.team_id) {
        tx.emit(&Assigned {
            standing: after.into(),
            former_owner_id: before.owner_id,
            former_team_id: before.team_id,
        })?;
    }
    if facts(before) != facts(after) {
        tx.emit(&Classified {
            standing: after.into(),
            type_key: after.type_key.clone(),
            category_key: after.category_key.clone(),
            severity_key: after.severity_key.clone(),
            urgency_key: after.urgency_key.clone(),
            difficulty_key: after.difficulty_key.clone(),
            priority: after.priority,
            former_category_key: before.category_key.clone(),
            former_severity_key: before.severity_key.clone(),
            former_urgency_key: before.urgency_key.clone(),
            former_difficulty_key: before.difficulty_key.clone(),
            former_priority: before.priority,
        })?;
    }
    Ok(())
}

/// The case is not there, or not for the one who asks; which of both is not told.
pub(crate) fn not_found() -> Error {
    Error::not_found("case")
}

/// Fails unless the actor sees the case.
pub(crate) async fn check_visible(tx: &StoreTx<'_>, actor: &Actor, case: &Case) -> Result<People> {
    let people = store::people(tx, &[case.id]).await?.remove(&case.id).unwrap_or_default();
    if rules::sees(actor, case, &people) { Ok(people) } else { Err(not_found()) }
}

/// A case that the actor sees.
pub(crate) async fn visible(tx: &StoreTx<'_>, actor: &Actor, id: CaseId) -> Result<(Case, People)> {
    let case = store::load(tx, id).await?.ok_or_else(not_found)?;
    let people = check_visible(tx, actor, &case).await?;
    Ok((case, people))
}
