//! Doing what the plan says.

use std::collections::BTreeSet;

use heard_kernel::Result;
use heard_platform::{
    directory::{self, TeamId, UserId},
    rights::BuiltIn,
    roles,
};
use heard_runtime::Tx;

use super::model::Deed;
use crate::{
    alerts::{self, AlertKind, Params},
    cases::{self, Case, CaseId, Role, check_active, edit::Edit},
    clocks::{Subject, SubjectKind},
    handovers,
    plans::{Action, Recipient},
    tasks,
};

/// Why actions are taken, as people are told.
pub(super) struct Occasion {
    /// What alerts are about.
    pub(super) kind: AlertKind,
    /// What alerts name.
    pub(super) params: Params,
    /// What the clock is on.
    pub(super) subject: Option<Subject>,
}

/// Takes actions on a case, one after the other. Nothing is done on a case that is over. Whoever an action told is not told
/// the same by the next one.
pub(super) async fn take(
    tx: &Tx<'_>,
    id: CaseId,
    actions: &[Action],
    occasion: &Occasion,
) -> Result<Vec<Deed>> {
    let mut deeds = Vec::with_capacity(actions.len());
    let mut told = Told::default();
    for action in actions {
        let case = cases::store::load(tx, id).await?.filter(|case| check_active(case).is_ok());
        let count = match &case {
            Some(case) => take_one(tx, case, action, occasion, &mut told).await?,
            None => 0,
        };
        deeds.push(Deed { action: action.clone(), done: count > 0, count });
    }
    Ok(deeds)
}

/// Who was told so far.
#[derive(Default)]
struct Told(BTreeSet<UserId>);

impl Told {
    /// Tells those who do not know yet; counts all who know now.
    async fn tell(
        &mut self,
        tx: &Tx<'_>,
        case: &Case,
        kind: AlertKind,
        users: Vec<UserId>,
        occasion: &Occasion,
    ) -> Result<usize> {
        let (known, new): (BTreeSet<_>, BTreeSet<_>) =
            users.into_iter().partition(|user| self.0.contains(user));
        self.0.extend(&new);
        let new: Vec<UserId> = new.into_iter().collect();
        Ok(known.len() + alerts::raise(tx, case, kind, &new, occasion.params.clone()).await?)
    }
}

async fn take_one(
    tx: &Tx<'_>,
    case: &Case,
    action: &Action,
    occasion: &Occasion,
    told: &mut Told,
) -> Result<usize> {
    match action {
        Action::Notify { to } => {
            let mut users = Vec::new();
            for recipient in to {
                users.extend(people(tx, case, recipient, occasion.subject).await?);
            }
            told.tell(tx, case, occasion.kind, users, occasion).await
        }
        Action::RaiseSeverity => Ok(usize::from(cases::raise_severity(tx, case.id).await?.is_some())),
        Action::Reassign { department } => reassign(tx, case.id, department).await,
        Action::JoinDepartments { departments } => {
            let name = &occasion.params.name;
            handovers::join(tx, case.id, departments, name.in_locale(heard_kernel::Locale::ZhCn)).await
        }
        Action::ReportToSuperior => {
            let users = alerts::superiors(tx, case).await?;
            told.tell(tx, case, AlertKind::Report, users, occasion).await
        }
    }
}

async fn people(
    tx: &Tx<'_>,
    case: &Case,
    recipient: &Recipient,
    subject: Option<Subject>,
) -> Result<Vec<UserId>> {
    Ok(match recipient {
        Recipient::Owner => case.owner_id.into_iter().collect(),
        Recipient::Responsible => responsible(tx, case, subject).await?,
        Recipient::Team => members(tx, case.team_id).await?,
        Recipient::TeamLead => match case.team_id {
            Some(team) => directory::lead_of(tx, team).await?.into_iter().collect(),
            None => Vec::new(),
        },
        Recipient::Watchers => {
            let people = cases::store::people(tx, &[case.id]).await?.remove(&case.id).unwrap_or_default();
            people.of(Role::Watcher).collect()
        }
        Recipient::Managers => roles::holders(tx, BuiltIn::Manager).await?,
        Recipient::User { user_id } => vec![*user_id],
    })
}

async fn members(tx: &Tx<'_>, team: Option<TeamId>) -> Result<Vec<UserId>> {
    match team {
        Some(team) => directory::user_ids_of(tx, team).await,
        None => Ok(Vec::new()),
    }
}

/// Who has to keep a clock: who does what it is on, or the team that this lies with; else the owner of the case, or its team
/// while nobody owns it.
async fn responsible(tx: &Tx<'_>, case: &Case, subject: Option<Subject>) -> Result<Vec<UserId>> {
    let (user, team) = match subject {
        Some(Subject { kind: SubjectKind::Task, id }) => tasks::doer(tx, case.id, id.into()).await?,
        Some(Subject { kind: SubjectKind::HandOver, id }) => handovers::doer(tx, case.id, id.into()).await?,
        _ => (None, None),
    };
    match (user, team) {
        (Some(user), _) => Ok(vec![user]),
        (None, Some(team)) => members(tx, Some(team)).await,
        (None, None) => match case.owner_id {
            Some(owner) => Ok(vec![owner]),
            None => members(tx, case.team_id).await,
        },
    }
}

/// Gives the case to the team of a department. Nobody there owns it yet.
async fn reassign(tx: &Tx<'_>, id: CaseId, department: &str) -> Result<usize> {
    let mut edit = Edit::hold(tx, id).await?;
    let team = edit.plan.plan.department(department).and_then(|department| department.team_id);
    let Some(team) = team.filter(|team| edit.after.team_id != Some(*team)) else { return Ok(0) };
    edit.after.team_id = Some(team);
    edit.after.owner_id = None;
    edit.after.department_key = Some(department.to_owned());
    edit.save(tx).await?;
    Ok(1)
}
