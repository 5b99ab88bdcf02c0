//! A case is filed, and opened again.

use heard_kernel::{Code, Error, Result, preview};
use heard_runtime::Tx;
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::{
    edit::Edit,
    events::{Archived, Reopened},
    model::{Case, CaseId, CaseState, Decision, Outcome, StageEnding, WaitEnding},
};
use super::{
    again, check_active, check_not_merged, clocks, end_waiting,
    stages::{self, given_reason, row_of},
};
use crate::{plans::StageKind, promises, rights};

/// The case goes through its stages first; without them it is archived only when the customer took it back, when it was
/// refused, or by somebody with the right to manage cases.
pub(crate) const ARCHIVE_TOO_EARLY: Code = Code::new("archive_too_early", 409);
/// Promises made in the case are open (`params.promises`): settle them, or archive it with `promises_go_on`.
pub(crate) const CASE_PROMISES_OPEN: Code = Code::new("case_promises_open", 409);
/// The case is not archived.
pub(crate) const CASE_NOT_ARCHIVED: Code = Code::new("case_not_archived", 409);
/// The plan's time for opening it again is over (`params.days`).
pub(crate) const REOPEN_TOO_LATE: Code = Code::new("reopen_too_late", 409);

const DAY: i64 = 24 * 3_600_000;
/// Characters of a promise that is named.
const NAMED: usize = 60;

/// How a case is archived before its last stage is done.
#[derive(Clone, PartialEq, Debug, Deserialize, ToSchema)]
pub struct Archiving {
    /// What became of it.
    pub outcome: Outcome,
    /// Why it does not go through the rest of its stages.
    pub reason: String,
    /// It is archived although promises made in it are open; they have to be kept all the same.
    #[serde(default)]
    pub promises_go_on: bool,
}

/// Archives a case that does not go through the rest of its stages.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `archive_too_early`, `case_promises_open`, `validation_failed`; the
/// storage codes.
pub async fn archive(tx: &Tx<'_>, id: CaseId, wish: Archiving) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    let mut edit = Edit::open(tx, id).await?;
    check_active(&edit.after)?;
    let reason = given_reason(&wish.reason)?;
    let refused = edit.after.decision == Some(Decision::Refused);
    let early = wish.outcome == Outcome::Withdrawn || (refused && wish.outcome == Outcome::Refused);
    if !early && !tx.actor().may(rights::MANAGE) {
        return Err(Error::new(ARCHIVE_TOO_EARLY));
    }
    check_promises(tx, id, wish.promises_go_on).await?;
    edit.after.outcome = Some(wish.outcome);
    stages::end(tx, &edit, StageEnding::Cut, Some(&reason)).await?;
    finish(tx, &mut edit).await?;
    clocks::sync(tx, &mut edit, &reason).await?;
    edit.save(tx).await
}

/// Fails when promises of a case are open, unless whoever archives it knows and goes on.
pub(super) async fn check_promises(tx: &Tx<'_>, id: CaseId, go_on: bool) -> Result<()> {
    if go_on {
        return Ok(());
    }
    let open = promises::pending_of_case(tx, id).await?;
    if open.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = open.iter().map(|promise| preview(&promise.body, NAMED)).collect();
    let ids: Vec<_> = open.iter().map(|promise| promise.id).collect();
    Err(Error::new(CASE_PROMISES_OPEN)
        .with("n", open.len())
        .with("promises", named.join(" · "))
        .with("promise_ids", &ids))
}

/// The case is done; the caller brings the clocks in line and saves. What became of it follows from the record when nobody
/// said it.
pub(crate) async fn finish(tx: &Tx<'_>, edit: &mut Edit) -> Result<()> {
    end_waiting(tx, edit, WaitEnding::Archived).await?;
    let case = &mut edit.after;
    case.outcome = case.outcome.or(match case.decision {
        Some(Decision::Refused) => Some(Outcome::Refused),
        _ if !case.record.solution.steps.is_empty() => Some(Outcome::Solved),
        _ => None,
    });
    case.state = CaseState::Archived;
    case.archived_at = Some(tx.now());
    case.stage_key = None;
    case.stage_kind = None;
    case.stage_since = None;
    tx.emit(&Archived { standing: (&*case).into(), outcome: case.outcome })
}

/// Opens an archived case again, at the stage where it is handled or at a stage of its flow that is named.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_not_archived`, `reopen_too_late`, `validation_failed`; the storage codes.
pub async fn reopen(tx: &Tx<'_>, id: CaseId, stage: Option<&str>, reason: &str) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    let mut edit = Edit::open(tx, id).await?;
    check_not_merged(&edit.after)?;
    let Some(archived_at) = edit.after.archived_at else {
        return Err(Error::new(CASE_NOT_ARCHIVED));
    };
    let days = edit.plan.plan.closing.reopen_days;
    let late = tx.now().millis_since(archived_at) > i64::from(days) * DAY;
    if late && !tx.actor().may(rights::MANAGE) {
        return Err(Error::new(REOPEN_TOO_LATE).with("days", days));
    }
    let reason = given_reason(reason)?;
    begin_again(tx, &mut edit, stage, &reason).await?;
    edit.save(tx).await
}

/// An archived case is opened again; the caller saves.
pub(crate) async fn begin_again(
    tx: &Tx<'_>,
    edit: &mut Edit,
    stage: Option<&str>,
    reason: &str,
) -> Result<()> {
    let row = row_of(edit)?;
    let begins = match stage {
        Some(key) => {
            let unknown = || Error::field("stage_key", super::fields::PLAN_KEY_UNKNOWN).with("key", key);
            Some(row.stage(key).ok_or_else(unknown)?)
        }
        None => row.stage_of(StageKind::Handle).or_else(|| row.stage_of(StageKind::Answer)),
    };
    let begins = begins.or_else(|| row.stages().first().copied()).cloned();
    let begins = begins.ok_or_else(|| Error::internal("the flow has no stages"))?;
    let case = &mut edit.after;
    case.state = CaseState::Open;
    case.archived_at = None;
    case.outcome = None;
    case.reopened_count += 1;
    case.reopened_at = Some(tx.now());
    tx.emit(&Reopened { standing: (&*case).into(), times: case.reopened_count })?;
    again::ask_again(tx, edit, &begins).await?;
    stages::begin(tx, edit, &begins).await?;
    clocks::sync(tx, edit, reason).await
}
