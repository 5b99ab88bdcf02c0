//! Who is told when people work together on a case.

use heard_kernel::{Result, Right};
use heard_platform::{
    directory::{self, UserId},
    rights::BuiltIn,
    roles,
};
use heard_runtime::{Event as _, LocalFuture, Reactor, StoredEvent, Tx};
use uuid::Uuid;

use super::{
    model::{AlertKind, Params},
    service::raise,
};
use crate::{
    cases::{self, Case, CaseId},
    handovers::{HandoverAsked, HandoverDone, HandoverReopened, HandoverSentBack},
    plans,
    progress::{ProgressAnswered, ProgressRated, ProgressSaid},
    remedies::{self, RemedyAsked, RemedyGranted, RemedyRefused},
    rights::{APPROVE, READ_ALL, RIGHTS},
    tasks::TaskAssigned,
};

/// Tells users of hand-overs, tasks, remedies and what customers say on the progress page.
pub(crate) struct Collaboration;

const WANTED: [&str; 11] = [
    HandoverAsked::KIND,
    HandoverSentBack::KIND,
    HandoverDone::KIND,
    HandoverReopened::KIND,
    TaskAssigned::KIND,
    RemedyAsked::KIND,
    RemedyGranted::KIND,
    RemedyRefused::KIND,
    ProgressSaid::KIND,
    ProgressAnswered::KIND,
    ProgressRated::KIND,
];

/// A rating up to this says that the customer is not satisfied.
const LOW: i64 = 2;

impl Reactor for Collaboration {
    fn name(&self) -> &'static str {
        "cases.alerts"
    }

    fn wants(&self, kind: &str) -> bool {
        WANTED.contains(&kind)
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let Some(id) = event.id_of("case_id").map(CaseId) else { return Ok(()) };
            let Some(case) = cases::store::load(tx, id).await? else { return Ok(()) };
            let Some((kind, users)) = told(tx, &case, event).await? else { return Ok(()) };
            // Nobody is told what they did themselves.
            let users: Vec<UserId> =
                users.into_iter().filter(|user| Some(user.0) != event.actor_id).collect();
            let name = named(tx, &case, event).await?;
            raise(tx, &case, kind, &users, Params { name, ..Params::default() }).await.map(drop)
        })
    }
}

async fn told(tx: &Tx<'_>, case: &Case, event: &StoredEvent) -> Result<Option<(AlertKind, Vec<UserId>)>> {
    let user = |name: &str| event.id_of(name).map(UserId).into_iter().collect::<Vec<_>>();
    let asker = || -> Vec<UserId> {
        let mut users = user("asked_by");
        users.extend(case.owner_id);
        users
    };
    Ok(Some(match event.kind.as_str() {
        HandoverAsked::KIND => (AlertKind::HandoverAsked, members(tx, event.id_of("to_team_id")).await?),
        HandoverSentBack::KIND => (AlertKind::HandoverSentBack, asker()),
        HandoverDone::KIND => (AlertKind::HandoverDone, asker()),
        HandoverReopened::KIND => match user("handler_id") {
            named if !named.is_empty() => (AlertKind::HandoverReopened, named),
            _ => (AlertKind::HandoverReopened, members(tx, event.id_of("to_team_id")).await?),
        },
        TaskAssigned::KIND => match user("assignee_id") {
            named if !named.is_empty() => (AlertKind::TaskAssigned, named),
            _ => (AlertKind::TaskAssigned, members(tx, event.id_of("task_team_id")).await?),
        },
        RemedyAsked::KIND => (AlertKind::RemedyAsked, approvers(tx, case, event).await?),
        // What was granted at once is no news to who granted it, and they are the actor.
        RemedyGranted::KIND => (AlertKind::RemedyGranted, user("asked_by")),
        RemedyRefused::KIND => (AlertKind::RemedyRefused, user("asked_by")),
        ProgressSaid::KIND => (AlertKind::CustomerSaid, in_charge(tx, case).await?),
        ProgressAnswered::KIND => {
            let solved = event.data.get("solved").and_then(serde_json::Value::as_bool) == Some(true);
            if solved {
                return Ok(None);
            }
            (AlertKind::NotSolved, in_charge(tx, case).await?)
        }
        ProgressRated::KIND => {
            let score = event.data.get("score").and_then(serde_json::Value::as_i64);
            if score.is_none_or(|score| score > LOW) {
                return Ok(None);
            }
            (AlertKind::LowRating, in_charge(tx, case).await?)
        }
        _ => return Ok(None),
    }))
}

async fn members(tx: &Tx<'_>, team: Option<Uuid>) -> Result<Vec<UserId>> {
    match team {
        Some(team) => directory::user_ids_of(tx, team).await,
        None => Ok(Vec::new()),
    }
}

/// The owner or, while nobody owns it, the team.
pub(crate) async fn in_charge(tx: &Tx<'_>, case: &Case) -> Result<Vec<UserId>> {
    match case.owner_id {
        Some(owner) => Ok(vec![owner]),
        None => members(tx, case.team_id.map(|team| team.0)).await,
    }
}

/// The lead of the team that has a case, and the managers.
pub(crate) async fn superiors(tx: &Tx<'_>, case: &Case) -> Result<Vec<UserId>> {
    let mut users = roles::holders(tx, BuiltIn::Manager).await?;
    if let Some(team) = case.team_id {
        users.extend(directory::lead_of(tx, team).await?);
    }
    Ok(users)
}

/// Who is told that a remedy needs approval: the lead of the team that has the case, the managers, and whoever else may
/// approve it and sees the case, whatever their team.
async fn approvers(tx: &Tx<'_>, case: &Case, event: &StoredEvent) -> Result<Vec<UserId>> {
    let mut users = superiors(tx, case).await?;
    let Some(asked) = event.decode::<RemedyAsked>()? else { return Ok(users) };
    let pinned = plans::pinned(tx, case.plan_version_id).await?;
    let Some(remedy) = pinned.plan.remedy(&asked.remedy_key) else { return Ok(users) };
    let sees_all = holders(tx, READ_ALL).await?;
    for user in holders(tx, APPROVE).await? {
        if !users.contains(&user)
            && sees_all.contains(&user)
            && remedies::user_may_grant(tx, user, remedy, asked.amount).await?
        {
            users.push(user);
        }
    }
    Ok(users)
}

async fn holders(tx: &Tx<'_>, right: Right) -> Result<Vec<UserId>> {
    match RIGHTS.iter().find(|def| def.right == right) {
        Some(def) => roles::holders_of_right(tx, def).await,
        None => Ok(Vec::new()),
    }
}

/// The name of what an event is about, where the plan has one.
async fn named(tx: &Tx<'_>, case: &Case, event: &StoredEvent) -> Result<plans::Text> {
    let Some(key) = event.data.get("remedy_key").and_then(serde_json::Value::as_str) else {
        return Ok(plans::Text::default());
    };
    let pinned = plans::pinned(tx, case.plan_version_id).await?;
    Ok(pinned.plan.remedy(key).map(|remedy| remedy.name.clone()).unwrap_or_default())
}
