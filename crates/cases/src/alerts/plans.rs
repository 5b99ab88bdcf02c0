//! Who is told that a version of a plan waits for review, and what became of it.

use heard_kernel::Result;
use heard_platform::{directory::UserId, roles};
use heard_runtime::{Event as _, LocalFuture, Reactor, StoredEvent, Tx};

use super::{
    model::{About, AlertKind, Params},
    service::raise_beside_cases,
};
use crate::{
    plans::{
        self, PlanVersion, PlanVersionId, VersionApproved, VersionSentBack, VersionState, VersionSubmitted,
    },
    rights::{PLAN_APPROVE, RIGHTS},
};

/// Tells users of the reviews of plans.
pub(super) struct Reviews;

impl Reactor for Reviews {
    fn name(&self) -> &'static str {
        "cases.plan_alerts"
    }

    fn wants(&self, kind: &str) -> bool {
        [VersionSubmitted::KIND, VersionSentBack::KIND, VersionApproved::KIND].contains(&kind)
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let Some(id) = event.id_of("plan_version_id").map(PlanVersionId) else { return Ok(()) };
            let Some((line, version)) = plans::find_version(tx, id).await? else { return Ok(()) };
            let (kind, mut users) = match event.kind.as_str() {
                // What was decided by now waits for nobody.
                VersionSubmitted::KIND if version.state != VersionState::Review => return Ok(()),
                VersionSubmitted::KIND => (AlertKind::PlanSubmitted, reviewers(tx, &version).await?),
                VersionSentBack::KIND => (AlertKind::PlanSentBack, authors(&version)),
                _ => (AlertKind::PlanApproved, authors(&version)),
            };
            // Nobody is told what they did themselves.
            users.retain(|user| Some(user.0) != event.actor_id);
            let params = Params { number: version.no.to_string(), name: line.name, ..Params::default() };
            let about = About::Plan(version.plan_id, version.id);
            raise_beside_cases(tx, about, kind, &users, params).await.map(drop)
        })
    }
}

/// Who wrote a version: who saved it last and who gave it to review.
fn authors(version: &PlanVersion) -> Vec<UserId> {
    version.submitted_by.into_iter().chain(version.edited_by).collect()
}

/// Who may approve a version and did not write it.
async fn reviewers(tx: &Tx<'_>, version: &PlanVersion) -> Result<Vec<UserId>> {
    let Some(right) = RIGHTS.iter().find(|def| def.right == PLAN_APPROVE) else { return Ok(Vec::new()) };
    let mut users = roles::holders_of_right(tx, right).await?;
    let authors = authors(version);
    users.retain(|user| !authors.contains(user));
    Ok(users)
}
