//! What starts escalations.

use heard_kernel::Result;
use heard_runtime::{Event as _, LocalFuture, Reactor, StoredEvent, Tx};
use serde_json::Value;

use super::{
    actions::{self, Occasion},
    model::Escalation,
    rules::{self, Occurrence},
    store,
};
use crate::{
    alerts::{AlertKind, Params},
    cases::{self, Case, CaseId, Classified, Opened},
    clocks::{self, ClockBreached, ClockId, ClockOverdue, ClockWarned, Standing, Subject},
    plans::{self, Action},
};

/// Follows clocks and takes the steps of their chains.
pub(crate) struct Chains;

impl Reactor for Chains {
    fn name(&self) -> &'static str {
        "cases.escalations"
    }

    fn wants(&self, kind: &str) -> bool {
        [ClockWarned::KIND, ClockBreached::KIND, ClockOverdue::KIND].contains(&kind)
    }

    fn concerns(&self, event: &StoredEvent) -> bool {
        // Without a chain nobody is told, so the case need not be read.
        event.data.get("escalation").is_some_and(Value::is_string)
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let Some((standing, occurrence)) = occurrence(event)? else { return Ok(()) };
            let Some(id) = standing.case_id.map(CaseId) else { return Ok(()) };
            let Some(case) = cases::store::load(tx, id).await? else { return Ok(()) };
            chain(tx, &case, &standing, occurrence).await
        })
    }
}

fn occurrence(event: &StoredEvent) -> Result<Option<(Standing, Occurrence)>> {
    Ok(match event.kind.as_str() {
        // The breach is told of by its own event.
        ClockWarned::KIND => event
            .decode::<ClockWarned>()?
            .filter(|warned| warned.share != 100)
            .map(|warned| (warned.standing, Occurrence::Share(warned.share))),
        ClockBreached::KIND => {
            event.decode::<ClockBreached>()?.map(|breached| (breached.standing, Occurrence::Share(100)))
        }
        ClockOverdue::KIND => {
            event.decode::<ClockOverdue>()?.map(|late| (late.standing, Occurrence::Overdue(late.minutes)))
        }
        _ => None,
    })
}

async fn chain(tx: &Tx<'_>, case: &Case, clock: &Standing, occurrence: Occurrence) -> Result<()> {
    let pinned = plans::pinned(tx, case.plan_version_id).await?;
    let Some(chain) = clock.escalation.as_deref().and_then(|key| pinned.plan.escalation(key)) else {
        return Ok(());
    };
    let name = clocks::name_of(tx, clock.clock_id).await?.unwrap_or_default();
    // After a stop of hours a warning may come when the deadline has passed: what is said is how it stands.
    let passed = clock.due_at.is_some_and(|due| due <= tx.now());
    let (kind, share, minutes) = match occurrence {
        Occurrence::Share(share) if share < 100 && passed => (AlertKind::ClockBreached, Some(100), None),
        Occurrence::Share(share) if share < 100 => (AlertKind::ClockWarned, Some(share), None),
        Occurrence::Share(share) => (AlertKind::ClockBreached, Some(share), None),
        Occurrence::Overdue(minutes) => (AlertKind::ClockOverdue, None, Some(minutes)),
    };
    let subject = Some(Subject::new(clock.subject_kind, clock.subject_id));
    let occasion = Occasion { kind, params: Params { name, share, minutes, ..Params::default() }, subject };
    for (no, step) in rules::steps_for(chain, occurrence) {
        let once = Once {
            key: format!("clock:{}:{}:{no}", clock.clock_id, chain.key),
            clock_id: Some(clock.clock_id),
            rule_key: &chain.key,
            step_no: no,
        };
        escalate(tx, case, once, &step.actions, &occasion).await?;
    }
    Ok(())
}

/// What is done once.
struct Once<'a> {
    key: String,
    clock_id: Option<ClockId>,
    rule_key: &'a str,
    step_no: i64,
}

async fn escalate(
    tx: &Tx<'_>,
    case: &Case,
    once: Once<'_>,
    wanted: &[Action],
    occasion: &Occasion,
) -> Result<()> {
    let mut escalation = Escalation {
        id: tx.new_id(),
        case_id: case.id,
        occasion: once.key,
        clock_id: once.clock_id,
        rule_key: once.rule_key.to_owned(),
        step_no: once.step_no,
        at: tx.now(),
        done: Vec::new(),
    };
    if !store::claim(tx, &escalation).await? {
        return Ok(());
    }
    escalation.done = actions::take(tx, case.id, wanted, occasion).await?;
    store::note(tx, escalation.id, &escalation).await
}

/// Follows cases and raises the alarms of the plan when a case becomes such as they describe.
pub(crate) struct Alarms;

impl Reactor for Alarms {
    fn name(&self) -> &'static str {
        "cases.plan_alarms"
    }

    fn wants(&self, kind: &str) -> bool {
        [Opened::KIND, Classified::KIND].contains(&kind)
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let Some(id) = event.id_of("case_id").map(CaseId) else { return Ok(()) };
            let Some(case) = cases::store::load(tx, id).await? else { return Ok(()) };
            let pinned = plans::pinned(tx, case.plan_version_id).await?;
            for alarm in pinned.plan.alarms_for(&cases::edit::facts(&case)) {
                let once = Once {
                    key: format!("alarm:{id}:{}", alarm.key),
                    clock_id: None,
                    rule_key: &alarm.key,
                    step_no: 0,
                };
                let params = Params { name: alarm.name.clone(), ..Params::default() };
                let occasion = Occasion { kind: AlertKind::Alarm, params, subject: None };
                escalate(tx, &case, once, &alarm.actions, &occasion).await?;
            }
            Ok(())
        })
    }
}
