//! A case waits for somebody, and goes on.

use heard_kernel::{Code, Error, Result, Timestamp, clean_text, clock_policy::PauseReason};
use heard_runtime::Tx;

use super::super::{
    edit::Edit,
    events::{Resumed, Waiting},
    model::{Case, CaseId, CaseState, Wait, WaitEnding},
    store,
};
use super::{SHORT, acting_user, check_active, clocks::refresh_alarm};
use crate::{clocks, rights};

/// The case does not wait.
pub(crate) const CASE_NOT_WAITING: Code = Code::new("case_not_waiting", 409);

/// Lets a case wait: its clocks stand still as far as their rules allow. Waiting for something else than the customer or a
/// third party needs the right to manage cases.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `validation_failed`; the storage codes.
pub async fn wait(tx: &Tx<'_>, id: CaseId, reason: PauseReason, note: &str) -> Result<Case> {
    let right = if reason == PauseReason::Other { rights::MANAGE } else { rights::WORK };
    tx.actor().require(right)?;
    let mut edit = Edit::open(tx, id).await?;
    check_active(&edit.after)?;
    let note = clean_text("note", note, SHORT)?;
    if edit.after.state.waits_for() == Some(reason) {
        return Ok(edit.after);
    }
    if edit.after.state.waits_for().is_some() {
        end_waiting(tx, &mut edit, WaitEnding::Replaced).await?;
    }
    let waits = store::waits(tx, id).await?;
    let begun = Wait {
        case_id: id,
        no: waits.last().map_or(0, |wait| wait.no) + 1,
        reason,
        note: note.clone(),
        begun_at: tx.now(),
        begun_by: acting_user(tx.actor()).map(|user| user.0),
        ended_at: None,
        ended_by: None,
        ending: None,
    };
    store::begin_wait(tx, &begun).await?;
    clocks::pause(tx, id, reason, &note).await?;
    edit.after.state = match reason {
        PauseReason::Customer => CaseState::WaitingCustomer,
        PauseReason::ThirdParty => CaseState::WaitingThirdParty,
        PauseReason::Other => CaseState::OnHold,
    };
    edit.after.waiting_since = Some(tx.now());
    tx.emit(&Waiting { standing: (&edit.after).into(), reason })?;
    refresh_alarm(tx, &mut edit).await?;
    edit.save(tx).await
}

/// Lets a case go on.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `case_not_waiting`; the storage codes.
pub async fn resume(tx: &Tx<'_>, id: CaseId) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    let mut edit = Edit::open(tx, id).await?;
    check_active(&edit.after)?;
    if edit.after.state.waits_for().is_none() {
        return Err(Error::new(CASE_NOT_WAITING));
    }
    end_waiting(tx, &mut edit, WaitEnding::Resumed).await?;
    refresh_alarm(tx, &mut edit).await?;
    edit.save(tx).await
}

/// The customer wrote about a case: it waits for nobody any longer.
pub(crate) async fn customer_wrote(tx: &Tx<'_>, id: CaseId, at: Timestamp) -> Result<()> {
    let mut edit = Edit::hold(tx, id).await?;
    // What came before it began to wait is no answer.
    if edit.after.state.waits_for().is_none() || edit.after.waiting_since.is_some_and(|since| since >= at) {
        return Ok(());
    }
    clocks::customer_message(tx, id, at).await?;
    stop_waiting(tx, &mut edit, WaitEnding::CustomerMessage, Some(at)).await?;
    refresh_alarm(tx, &mut edit).await?;
    edit.save(tx).await.map(drop)
}

/// Ends waiting, if it waits; the caller saves.
pub(crate) async fn end_waiting(tx: &Tx<'_>, edit: &mut Edit, ending: WaitEnding) -> Result<()> {
    stop_waiting(tx, edit, ending, None).await
}

async fn stop_waiting(
    tx: &Tx<'_>,
    edit: &mut Edit,
    ending: WaitEnding,
    written_at: Option<Timestamp>,
) -> Result<()> {
    let Some(reason) = edit.after.state.waits_for() else { return Ok(()) };
    let by = acting_user(tx.actor()).map(|user| user.0);
    store::end_wait(tx, edit.after.id, tx.now(), by, ending).await?;
    clocks::resume(tx, edit.after.id).await?;
    edit.after.state = CaseState::Open;
    edit.after.waiting_since = None;
    tx.emit(&Resumed { standing: (&edit.after).into(), reason, ending, written_at })
}
