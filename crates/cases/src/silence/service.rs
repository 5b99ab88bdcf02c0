//! Setting the end of the days of silence, and what happens then.

use heard_desk::messages::{self, AuthorKind, Range};
use heard_kernel::{
    Actor, Locale, Result, Timestamp,
    calendar::{DayMode, Demand},
};
use heard_runtime::Tx;

use super::{deadlines::OVER, events::Silent};
use crate::{
    alerts::{self, AlertKind, Params},
    cases::{self, Case, CaseId, CaseState, STAGE_INCOMPLETE, StageDoneWith, edit::Edit},
    clocks::Shelf,
    plans::{self, Plan, StageKind},
    progress, promises,
};

const DAY: i64 = 24 * 3_600_000;
/// Messages of a conversation that are looked at for an answer.
const MESSAGES: usize = 50;

/// Since when a case that is followed up waits for an answer.
fn asked_at(case: &Case) -> Option<Timestamp> {
    let followed_up = case.stage_kind == Some(StageKind::FollowUp)
        && case.archived_at.is_none()
        && case.merged_into.is_none();
    case.stage_since.filter(|_| followed_up)
}

/// Sets the deadline at which the days of silence are over, or takes it away when nobody is asked.
pub(super) async fn sync(tx: &Tx<'_>, id: CaseId) -> Result<()> {
    let Some(case) = cases::store::load(tx, id).await? else { return Ok(()) };
    let plan = &plans::pinned(tx, case.plan_version_id).await?.plan;
    match asked_at(&case).filter(|_| plan.closing.silent_days > 0) {
        Some(since) => tx.set_deadline(OVER, id, end(tx, plan, since).await?, &case.stage_no)?,
        None => tx.clear_deadline(OVER, id),
    }
    Ok(())
}

/// When the days of silence are over: working days of the plan's calendar, so that nobody is passed over in a holiday; plain
/// ones where the calendar does not reach.
async fn end(tx: &Tx<'_>, plan: &Plan, since: Timestamp) -> Result<Timestamp> {
    let days = plan.closing.silent_days;
    let shelf = Shelf::at(tx).await?;
    let calendar = shelf.calendar(plan.calendar.as_deref())?;
    let due = calendar.due(since, Demand::WorkingDays { days, mode: DayMode::SameTime }, &[])?;
    Ok(due.unwrap_or_else(|| since.plus_millis(i64::from(days) * DAY)))
}

/// The days are over. `run` is the run of the stage in which the customer was asked.
pub(super) async fn over(tx: &Tx<'_>, id: CaseId, run: i64) -> Result<()> {
    let mut edit = Edit::hold(tx, id).await?;
    let Some(since) = asked_at(&edit.after).filter(|_| edit.after.stage_no == run) else { return Ok(()) };
    if matches!(edit.after.state, CaseState::WaitingThirdParty | CaseState::OnHold) {
        return tx.set_deadline(OVER, id, tx.now().plus_millis(DAY), &run);
    }
    let said = edit.after.satisfaction.is_some() || edit.after.record.satisfaction_unsaid;
    if said || answered(tx, &edit.after, since).await? {
        return Ok(());
    }
    edit.after.record.satisfaction_unsaid = true;
    let days = edit.plan.plan.closing.silent_days;
    let stage = edit.after.stage_key.clone().unwrap_or_default();
    let is_last = edit.plan.plan.row_of(&edit.facts()).is_some_and(|row| row.next(&stage).is_none());
    let case = edit.save(tx).await?;
    tx.emit(&Silent { standing: (&case).into(), days })?;
    let users = alerts::in_charge(tx, &case).await?;
    alerts::raise(tx, &case, AlertKind::Silent, &users, Params::default()).await?;
    // Promises that nobody kept are for people to look at before the case is archived.
    if is_last && !promises::pending_of_case(tx, id).await?.is_empty() {
        return Ok(());
    }
    match cases::complete_stage(tx, id, &stage, StageDoneWith::default(), Locale::ZhCn).await {
        Err(error) if error.is(STAGE_INCOMPLETE) => Ok(()),
        done => done.map(drop),
    }
}

/// Whether the customer said anything since an instant.
async fn answered(tx: &Tx<'_>, case: &Case, since: Timestamp) -> Result<bool> {
    if progress::inputs_of_case(tx, case.id).await?.iter().any(|input| input.at >= since) {
        return Ok(true);
    }
    let system = Actor::system();
    for (conversation, _) in cases::store::conversations(tx, case.id).await? {
        let (_, page) = messages::page(tx, &system, conversation, Range::Before(i64::MAX), MESSAGES).await?;
        let by_customer = |message: &messages::Message| message.author_kind == AuthorKind::Contact;
        if page.messages.iter().any(|message| by_customer(message) && message.created_at >= since) {
            return Ok(true);
        }
    }
    Ok(false)
}
