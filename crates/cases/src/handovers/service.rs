//! What can be done with hand-overs.

use heard_kernel::{
    Actor, Code, Error, REQUIRED, Result, clean_text,
    clock_policy::{Limit, Policy},
};
use heard_platform::directory::{TeamId, UserId};
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;

use super::{
    events::{
        HandoverAccepted, HandoverAsked, HandoverClosed, HandoverDone, HandoverReopened, HandoverSentBack,
        HandoverWithdrawn,
    },
    model::{Handover, HandoverId, HandoverState, NewHandover},
    rules, store,
};
use crate::{
    cases::{self, AT_ONCE, CaseId, SHORT, TOO_MANY, Tally, acting_user, edit::Edit, given_reason},
    clocks::{self, ClockTerms, NewClock, Subject, SubjectKind},
    ground::{at_work, readable},
    plans::{Plan, Text},
    rights,
    tasks::DEPARTMENT_UNKNOWN,
};

/// The department is not tied to a team yet (`params.key`); an administrator does that in the plan.
pub(crate) const DEPARTMENT_WITHOUT_TEAM: Code = Code::new("department_without_team", 409);
/// The whole case goes to one department at a time; joint handling brings in several.
pub(crate) const HANDOVER_ONE_DEPARTMENT: Code = Code::new("handover_one_department", 422);
/// The department is dealing with it already (`params.no`).
pub(crate) const HANDOVER_UNDER_WAY: Code = Code::new("handover_under_way", 409);

/// Another department was asked to take the whole case and has not answered yet (`params.no`).
pub(crate) const HANDOVER_UNANSWERED: Code = Code::new("handover_unanswered", 409);

/// Asks departments to take a case or a part of it.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `department_without_team`, `handover_one_department`,
/// `handover_under_way`, `handover_unanswered`, `validation_failed`; the storage codes.
pub async fn ask(tx: &Tx<'_>, id: CaseId, new: NewHandover) -> Result<Vec<Handover>> {
    let edit = at_work(tx, id).await?;
    let targets = targets(&edit.plan.plan, &new)?;
    if targets.is_empty() {
        return Err(Error::field("departments", REQUIRED));
    }
    if targets.len() > AT_ONCE {
        return Err(Error::field("departments", TOO_MANY).with("max", AT_ONCE));
    }
    if targets.len() > 1 && !new.joint {
        return Err(Error::field("departments", HANDOVER_ONE_DEPARTMENT));
    }
    let mut asked = Vec::new();
    for (department, team) in targets {
        asked.push(ask_one(tx, &edit, department, team, &new).await?);
    }
    Ok(asked)
}

fn targets(plan: &Plan, new: &NewHandover) -> Result<Vec<(Option<String>, TeamId)>> {
    let mut targets = Vec::new();
    for key in &new.departments {
        let unknown = || Error::field("departments", DEPARTMENT_UNKNOWN).with("key", key);
        let team = plan.department(key).ok_or_else(unknown)?.team_id;
        let team = team.ok_or_else(|| Error::new(DEPARTMENT_WITHOUT_TEAM).with("key", key))?;
        targets.push((Some(key.clone()), team));
    }
    targets.extend(new.team_ids.iter().map(|team| (None, *team)));
    Ok(targets)
}

async fn ask_one(
    tx: &Tx<'_>,
    edit: &Edit,
    department_key: Option<String>,
    team_id: TeamId,
    new: &NewHandover,
) -> Result<Handover> {
    let case = &edit.after;
    cases::check_team(tx, "team_ids", team_id).await?;
    let mut known = store::of_case(tx, case.id).await?;
    let scope = clean_text("scope", &new.scope, SHORT)?;
    if !new.joint && scope.is_empty() {
        supersede(tx, edit, &mut known, team_id).await?;
    }
    let same = |other: &&Handover| other.state.is_open() && other.team_id == team_id && other.scope == scope;
    if let Some(other) = known.iter().find(same) {
        return Err(Error::new(HANDOVER_UNDER_WAY).with("no", other.no));
    }
    let whole = |other: &&Handover| other.state == HandoverState::Asked && rules::carries_case(other);
    if let Some(other) = known.iter().find(whole).filter(|_| !new.joint && scope.is_empty()) {
        return Err(Error::new(HANDOVER_UNANSWERED).with("no", other.no));
    }
    let mut handover = Handover {
        id: tx.new_id(),
        case_id: case.id,
        no: known.last().map_or(0, |last| last.no) + 1,
        department_key,
        team_id,
        scope,
        joint: new.joint,
        state: HandoverState::Asked,
        note: clean_text("note", &new.note, SHORT)?,
        handler_id: None,
        former_owner_id: None,
        former_team_id: None,
        due_at: None,
        result: String::new(),
        reason: String::new(),
        asked_at: tx.now(),
        asked_by: acting_user(tx.actor()),
        accepted_at: None,
        done_at: None,
        done_by: None,
        ended_at: None,
        ended_by: None,
    };
    if let Some(limit) = new.limit {
        handover.due_at = run_clock(tx, edit, &handover, limit).await?;
    }
    store::insert(tx, &handover).await?;
    if case.team_id != Some(team_id) {
        cases::change_teams(tx, case.id, &[team_id], &[]).await?;
    }
    cases::tally(tx, case.id, Tally::OpenHandovers, None, 1).await?;
    tx.emit(&HandoverAsked {
        standing: case.into(),
        handover_id: handover.id,
        to_team_id: team_id,
        joint: handover.joint,
    })?;
    Ok(handover)
}

/// A department that was asked to help, or helps already, gets the whole case instead: what it was asked first is over.
async fn supersede(tx: &Tx<'_>, edit: &Edit, known: &mut [Handover], team_id: TeamId) -> Result<()> {
    let waits = |other: &&mut Handover| {
        other.joint
            && other.team_id == team_id
            && matches!(other.state, HandoverState::Asked | HandoverState::Accepted)
            && other.scope.is_empty()
    };
    for handover in known.iter_mut().filter(waits) {
        end(tx, edit, handover, HandoverState::Withdrawn).await?;
        tx.emit(&HandoverWithdrawn {
            standing: (&edit.after).into(),
            handover_id: handover.id,
            to_team_id: handover.team_id,
        })?;
    }
    Ok(())
}

fn subject(id: HandoverId) -> Subject {
    Subject::new(SubjectKind::HandOver, id)
}

async fn run_clock(
    tx: &Tx<'_>,
    edit: &Edit,
    handover: &Handover,
    limit: Limit,
) -> Result<Option<heard_kernel::Timestamp>> {
    let policy = Policy::new(limit);
    policy.check()?;
    let name = Text { zh: format!("转办 {}", handover.no), en: format!("Hand-over {}", handover.no) };
    let plan = &edit.plan.plan;
    let terms = ClockTerms::in_chain("hand-over", name, policy, plan, plan.chains.handovers.as_ref());
    let new = NewClock {
        subject: subject(handover.id),
        case_id: Some(handover.case_id.0),
        owner_id: None,
        started_at: tx.now(),
        terms,
    };
    clocks::start(tx, new).await?;
    let shown = clocks::of_subject(tx, subject(handover.id), tx.now()).await?;
    Ok(shown.clocks.last().and_then(|clock| clock.assessment.due))
}

/// Brings departments in beside the owner, those that are not dealing with the case already. For escalations. Tells how
/// many were asked.
pub(crate) async fn join(tx: &Tx<'_>, id: CaseId, departments: &[String], note: &str) -> Result<usize> {
    let edit = at_work(tx, id).await?;
    let open = store::of_case(tx, id).await?;
    let mut count = 0;
    for key in departments {
        let Some(team) = edit.plan.plan.department(key).and_then(|department| department.team_id) else {
            continue;
        };
        let busy = edit.after.team_id == Some(team)
            || open.iter().any(|handover| handover.state.is_open() && handover.team_id == team);
        if !busy {
            let new = NewHandover { joint: true, note: note.to_owned(), ..NewHandover::default() };
            ask_one(tx, &edit, Some(key.clone()), team, &new).await?;
            count += 1;
        }
    }
    Ok(count)
}

async fn of(tx: &Tx<'_>, case: CaseId, id: HandoverId) -> Result<Handover> {
    store::one(tx, case, id).await?.ok_or_else(|| Error::not_found("handover"))
}

/// The department takes it. A hand-over of the whole case gives the case to the department.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `handover_state`; the storage codes.
pub async fn accept(tx: &Tx<'_>, case: CaseId, id: HandoverId) -> Result<Handover> {
    let mut edit = at_work(tx, case).await?;
    let mut handover = of(tx, case, id).await?;
    rules::check_department(tx.actor(), &handover)?;
    rules::check_state(&handover, &[HandoverState::Asked])?;
    handover.state = HandoverState::Accepted;
    handover.accepted_at = Some(tx.now());
    handover.handler_id = acting_user(tx.actor());
    take(&mut edit, &mut handover);
    store::save(tx, &handover).await?;
    tx.emit(&HandoverAccepted {
        standing: (&edit.after).into(),
        handover_id: id,
        to_team_id: handover.team_id,
        handler_id: handover.handler_id,
    })?;
    keep_in_sight(tx, &edit, &handover).await?;
    edit.save(tx).await?;
    Ok(handover)
}

/// Whose team had the case before still sees it.
async fn keep_in_sight(tx: &Tx<'_>, edit: &Edit, handover: &Handover) -> Result<()> {
    let former = handover.former_team_id.filter(|team| Some(*team) != edit.after.team_id);
    if let Some(team) = former {
        cases::store::add_team(tx, edit.after.id, team, tx.now()).await?;
    }
    if let Some(owner) = handover.former_owner_id.filter(|owner| Some(*owner) != edit.after.owner_id) {
        let person = cases::Person {
            case_id: edit.after.id,
            user_id: owner,
            role: cases::Role::Participant,
            since: tx.now(),
            reason: String::new(),
        };
        cases::store::add_person(tx, &person).await?;
    }
    Ok(())
}

/// The case goes to the department, if the whole of it was handed over.
fn take(edit: &mut Edit, handover: &mut Handover) {
    if rules::carries_case(handover) {
        handover.former_owner_id = edit.after.owner_id;
        handover.former_team_id = edit.after.team_id;
        edit.after.owner_id = handover.handler_id;
        edit.after.team_id = Some(handover.team_id);
    }
}

/// The case goes back to who had it before.
fn give_back(edit: &mut Edit, handover: &Handover) {
    if handover.accepted_at.is_some()
        && rules::carries_case(handover)
        && edit.after.team_id == Some(handover.team_id)
    {
        edit.after.owner_id = handover.former_owner_id;
        edit.after.team_id = handover.former_team_id;
    }
}

/// The department does not take it, or gives it back undone, with a reason.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `handover_state`, `validation_failed`; the storage codes.
pub async fn send_back(tx: &Tx<'_>, case: CaseId, id: HandoverId, reason: &str) -> Result<Handover> {
    let mut edit = at_work(tx, case).await?;
    let mut handover = of(tx, case, id).await?;
    rules::check_department(tx.actor(), &handover)?;
    rules::check_state(&handover, &[HandoverState::Asked, HandoverState::Accepted])?;
    handover.reason = given_reason(reason)?;
    give_back(&mut edit, &handover);
    end(tx, &edit, &mut handover, HandoverState::SentBack).await?;
    tx.emit(&HandoverSentBack {
        standing: (&edit.after).into(),
        handover_id: id,
        to_team_id: handover.team_id,
        asked_by: handover.asked_by,
    })?;
    edit.save(tx).await?;
    Ok(handover)
}

/// The department has done it; a case that it took goes back to who had it before.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `handover_state`, `validation_failed`; the storage codes.
pub async fn done(tx: &Tx<'_>, case: CaseId, id: HandoverId, result: &str) -> Result<Handover> {
    let mut edit = at_work(tx, case).await?;
    let mut handover = of(tx, case, id).await?;
    rules::check_department(tx.actor(), &handover)?;
    rules::check_state(&handover, &[HandoverState::Accepted])?;
    handover.result = clean_text("result", result, 20_000)?;
    if handover.result.is_empty() {
        return Err(Error::field("result", REQUIRED));
    }
    handover.state = HandoverState::Done;
    handover.done_at = Some(tx.now());
    handover.done_by = acting_user(tx.actor());
    give_back(&mut edit, &handover);
    store::save(tx, &handover).await?;
    clocks::fulfil(tx, subject(id), &[], tx.now()).await?;
    tx.emit(&HandoverDone {
        standing: (&edit.after).into(),
        handover_id: id,
        to_team_id: handover.team_id,
        asked_by: handover.asked_by,
    })?;
    cases::store::add_team(tx, case, handover.team_id, tx.now()).await?;
    edit.save(tx).await?;
    Ok(handover)
}

async fn end(tx: &Tx<'_>, edit: &Edit, handover: &mut Handover, state: HandoverState) -> Result<()> {
    handover.state = state;
    handover.ended_at = Some(tx.now());
    handover.ended_by = acting_user(tx.actor());
    store::save(tx, handover).await?;
    clocks::cancel(tx, subject(handover.id), &[], &handover.reason).await?;
    cases::tally(tx, edit.after.id, Tally::OpenHandovers, None, -1).await
}

/// Who asked is content with the result. Nobody is with their own.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `handover_state`, `handover_own`; the storage codes.
pub async fn close(tx: &Tx<'_>, case: CaseId, id: HandoverId) -> Result<Handover> {
    let edit = at_work(tx, case).await?;
    let mut handover = of(tx, case, id).await?;
    rules::check_state(&handover, &[HandoverState::Done])?;
    rules::check_not_own(tx.actor(), edit.after.owner_id, &handover)?;
    end(tx, &edit, &mut handover, HandoverState::Closed).await?;
    tx.emit(&HandoverClosed {
        standing: (&edit.after).into(),
        handover_id: id,
        to_team_id: handover.team_id,
    })?;
    Ok(handover)
}

/// Who asked is not content with the result: the department goes on with it, for a reason. It has its clock again, and
/// the case if it had it, unless another department has the case by now.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `handover_state`, `handover_under_way`, `validation_failed`; the
/// storage codes.
pub async fn reopen(tx: &Tx<'_>, case: CaseId, id: HandoverId, reason: &str) -> Result<Handover> {
    let mut edit = at_work(tx, case).await?;
    let mut handover = of(tx, case, id).await?;
    rules::check_state(&handover, &[HandoverState::Done])?;
    let elsewhere = |other: &&Handover| {
        matches!(other.state, HandoverState::Asked | HandoverState::Accepted) && rules::carries_case(other)
    };
    let known = store::of_case(tx, case).await?;
    if let Some(other) = known.iter().find(elsewhere).filter(|_| rules::carries_case(&handover)) {
        return Err(Error::new(HANDOVER_UNDER_WAY).with("no", other.no));
    }
    handover.reason = given_reason(reason)?;
    handover.state = HandoverState::Accepted;
    handover.done_at = None;
    handover.done_by = None;
    take(&mut edit, &mut handover);
    store::save(tx, &handover).await?;
    if let Some(clock) = clocks::stopped_of(tx, subject(id)).await?.last() {
        clocks::reopen(tx, clock.id, &handover.reason).await?;
    }
    tx.emit(&HandoverReopened {
        standing: (&edit.after).into(),
        handover_id: id,
        to_team_id: handover.team_id,
        handler_id: handover.handler_id,
    })?;
    keep_in_sight(tx, &edit, &handover).await?;
    edit.save(tx).await?;
    Ok(handover)
}

/// Who asked takes it back before it is done, with a reason.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `handover_state`, `validation_failed`; the storage codes.
pub async fn withdraw(tx: &Tx<'_>, case: CaseId, id: HandoverId, reason: &str) -> Result<Handover> {
    let mut edit = at_work(tx, case).await?;
    let mut handover = of(tx, case, id).await?;
    if handover.asked_by != acting_user(tx.actor()) {
        tx.actor().require(rights::ASSIGN)?;
    }
    rules::check_state(&handover, &[HandoverState::Asked, HandoverState::Accepted])?;
    handover.reason = given_reason(reason)?;
    give_back(&mut edit, &handover);
    end(tx, &edit, &mut handover, HandoverState::Withdrawn).await?;
    tx.emit(&HandoverWithdrawn {
        standing: (&edit.after).into(),
        handover_id: id,
        to_team_id: handover.team_id,
    })?;
    edit.save(tx).await?;
    Ok(handover)
}

/// The hand-overs of a case that the actor sees, in their order.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn list(tx: &StoreTx<'_>, actor: &Actor, id: CaseId) -> Result<Vec<Handover>> {
    readable(tx, actor, id).await?;
    of_case(tx, id).await
}

/// The hand-overs of a case, for slices that know who asks.
pub(crate) async fn of_case(tx: &StoreTx<'_>, id: CaseId) -> Result<Vec<Handover>> {
    store::of_case(tx, id).await
}

/// Who deals with a hand-over: the handler, or the team that it lies with.
pub(crate) async fn doer(
    tx: &StoreTx<'_>,
    case: CaseId,
    id: HandoverId,
) -> Result<(Option<UserId>, Option<TeamId>)> {
    let handover = store::one(tx, case, id).await?;
    Ok(handover.map_or((None, None), |handover| (handover.handler_id, Some(handover.team_id))))
}

/// What lies with the teams of the acting user, the oldest first, 200 at most.
///
/// # Errors
/// `forbidden`, `user_required`; the storage codes.
pub async fn inbox(tx: &StoreTx<'_>, actor: &Actor) -> Result<Vec<Handover>> {
    actor.require(rights::READ)?;
    actor.user_id()?;
    let teams: Vec<TeamId> = actor.team_ids.iter().copied().map(TeamId).collect();
    if teams.is_empty() { Ok(Vec::new()) } else { store::of_teams(tx, &teams, 200).await }
}
