//! What other slices do with clocks. Rights are theirs to check, for they know the subject.

use std::collections::HashMap;

use heard_kernel::{
    Code, Result, Timestamp, clean_text,
    clock_policy::{Limit, PauseReason, Policy, State},
};
use heard_platform::directory::UserId;
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;
use uuid::Uuid;

use super::{
    edit::{self, Edit, not_found},
    events::{
        ClockCancelled, ClockChanged, ClockExtended, ClockFulfilled, ClockPaused, ClockReopened, ClockResumed,
    },
    history::{Entry, What, Who},
    model::{Alarm, Clock, ClockId, ClockTerms, NewClock, OpenClock, StoppedClock, Subject},
    rules,
    shelf::Shelf,
    store,
    view::{CaseClocks, ClockView},
};
use crate::plans::Text;

/// The rule of the clock allows no further extension.
pub(crate) const CLOCK_NOT_EXTENDABLE: Code = Code::new("clock_not_extendable", 409);

/// Characters of a reason at most.
pub(crate) const MAX_REASON: usize = 2_000;

/// Starts a clock and gives its id, or that of the open one of the subject with the same key.
///
/// # Errors
/// `validation_failed` when the policy cannot be calculated; the storage codes.
pub async fn start(tx: &Tx<'_>, new: NewClock) -> Result<ClockId> {
    let known = store::open_of(tx, new.subject).await?;
    if let Some(open) = known.into_iter().find(|open| open.key == new.terms.key) {
        return Ok(open.id);
    }
    let clock = begun(tx, new);
    let id = clock.id;
    edit::begin(tx, vec![clock], &Shelf::at(tx).await?).await?;
    Ok(id)
}

/// Starts clocks of which the caller knows that their subjects have no open ones with their keys.
///
/// # Errors
/// As [`start`].
pub(crate) async fn start_new(tx: &Tx<'_>, new: Vec<NewClock>) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let clocks = new.into_iter().map(|clock| begun(tx, clock)).collect();
    edit::begin(tx, clocks, &Shelf::at(tx).await?).await
}

/// A clock as it begins.
fn begun(tx: &Tx<'_>, new: NewClock) -> Clock {
    let noted_at = (new.started_at < tx.now()).then(|| tx.now());
    let started = Entry { at: new.started_at, noted_at, by: Who::of(tx.actor()), what: What::Started };
    Clock {
        id: tx.new_id(),
        subject: new.subject,
        case_id: new.case_id,
        owner_id: new.owner_id,
        terms: new.terms,
        state: State::Running,
        verdict: None,
        open: true,
        paused: false,
        started_at: new.started_at,
        due_at: None,
        breached_at: None,
        stopped_at: None,
        check_at: None,
        history: vec![started],
        version: 1,
    }
}

/// Somebody else has to keep a clock from now on. Its deadline stays.
///
/// # Errors
/// The storage codes.
pub(crate) async fn give(tx: &Tx<'_>, id: ClockId, owner: UserId) -> Result<()> {
    store::give(tx, id, owner).await
}

fn is_meant(keys: &[&str], clock: &Clock) -> bool {
    keys.is_empty() || keys.contains(&clock.terms.key.as_str())
}

/// Says that what the open clocks of a subject ask for was done at an instant: those with these keys, or all without
/// keys. Tells how many they were. A breach that was told stays.
///
/// # Errors
/// The storage codes.
pub async fn fulfil(tx: &Tx<'_>, subject: Subject, keys: &[&str], at: Timestamp) -> Result<usize> {
    let clocks = store::open_of_subject_to_change(tx, subject).await?;
    let meant: Vec<_> = clocks.into_iter().filter(|clock| is_meant(keys, clock)).collect();
    if meant.is_empty() {
        return Ok(0);
    }
    let (shelf, count) = (Shelf::at(tx).await?, meant.len());
    for clock in meant {
        let mut edit = Edit::of(tx, clock, &shelf)?;
        let earliest = edit.after.breached_at.unwrap_or(edit.after.started_at);
        let at = at.min(edit.present(tx)).max(earliest);
        edit.note(tx, at, What::Fulfilled);
        let tell = |clock: &Clock| {
            let late = clock.breached_at.is_some();
            tx.emit(&ClockFulfilled { standing: clock.into(), at, late })
        };
        edit.save(tx, tell).await?;
    }
    Ok(count)
}

/// Calls off the open clocks of a subject: those with these keys, or all without keys. Tells how many they were.
///
/// # Errors
/// `validation_failed` when the reason is too long; the storage codes.
pub async fn cancel(tx: &Tx<'_>, subject: Subject, keys: &[&str], reason: &str) -> Result<usize> {
    let clocks = store::open_of_subject_to_change(tx, subject).await?;
    call_off(tx, clocks.into_iter().filter(|clock| is_meant(keys, clock)).collect(), reason).await
}

/// Calls off all open clocks of a case and tells how many they were.
///
/// # Errors
/// `validation_failed` when the reason is too long; the storage codes.
pub async fn cancel_case(tx: &Tx<'_>, case: impl Into<Uuid>, reason: &str) -> Result<usize> {
    call_off(tx, store::open_of_case_to_change(tx, case.into()).await?, reason).await
}

async fn call_off(tx: &Tx<'_>, clocks: Vec<Clock>, reason: &str) -> Result<usize> {
    if clocks.is_empty() {
        return Ok(0);
    }
    let reason = clean_text("reason", reason, MAX_REASON)?;
    let (shelf, count) = (Shelf::at(tx).await?, clocks.len());
    for clock in clocks {
        let mut edit = Edit::of(tx, clock, &shelf)?;
        let at = edit.present(tx);
        edit.note(tx, at, What::Cancelled { reason: reason.clone() });
        edit.save(tx, |clock| tx.emit(&ClockCancelled { standing: clock.into(), at })).await?;
    }
    Ok(count)
}

/// Lets a stopped clock go on with its history, for a reason: what it asks for is to be done after all, or again. Nothing
/// happens to an open one.
///
/// # Errors
/// `not_found` when it is not there; `validation_failed` when the reason is too long; the storage codes.
pub async fn reopen(tx: &Tx<'_>, clock: ClockId, reason: &str) -> Result<()> {
    let shelf = Shelf::at(tx).await?;
    let mut edit = Edit::hold(tx, clock, &shelf).await?;
    if edit.after.open {
        return Ok(());
    }
    let reason = clean_text("reason", reason, MAX_REASON)?;
    let at = edit.present(tx);
    edit.note(tx, at, What::Reopened { reason });
    edit.save(tx, |clock| tx.emit(&ClockReopened { standing: clock.into(), at })).await.map(drop)
}

/// The stopped clocks of a subject, the earliest first.
///
/// # Errors
/// The storage codes.
pub async fn stopped_of(tx: &StoreTx<'_>, subject: Subject) -> Result<Vec<StoppedClock>> {
    store::stopped_of(tx, subject).await
}

/// Lets the open clocks of a case wait, for a reason. One whose policy does not stop for it notes the wait and runs on;
/// one that waits for it already goes on waiting. Tells how many stand still.
///
/// # Errors
/// `validation_failed` when the note is too long; the storage codes.
pub async fn pause(tx: &Tx<'_>, case: impl Into<Uuid>, reason: PauseReason, note: &str) -> Result<usize> {
    let clocks = store::open_of_case_to_change(tx, case.into()).await?;
    let note = clean_text("note", note, MAX_REASON)?;
    let (shelf, mut count) = (Shelf::at(tx).await?, 0);
    for clock in clocks {
        let mut edit = Edit::of(tx, clock, &shelf)?;
        if waits_for(&edit.after) == Some(reason) {
            count += usize::from(edit.save(tx, |_| Ok(())).await?.paused);
            continue;
        }
        edit.catch_up(tx)?;
        let at = edit.present(tx);
        edit.note(tx, at, What::Paused { reason, note: note.clone() });
        let tell = |clock: &Clock| match clock.paused {
            true => tx.emit(&ClockPaused { standing: clock.into(), reason }),
            false => Ok(()),
        };
        count += usize::from(edit.save(tx, tell).await?.paused);
    }
    Ok(count)
}

/// Lets the waiting clocks of a case go on and tells how many they were.
///
/// # Errors
/// The storage codes.
pub async fn resume(tx: &Tx<'_>, case: impl Into<Uuid>) -> Result<usize> {
    go_on(tx, case.into(), tx.now(), What::Resumed).await
}

/// A customer wrote about a case: every wait that began before ends. Tells how many clocks go on.
///
/// # Errors
/// The storage codes.
pub async fn customer_message(tx: &Tx<'_>, case: impl Into<Uuid>, at: Timestamp) -> Result<usize> {
    go_on(tx, case.into(), at, What::CustomerWrote).await
}

async fn go_on(tx: &Tx<'_>, case: Uuid, at: Timestamp, what: What) -> Result<usize> {
    let clocks = store::paused_of_case_to_change(tx, case).await?;
    if clocks.is_empty() {
        return Ok(0);
    }
    let by_customer = what == What::CustomerWrote;
    let (shelf, mut count) = (Shelf::at(tx).await?, 0);
    for clock in clocks {
        let mut edit = Edit::of(tx, clock, &shelf)?;
        edit.catch_up(tx)?;
        let at = if by_customer { at.min(edit.present(tx)) } else { edit.present(tx) };
        if by_customer && !waits_since_before(&edit.after, at) {
            continue;
        }
        edit.note(tx, at, what.clone());
        edit.save(tx, |clock| tx.emit(&ClockResumed { standing: clock.into(), by_customer })).await?;
        count += 1;
    }
    Ok(count)
}

/// What the last wait of a clock is for, unless it is over.
fn waits_for(clock: &Clock) -> Option<PauseReason> {
    clock.history.iter().rev().find_map(|entry| match entry.what {
        What::Paused { reason, .. } => Some(Some(reason)),
        What::Resumed | What::CustomerWrote => Some(None),
        _ => None,
    })?
}

/// Whether the last wait of a clock began before an instant: a message from before it is no answer.
fn waits_since_before(clock: &Clock, at: Timestamp) -> bool {
    let waits = clock.history.iter().filter(|entry| matches!(entry.what, What::Paused { .. }));
    waits.map(|entry| entry.at).max().is_some_and(|since| since <= at)
}

/// Gives an open clock another limit, counted from its start, for a reason.
///
/// # Errors
/// `not_found` when it is not there or over; `validation_failed`; the storage codes.
pub async fn extend(tx: &Tx<'_>, clock: ClockId, limit: Limit, reason: &str) -> Result<()> {
    let shelf = Shelf::at(tx).await?;
    let edit = open(tx, clock, &shelf).await?;
    let policy = Policy { limit, ..edit.after.terms.policy.clone() };
    policy.check()?;
    let reason = clean_text("reason", reason, MAX_REASON)?;
    let former = edit.former();
    let terms = edit.after.terms.extended(policy);
    let former_due_at = former.due;
    let tell = |clock: &Clock| tx.emit(&ClockExtended { standing: clock.into(), former_due_at });
    change(tx, edit, terms, What::Extended { reason, former }, tell).await
}

/// Puts an open clock under another rule, counted from its start, for a reason; its warnings are not repeated, and
/// extensions under the former rule are over. Nothing happens when the rule is the same, extended or not.
///
/// # Errors
/// `not_found` when it is not there or over; `validation_failed`; the storage codes.
pub async fn change_terms(tx: &Tx<'_>, clock: ClockId, terms: ClockTerms, reason: &str) -> Result<()> {
    let shelf = Shelf::at(tx).await?;
    let edit = open(tx, clock, &shelf).await?;
    if edit.after.terms.of_its_rule() == terms {
        return Ok(());
    }
    terms.policy.check()?;
    let reason = clean_text("reason", reason, MAX_REASON)?;
    let former = edit.former();
    let (former_key, former_due_at) = (former.key.clone(), former.due);
    let tell = |clock: &Clock| tx.emit(&ClockChanged { standing: clock.into(), former_key, former_due_at });
    change(tx, edit, terms, What::Changed { reason, former }, tell).await
}

async fn open<'s>(tx: &Tx<'_>, clock: ClockId, shelf: &'s Shelf) -> Result<Edit<'s>> {
    let mut edit = Edit::hold(tx, clock, shelf).await?;
    edit.catch_up(tx)?;
    if edit.after.open { Ok(edit) } else { Err(not_found()) }
}

async fn change(
    tx: &Tx<'_>,
    mut edit: Edit<'_>,
    terms: ClockTerms,
    what: What,
    tell: impl FnOnce(&Clock) -> Result<()>,
) -> Result<()> {
    let at = edit.present(tx);
    edit.note(tx, at, what);
    edit.set_terms(terms);
    edit.save(tx, tell).await.map(drop)
}

/// When a clock became late, as far as that was noted.
///
/// # Errors
/// The storage codes.
pub async fn breached_at(tx: &StoreTx<'_>, clock: ClockId) -> Result<Option<Timestamp>> {
    store::breached_at(tx, clock).await
}

/// When which clock of some cases was extended, by case, in the order of time.
///
/// # Errors
/// The storage codes.
pub async fn extended_of(
    tx: &StoreTx<'_>,
    cases: &[Uuid],
) -> Result<HashMap<Uuid, Vec<(Timestamp, String)>>> {
    let mut found: HashMap<Uuid, Vec<(Timestamp, String)>> = HashMap::new();
    for (case, key, history) in store::extended_of(tx, cases).await? {
        let extensions = history.into_iter().filter(|entry| entry.what.is_extension());
        let key_then =
            |entry: &Entry| entry.what.former().map_or_else(|| key.clone(), |former| former.key.clone());
        found.entry(case).or_default().extend(extensions.map(|entry| (entry.at, key_then(&entry))));
    }
    found.values_mut().for_each(|extensions| extensions.sort());
    Ok(found)
}

/// The name of a clock.
///
/// # Errors
/// The storage codes.
pub async fn name_of(tx: &StoreTx<'_>, clock: ClockId) -> Result<Option<Text>> {
    store::name(tx, clock).await
}

/// The open clocks of a subject.
///
/// # Errors
/// The storage codes.
pub async fn open_of(tx: &StoreTx<'_>, subject: Subject) -> Result<Vec<OpenClock>> {
    store::open_of(tx, subject).await
}

/// The clocks of a case, what they come to together, and the one that presses most.
///
/// # Errors
/// The storage codes.
pub async fn of_case(tx: &StoreTx<'_>, case: impl Into<Uuid>, now: Timestamp) -> Result<CaseClocks> {
    let clocks = store::of_case(tx, case.into()).await?;
    Ok(CaseClocks::of(views(tx, clocks, now).await?))
}

/// The clocks of a subject, what they come to together, and the one that presses most.
///
/// # Errors
/// The storage codes.
pub async fn of_subject(tx: &StoreTx<'_>, subject: Subject, now: Timestamp) -> Result<CaseClocks> {
    let clocks = store::of_subjects(tx, &[subject.id]).await?;
    Ok(CaseClocks::of(views(tx, clocks, now).await?))
}

/// The clocks of several subjects by the subject's id.
///
/// # Errors
/// The storage codes.
pub async fn of_subjects(
    tx: &StoreTx<'_>,
    subjects: &[Uuid],
    now: Timestamp,
) -> Result<HashMap<Uuid, Vec<ClockView>>> {
    let mut found: HashMap<Uuid, Vec<ClockView>> = HashMap::new();
    for view in views(tx, store::of_subjects(tx, subjects).await?, now).await? {
        found.entry(view.subject_id).or_default().push(view);
    }
    Ok(found)
}

async fn views(tx: &StoreTx<'_>, clocks: Vec<Clock>, now: Timestamp) -> Result<Vec<ClockView>> {
    let shelf = Shelf::at(tx).await?;
    clocks.iter().map(|clock| ClockView::of(clock, &shelf, rules::assess(clock, &shelf, now)?)).collect()
}

/// The open clock of a case that presses most: that with the earliest deadline, and one on hold only when none runs.
///
/// # Errors
/// The storage codes.
pub async fn alarm_of(tx: &StoreTx<'_>, case: impl Into<Uuid>) -> Result<Option<Alarm>> {
    Ok(store::alarms(tx, &[case.into()]).await?.into_iter().next().map(|(_, alarm)| alarm))
}

/// [`alarm_of`] for the cases of a list.
///
/// # Errors
/// The storage codes.
pub async fn alarms_of(tx: &StoreTx<'_>, cases: &[Uuid]) -> Result<HashMap<Uuid, Alarm>> {
    let mut found = HashMap::new();
    for (case, alarm) in store::alarms(tx, cases).await? {
        found.entry(case).or_insert(alarm);
    }
    Ok(found)
}
