//! Setting the deadline of a case's reminders, and telling.

use heard_kernel::{Result, Timestamp};
use heard_runtime::Tx;

use super::{deadlines::DUE, events::Reminded, rules};
use crate::{
    alerts::{self, AlertKind, Params},
    cases::{self, Case, CaseId, edit::facts},
    clocks::Shelf,
    plans::{self, Pinned, Reminder},
};

/// Sets the deadline at which the next reminders of a case come, or takes it away when it has none.
pub(super) async fn sync(tx: &Tx<'_>, id: CaseId, now: Timestamp) -> Result<()> {
    let Some(case) = cases::store::load(tx, id).await? else { return Ok(()) };
    let pinned = plans::pinned(tx, case.plan_version_id).await?;
    set(tx, &case, &pinned, now).await
}

async fn set(tx: &Tx<'_>, case: &Case, pinned: &Pinned, now: Timestamp) -> Result<()> {
    let mut earliest: Option<Timestamp> = None;
    let mut keys: Vec<&str> = Vec::new();
    let (wanted, begun) = wanted(case, pinned);
    if !wanted.is_empty() {
        let shelf = Shelf::at(tx).await?;
        let calendar = shelf.calendar(pinned.plan.calendar.as_deref())?;
        for reminder in wanted {
            let Some(at) = rules::next(reminder.every, calendar, begun, now)? else { continue };
            if earliest.is_none_or(|first| at < first) {
                keys.clear();
            }
            if earliest.is_none_or(|first| at <= first) {
                earliest = Some(at);
                keys.push(&reminder.key);
            }
        }
    }
    match earliest {
        Some(at) => tx.set_deadline(DUE, case.id, at, &keys)?,
        None => tx.clear_deadline(DUE, case.id),
    }
    Ok(())
}

/// The reminders that a case has now, and from when they count.
fn wanted<'p>(case: &Case, pinned: &'p Pinned) -> (Vec<&'p Reminder>, Timestamp) {
    let begun = case.stage_since.unwrap_or(case.received_at);
    let stage = case.stage_kind.filter(|_| case.archived_at.is_none() && case.merged_into.is_none());
    (stage.map(|stage| pinned.plan.reminders_for(&facts(case), stage)).unwrap_or_default(), begun)
}

/// Tells whoever is responsible, unless the case waits, and sets the next deadline.
pub(super) async fn tell(tx: &Tx<'_>, id: CaseId, keys: &[String], due_at: Timestamp) -> Result<()> {
    let Some(case) = cases::store::load(tx, id).await? else { return Ok(()) };
    let pinned = plans::pinned(tx, case.plan_version_id).await?;
    let (wanted, _) = wanted(&case, &pinned);
    if case.waiting_since.is_none() {
        for reminder in wanted.into_iter().filter(|reminder| keys.contains(&reminder.key)) {
            let users = alerts::in_charge(tx, &case).await?;
            let params = Params { name: reminder.name.clone(), ..Params::default() };
            alerts::raise(tx, &case, AlertKind::Reminder, &users, params).await?;
            tx.emit(&Reminded { standing: (&case).into(), reminder_key: reminder.key.clone(), due_at })?;
        }
    }
    set(tx, &case, &pinned, tx.now()).await
}
