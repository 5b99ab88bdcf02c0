//! What can be done with replays.

use std::collections::HashSet;

use heard_kernel::{Actor, Code, Error, Result};
use heard_platform::directory::UserId;
use heard_runtime::Ctx;
use heard_store::Tx;
use uuid::Uuid;

use super::{
    events::ReplayAsked,
    jobs::{RunReplay, shelved},
    model::{NewReplay, PlanReplay, ReplayId, ReplayState},
    store,
};
use crate::{
    cases,
    plans::{self, PlanVersionId},
    rights::{PLAN_READ, READ_ALL},
};

/// The period ends before it begins.
pub(crate) const PERIOD_BACKWARDS: Code = Code::new("period_backwards", 422);
/// The period is longer than a replay takes (`params.max` days).
pub(crate) const REPLAY_PERIOD_TOO_LONG: Code = Code::new("replay_period_too_long", 422);
/// There are more cases in the period than a replay takes (`params.max`).
pub(crate) const REPLAY_TOO_MANY_CASES: Code = Code::new("replay_too_many_cases", 422);
/// Others are being reckoned; ask again when one is finished.
pub(crate) const REPLAYS_BUSY: Code = Code::new("replays_busy", 409);

/// Days of a period at most.
pub const MAX_DAYS: i64 = 400;
/// Cases of a replay at most.
pub const MAX_CASES: usize = 50_000;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// How long replays are kept.
const KEPT: i64 = 90 * DAY;
/// Replays that are not finished at the same time.
const AT_ONCE: usize = 4;
/// Replays of a version that are shown.
const SHOWN: usize = 20;

fn require(actor: &Actor) -> Result<()> {
    actor.require(PLAN_READ)?;
    actor.require(READ_ALL)
}

/// Asks what a version of a plan would have meant for the cases of a period. One that is being reckoned already for
/// the same question is given back.
///
/// # Errors
/// `forbidden`, `not_found`, `validation_failed`, `replay_too_many_cases`, `replays_busy`; the storage codes.
pub async fn ask(ctx: &Ctx, actor: &Actor, version: PlanVersionId, wish: NewReplay) -> Result<ReplayId> {
    require(actor)?;
    check_period(&wish)?;
    let counted = wish.clone();
    let read = ctx.read(async move |tx| {
        let pinned = plans::pinned(tx, version).await?;
        let total = cases::how_many(tx, &shelved(&counted, &pinned.plan), MAX_CASES + 1).await?;
        Ok((pinned.plan_id, total))
    });
    // Counted before, so that nobody waits for it; how many there are does not hang on who else asks.
    let (plan_id, total) = read.await?;
    if usize::try_from(total).is_ok_and(|total| total > MAX_CASES) {
        return Err(Error::new(REPLAY_TOO_MANY_CASES).with("max", MAX_CASES));
    }
    ctx.tx(actor, async move |tx| {
        let unfinished = store::unfinished_to_change(tx, tx.now().plus_millis(-HOUR)).await?;
        let same = |replay: &&PlanReplay| replay.version_id == version && replay.wish == wish;
        if let Some(known) = unfinished.iter().find(same) {
            return Ok(known.id);
        }
        if unfinished.len() >= AT_ONCE {
            return Err(Error::new(REPLAYS_BUSY));
        }
        let replay = PlanReplay {
            id: tx.new_id(),
            version_id: version,
            wish: wish.clone(),
            state: ReplayState::Queued,
            total,
            done: 0,
            error: None,
            asked_by: cases::acting_user(tx.actor()),
            asked_at: tx.now(),
            finished_at: None,
            result: None,
        };
        store::forget_before(tx, tx.now().plus_millis(-KEPT)).await?;
        store::insert(tx, &replay).await?;
        tx.enqueue(&RunReplay { replay_id: replay.id }).await?;
        tx.emit(&ReplayAsked { plan_id, plan_version_id: version, replay_id: replay.id, cases: total })?;
        Ok(replay.id)
    })
    .await
}

fn check_period(wish: &NewReplay) -> Result<()> {
    let length = wish.to.millis_since(wish.from);
    if length <= 0 {
        return Err(Error::field("to", PERIOD_BACKWARDS));
    }
    if length > MAX_DAYS * DAY {
        return Err(Error::field("from", REPLAY_PERIOD_TOO_LONG).with("max", MAX_DAYS));
    }
    Ok(())
}

/// A replay with its result. Cases from which the reader is recused are counted but not listed.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn get(tx: &Tx<'_>, actor: &Actor, id: ReplayId) -> Result<PlanReplay> {
    require(actor)?;
    let mut replay = store::one(tx, id).await?.ok_or_else(|| Error::not_found("plan_replay"))?;
    if let (Some(result), Ok(me)) = (&mut replay.result, actor.user_id()) {
        let hidden: HashSet<Uuid> =
            cases::recused_from(tx, UserId(me)).await?.into_iter().map(|case| case.0).collect();
        for rule in &mut result.rules {
            rule.examples.retain(|shown| !hidden.contains(&shown.case_id));
        }
    }
    Ok(replay)
}

/// The latest replays of a version, without their results.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn list(tx: &Tx<'_>, actor: &Actor, version: PlanVersionId) -> Result<Vec<PlanReplay>> {
    require(actor)?;
    plans::pinned(tx, version).await?;
    store::latest(tx, version, SHOWN).await
}

#[cfg(test)]
mod tests {
    use heard_kernel::Timestamp;

    use super::*;

    fn wish(days: i64) -> NewReplay {
        let from = Timestamp::from_millis(0);
        NewReplay { from, to: from.plus_millis(days * DAY), type_key: None, category_key: None }
    }

    #[test]
    fn a_period_has_a_length() {
        assert!(check_period(&wish(1)).is_ok() && check_period(&wish(MAX_DAYS)).is_ok());
        assert!(check_period(&wish(0)).is_err() && check_period(&wish(-1)).is_err());
        assert!(check_period(&wish(MAX_DAYS + 1)).is_err());
    }
}
