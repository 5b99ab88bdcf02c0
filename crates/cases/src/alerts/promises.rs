//! Who is told that a promise is due, and that it was broken.

use heard_desk::conversations;
use heard_kernel::{Actor, Result};
use heard_platform::{
    directory::{self, UserId},
    rights::BuiltIn,
    roles,
};
use heard_runtime::{Event as _, LocalFuture, Reactor, StoredEvent, Tx};

use super::{
    model::{About, AlertKind, Params},
    service::{raise, raise_beside_cases},
};
use crate::{
    cases::{self, CaseId},
    clocks::{self, ClockBreached, ClockWarned, Standing, SubjectKind},
    promises::{self, PromiseId, PromiseReassigned},
};

/// Share of the time of a promise, in percent, from which on its owner is told that it must be kept.
const NEAR: u16 = 80;

/// Tells who has to keep a promise that it is theirs by now and that it is due, and them and whoever answers for it that it was broken.
pub(super) struct Promises;

impl Reactor for Promises {
    fn name(&self) -> &'static str {
        "cases.promise_alerts"
    }

    fn wants(&self, kind: &str) -> bool {
        [ClockWarned::KIND, ClockBreached::KIND, PromiseReassigned::KIND].contains(&kind)
    }

    fn concerns(&self, event: &StoredEvent) -> bool {
        let on = event.data.get("subject_kind").and_then(serde_json::Value::as_str);
        event.kind == PromiseReassigned::KIND || on == Some(SubjectKind::Promise.as_str())
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let (kind, standing) = match event.kind.as_str() {
                PromiseReassigned::KIND => {
                    let given = event.decode::<PromiseReassigned>()?;
                    return match given {
                        Some(given) => handed_on(tx, given.standing.promise_id).await,
                        None => Ok(()),
                    };
                }
                ClockWarned::KIND => {
                    // After downtime, or of a promise that was entered late, the warning comes together with the breach, which says it.
                    let now = tx.now();
                    let near = |warned: &ClockWarned| {
                        (NEAR..100).contains(&warned.share)
                            && warned.standing.due_at.is_none_or(|due| due > now)
                    };
                    let Some(warned) = event.decode::<ClockWarned>()?.filter(near) else { return Ok(()) };
                    (AlertKind::PromiseNear, warned.standing)
                }
                _ => {
                    let Some(breached) = event.decode::<ClockBreached>()? else { return Ok(()) };
                    (AlertKind::PromiseBroken, breached.standing)
                }
            };
            if standing.subject_kind != SubjectKind::Promise {
                return Ok(());
            }
            match standing.case_id.map(CaseId) {
                Some(case) => in_case(tx, case, kind, &standing).await,
                None => in_conversation(tx, kind, &standing).await,
            }
        })
    }
}

/// Whoever has to keep a promise from now on is told.
async fn handed_on(tx: &Tx<'_>, id: PromiseId) -> Result<()> {
    let Some(promise) = promises::find(tx, id).await? else { return Ok(()) };
    let Some(case) = promise.case_id.map(CaseId) else { return Ok(()) };
    let Some(case) = cases::store::load(tx, case).await? else { return Ok(()) };
    let name = clocks::name_of(tx, promise.clock_id).await?.unwrap_or_default();
    let params = Params { name, ..Params::default() };
    raise(tx, &case, AlertKind::PromiseGiven, &[promise.owner_id], params).await.map(drop)
}

async fn in_case(tx: &Tx<'_>, id: CaseId, kind: AlertKind, clock: &Standing) -> Result<()> {
    let Some(case) = cases::store::load(tx, id).await? else { return Ok(()) };
    let mut users: Vec<UserId> = clock.owner_id.into_iter().collect();
    if kind == AlertKind::PromiseBroken {
        users.extend(case.owner_id);
    }
    let name = clocks::name_of(tx, clock.clock_id).await?.unwrap_or_default();
    raise(tx, &case, kind, &users, Params { name, ..Params::default() }).await.map(drop)
}

/// A promise without a case has no chain of a plan: whoever leads its owner answers for it.
async fn in_conversation(tx: &Tx<'_>, kind: AlertKind, clock: &Standing) -> Result<()> {
    let Some(promise) = promises::find(tx, PromiseId(clock.subject_id)).await? else { return Ok(()) };
    let mut users = vec![promise.owner_id];
    if kind == AlertKind::PromiseBroken {
        users.extend(leads_of(tx, promise.owner_id).await?);
    }
    let about = promise.conversation_id.map_or(About::Nothing, About::Conversation);
    let number = match promise.conversation_id {
        Some(id) => match conversations::one(tx, &Actor::system(), id).await {
            Ok(found) => found.loaded.conversation.no.to_string(),
            Err(error) if error.is(heard_kernel::codes::NOT_FOUND) => String::new(),
            Err(error) => return Err(error),
        },
        None => String::new(),
    };
    let name = clocks::name_of(tx, clock.clock_id).await?.unwrap_or_default();
    let params = Params { number, name, ..Params::default() };
    raise_beside_cases(tx, about, kind, &users, params).await.map(drop)
}

/// Who leads the teams of a user; the managers when nobody does.
async fn leads_of(tx: &Tx<'_>, user: UserId) -> Result<Vec<UserId>> {
    let mut leads = Vec::new();
    for team in directory::team_ids_of(tx, user).await? {
        leads.extend(directory::lead_of(tx, team).await?.filter(|lead| *lead != user));
    }
    if leads.is_empty() {
        leads = roles::holders(tx, BuiltIn::Manager).await?;
    }
    Ok(leads)
}
