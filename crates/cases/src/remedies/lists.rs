//! Remedies of all cases: the queue of those who approve, and what became of it.

use heard_kernel::{Actor, Cursor, Locale, Page, PageRequest, Result};
use heard_store::{Tx, words};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

use super::{
    model::{GrantedRemedy, RemedyId, RemedyState},
    service::Authority,
    store,
};
use crate::{
    cases::{self, Case, CaseId, CaseRef, Shelf, acting_user},
    plans, rights,
};

words! {
    /// Why the caller cannot decide about a remedy.
    #[schema(as = CaseRemedyObstacle)]
    Obstacle {
        /// They asked for it themselves.
        Own => "own",
        /// It is more than the plan lets them grant; they can refuse it.
        Beyond => "beyond",
        /// It is decided.
        Decided => "decided",
    }
}

/// Which remedies are wanted.
#[derive(Clone, Copy, PartialEq, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct RemedyQuery {
    /// Where they stand; those that wait for approval, in cases under way, when absent.
    pub state: Option<RemedyState>,
}

/// How much waits for approval.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[schema(as = CaseRemedyCounts)]
pub struct RemedyCounts {
    /// Remedies that others asked for, in cases under way that the caller sees.
    pub waiting: i64,
}

/// A remedy with its case, its name in the plan, and whether the reader can decide about it.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Listed {
    pub(super) remedy: GrantedRemedy,
    pub(super) name: String,
    pub(super) case: CaseRef,
    pub(super) obstacle: Option<Obstacle>,
}

/// Remedies of cases that the actor sees.
///
/// # Errors
/// `forbidden`, `cursor_invalid`; the storage codes.
pub(super) async fn across(
    tx: &Tx<'_>,
    actor: &Actor,
    query: RemedyQuery,
    locale: Locale,
    page: &PageRequest,
) -> Result<Page<Listed>> {
    actor.require(rights::APPROVE)?;
    let state = query.state.unwrap_or(RemedyState::Asked);
    // Of a case that is over nothing is decided.
    let shelf = (state == RemedyState::Asked).then_some(Shelf::Active);
    let seen = cases::store::seen_by(actor, "g.case_id", shelf);
    let (after, limit) = (page.after::<(i64, RemedyId)>()?, page.limit());
    let found = store::across(tx, state, &seen, after, limit).await?;
    let found = Page::from_extra(found, limit, |last| Cursor::encode(&(last.asked_at.millis(), last.id)));
    let mut ids: Vec<CaseId> = found.items.iter().map(|remedy| remedy.case_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let known = if ids.is_empty() { Vec::new() } else { cases::store::short(tx, &ids).await? };
    let known: HashMap<CaseId, Case> = known.into_iter().map(|case| (case.id, case)).collect();
    let authority = Authority::of(tx, actor).await?;
    let mut items = Vec::with_capacity(found.items.len());
    for remedy in found.items {
        let Some(case) = known.get(&remedy.case_id) else { continue };
        let plan = plans::pinned(tx, case.plan_version_id).await?;
        let rule = plan.plan.remedy(&remedy.remedy_key);
        let own = remedy.asked_by.is_some() && remedy.asked_by == acting_user(actor);
        let obstacle = if remedy.state != RemedyState::Asked {
            Some(Obstacle::Decided)
        } else if own {
            Some(Obstacle::Own)
        } else {
            let beyond = rule.is_some_and(|rule| !authority.grants(rule, remedy.amount));
            beyond.then_some(Obstacle::Beyond)
        };
        let name = rule.map_or(remedy.remedy_key.as_str(), |rule| rule.name.in_locale(locale)).to_owned();
        items.push(Listed { name, case: case.into(), obstacle, remedy });
    }
    Ok(Page { items, next_cursor: found.next_cursor })
}

/// How much waits for a decision of the actor.
///
/// # Errors
/// `forbidden`; the storage codes.
pub async fn counts(tx: &Tx<'_>, actor: &Actor) -> Result<RemedyCounts> {
    actor.require(rights::APPROVE)?;
    let seen = cases::store::seen_by(actor, "g.case_id", Some(Shelf::Active));
    Ok(RemedyCounts { waiting: store::count_waiting(tx, acting_user(actor), &seen).await? })
}
