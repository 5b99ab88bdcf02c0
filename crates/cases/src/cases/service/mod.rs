//! What can be done with cases.

mod again;
mod archive;
mod assign;
mod classify;
mod clocks;
mod evidence;
mod fields;
mod links;
mod open;
mod people;
mod plan;
mod stages;
mod tags;
mod waits;

use heard_kernel::{Actor, Code, Error, Result, codes};
use heard_runtime::Tx;

use super::{
    detail::CaseRights,
    model::{Case, CaseId, CaseState, Tally},
};
use crate::{plans::StageKind, rights};

pub use archive::{Archiving, archive, reopen};
pub use assign::{Assignment, assign, take};
pub(crate) use assign::{check_team, check_user};
pub use classify::{Classification, classify, raise_severity};
pub(crate) use clocks::{refresh_alarm, sync as sync_clocks};
pub use evidence::{NewEvidence, add_evidence, remove_evidence};
pub(crate) use evidence::{add as put_evidence, copy_evidence, take_back_evidence};
pub use fields::{CaseFields, UnderstandingConfirmed, update};
pub(crate) use fields::{SHORT, TITLE, happened};
pub use links::{link_conversation, unlink_conversation};
pub use open::{NewCase, open};
pub use people::{change_people, change_teams, watch};
pub use plan::move_to_version;
pub use stages::{LackView, StageDoneWith, complete_stage, return_to_stage, skip_stage};
pub(crate) use stages::{STAGE_INCOMPLETE, given_reason};
pub use tags::tag;
pub(crate) use waits::{customer_wrote, end_waiting};
pub use waits::{resume, wait};

/// The case is part of another one (`params.into`); work there.
pub(crate) const CASE_MERGED: Code = Code::new("case_merged", 409);
/// The case is archived and its record locked; open it again first.
pub(crate) const CASE_ARCHIVED: Code = Code::new("case_archived", 409);
/// There is no contact of this id (`params.id`).
pub(crate) const CONTACT_UNKNOWN: Code = Code::new("contact_unknown", 422);
pub(crate) use heard_desk::messages::TOO_MANY;
pub(crate) use heard_platform::directory::acting_user;

/// Users, tags, files that are changed at once at most.
pub(crate) const AT_ONCE: usize = 50;

/// Fails when the case is part of another one.
pub(crate) fn check_not_merged(case: &Case) -> Result<()> {
    match case.merged_into {
        Some(into) => Err(Error::new(CASE_MERGED).with("into", into)),
        None => Ok(()),
    }
}

/// Fails unless the case is under way.
pub(crate) fn check_active(case: &Case) -> Result<()> {
    check_not_merged(case)?;
    check_unlocked(case)
}

/// Fails when the case is archived: its record is locked until it is opened again. What stays possible is reading it, taking
/// out its dossier, watching it, recusing people, settling promises that were made in it, and showing it to its customer.
pub(crate) fn check_unlocked(case: &Case) -> Result<()> {
    if case.state == CaseState::Archived { Err(Error::new(CASE_ARCHIVED)) } else { Ok(()) }
}

fn check_version(case: &Case, version: i64) -> Result<()> {
    if case.version == version { Ok(()) } else { Err(Error::new(codes::VERSION_CONFLICT)) }
}

/// Adds to what is counted about a case because stages ask for it: hand-overs, tasks (by the kind of stage that they are
/// due at), remedies, notices.
///
/// # Errors
/// `not_found`; the storage codes.
pub async fn tally(
    tx: &Tx<'_>,
    id: CaseId,
    what: Tally,
    stage_kind: Option<StageKind>,
    step: i64,
) -> Result<()> {
    let case = super::store::load(tx, id).await?.ok_or_else(super::edit::not_found)?;
    let n = super::store::tally(tx, id, what, stage_kind, step).await?;
    tx.emit(&super::events::Tallied { standing: (&case).into(), what, n })
}

/// What an actor may do with cases that they see.
pub(crate) fn may_work(actor: &Actor) -> CaseRights {
    CaseRights {
        work: actor.may(rights::WORK),
        assign: actor.may(rights::ASSIGN),
        manage: actor.may(rights::MANAGE),
        export: actor.may(rights::EXPORT),
    }
}

/// The ids in an order in which transactions take rows without blocking each other.
pub(crate) fn in_order(mut ids: Vec<CaseId>) -> Vec<CaseId> {
    ids.sort_unstable();
    ids.dedup();
    ids
}
