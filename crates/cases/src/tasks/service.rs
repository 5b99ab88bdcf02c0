//! What can be done with tasks.

use heard_kernel::{Actor, Code, Error, Result, clean_name, clean_text, clock_policy::Policy, codes};
use heard_platform::directory::{TeamId, UserId};
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;

use super::{
    events::{TaskAdded, TaskAssigned, TaskDone, TaskNotNeeded, TaskReopened},
    model::{Ending, NewTask, Task, TaskId, TaskPatch, TaskState},
    rules, store,
};
use crate::{
    cases::{self, Case, CaseId, CaseState, Role, SHORT, Tally, acting_user, edit::Edit, given_reason},
    clocks::{self, ClockTerms, NewClock, Subject, SubjectKind},
    ground::{at_work, readable},
    plans::{self, Plan, PlaybookStep, Row, StepKind, Text},
};
use heard_kernel::clock_policy::Limit;

/// The task was ended; open it again first.
pub(crate) const TASK_ENDED: Code = Code::new("task_ended", 409);
/// The task is open already.
pub(crate) const TASK_OPEN: Code = Code::new("task_open", 409);
/// A task of a playbook says what the plan says; only who does it and until when can change.
pub(crate) const TASK_OF_PLAYBOOK: Code = Code::new("task_of_playbook", 409);
/// The plan of the case has no such department (`params.key`).
pub(crate) const DEPARTMENT_UNKNOWN: Code = Code::new("department_unknown", 422);

const LONG: usize = 20_000;

/// Brings the checklist of a case in line with its plan, and starts the clocks of tasks whose stage has begun.
pub(crate) async fn sync(tx: &Tx<'_>, id: CaseId) -> Result<()> {
    let Some(case) = cases::store::load_to_change(tx, id).await? else { return Ok(()) };
    let plan = plans::pinned(tx, case.plan_version_id).await?;
    let mut tasks = store::of_case(tx, id).await?;
    if case.state == CaseState::Archived || case.merged_into.is_some() {
        for task in tasks.iter().filter(|task| task.state == TaskState::Open) {
            clocks::cancel(tx, subject(task.id), &[], "").await?;
        }
        return store::list_open(tx, id, false).await;
    }
    store::list_open(tx, id, true).await?;
    let facts = cases::edit::facts(&case);
    let row = plan.plan.row_of(&facts);
    for task in tasks.iter_mut().filter(|task| task.state == TaskState::Open) {
        follow_row(tx, &plan.plan, row.as_ref(), task).await?;
    }
    let steps = rules::compare(&plan.plan, &facts, &tasks);
    for (playbook, step, place) in steps.add {
        let task = from_step(tx, &case, &plan.plan, &playbook.key, step, place);
        put(tx, &case, &task).await?;
    }
    for mut task in steps.aside {
        clocks::cancel(tx, subject(task.id), &[], "").await?;
        set_state(tx, &case, &mut task, TaskState::Aside).await?;
    }
    for mut task in steps.back {
        let_clock_go_on(tx, &mut task).await?;
        set_state(tx, &case, &mut task, TaskState::Open).await?;
    }
    start_clocks(tx, &case, &plan.plan).await
}

fn from_step(tx: &Tx<'_>, case: &Case, plan: &Plan, playbook: &str, step: &PlaybookStep, place: i64) -> Task {
    let department = step.department.as_deref().and_then(|key| plan.department(key));
    Task {
        id: tx.new_id(),
        case_id: case.id,
        playbook_key: playbook.to_owned(),
        step_key: step.key.clone(),
        kind: step.kind,
        stage_kind: rules::stage_of(plan.row_of(&cases::edit::facts(case)).as_ref(), step),
        required: step.required,
        department_key: step.department.clone(),
        team_id: department.and_then(|department| department.team_id),
        assignee_id: None,
        state: TaskState::Open,
        outcome: String::new(),
        place,
        due_at: None,
        created_at: tx.now(),
        created_by: None,
        ended_at: None,
        ended_by: None,
        version: 1,
        title: step.title.clone(),
        detail: step.detail.clone(),
    }
}

/// A task is due at another stage when its case goes through other stages by now.
async fn follow_row(tx: &Tx<'_>, plan: &Plan, row: Option<&Row<'_>>, task: &mut Task) -> Result<()> {
    let step = plan.playbook(&task.playbook_key).and_then(|playbook| playbook.step(&task.step_key));
    let Some(stage) = step.map(|step| rules::stage_of(row, step)) else { return Ok(()) };
    if stage == task.stage_kind {
        return Ok(());
    }
    let former = std::mem::replace(&mut task.stage_kind, stage);
    task.version += 1;
    store::save(tx, task).await?;
    if rules::counts(task) {
        cases::tally(tx, task.case_id, Tally::OpenTasks, former, -1).await?;
        cases::tally(tx, task.case_id, Tally::OpenTasks, stage, 1).await?;
    }
    Ok(())
}

async fn put(tx: &Tx<'_>, case: &Case, task: &Task) -> Result<()> {
    store::insert(tx, task).await?;
    if rules::counts(task) {
        cases::tally(tx, case.id, Tally::OpenTasks, task.stage_kind, 1).await?;
    }
    tx.emit(&TaskAdded {
        standing: case.into(),
        task_id: task.id,
        kind: task.kind,
        playbook_key: task.playbook_key.clone(),
    })
}

async fn set_state(tx: &Tx<'_>, case: &Case, task: &mut Task, state: TaskState) -> Result<()> {
    let before = rules::counts(task);
    task.state = state;
    task.version += 1;
    let step = i64::from(rules::counts(task)) - i64::from(before);
    store::save(tx, task).await?;
    if step != 0 {
        cases::tally(tx, case.id, Tally::OpenTasks, task.stage_kind, step).await?;
    }
    Ok(())
}

fn subject(id: TaskId) -> Subject {
    Subject::new(SubjectKind::Task, id)
}

/// Starts the clocks of open tasks of playbooks whose stage has begun, from its beginning.
async fn start_clocks(tx: &Tx<'_>, case: &Case, plan: &Plan) -> Result<()> {
    let runs = cases::store::stages(tx, case.id).await?;
    for task in store::of_case(tx, case.id).await? {
        if task.state != TaskState::Open || task.playbook_key.is_empty() || task.due_at.is_some() {
            continue;
        }
        let step = plan.playbook(&task.playbook_key).and_then(|playbook| playbook.step(&task.step_key));
        let Some(limit) = step.and_then(|step| step.limit) else { continue };
        let from = match task.stage_kind {
            None => Some(task.created_at),
            Some(kind) => runs.iter().rev().find(|run| run.stage_kind == kind).map(|run| run.begun_at),
        };
        if let Some(from) = from {
            run_clock(tx, case, plan, task, limit, from).await?;
        }
    }
    Ok(())
}

/// When the clock of a task is due.
async fn due(tx: &Tx<'_>, id: TaskId) -> Result<Option<heard_kernel::Timestamp>> {
    let shown = clocks::of_subject(tx, subject(id), tx.now()).await?;
    Ok(shown.clocks.last().and_then(|clock| clock.assessment.due))
}

async fn run_clock(
    tx: &Tx<'_>,
    case: &Case,
    plan: &Plan,
    mut task: Task,
    limit: Limit,
    from: heard_kernel::Timestamp,
) -> Result<Task> {
    let policy = Policy::new(limit);
    policy.check()?;
    let step = plan.playbook(&task.playbook_key).and_then(|playbook| playbook.step(&task.step_key));
    let chain = step.and_then(|step| step.escalation.as_ref()).or(plan.chains.tasks.as_ref());
    let terms = ClockTerms::in_chain("task", task.title.clone(), policy, plan, chain);
    let new = NewClock {
        subject: subject(task.id),
        case_id: Some(case.id.0),
        owner_id: task.assignee_id,
        started_at: from,
        terms,
    };
    clocks::start(tx, new).await?;
    task.due_at = due(tx, task.id).await?;
    task.version += 1;
    store::save(tx, &task).await?;
    Ok(task)
}

/// Adds a task.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `validation_failed`; the storage codes.
pub async fn add(tx: &Tx<'_>, id: CaseId, new: NewTask) -> Result<Task> {
    let edit = at_work(tx, id).await?;
    let title = clean_name("title", &new.title, 200)?;
    let detail = clean_text("detail", &new.detail, SHORT)?;
    let place = store::of_case(tx, id).await?.iter().map(|task| task.place).max().unwrap_or(0) + 1;
    let mut task = Task {
        id: tx.new_id(),
        case_id: id,
        playbook_key: String::new(),
        step_key: String::new(),
        kind: new.kind.unwrap_or(StepKind::Task),
        stage_kind: new.stage_kind,
        required: new.required,
        department_key: None,
        team_id: None,
        assignee_id: None,
        state: TaskState::Open,
        outcome: String::new(),
        place,
        due_at: None,
        created_at: tx.now(),
        created_by: acting_user(tx.actor()),
        ended_at: None,
        ended_by: None,
        version: 1,
        title: Text { zh: title.clone(), en: title },
        detail: Text { zh: detail.clone(), en: detail },
    };
    put(tx, &edit.after, &task).await?;
    let patch = TaskPatch {
        assignee_id: new.assignee_id.map(Some),
        department: new.department.map(Some),
        limit: new.limit.map(Some),
        ..TaskPatch::default()
    };
    task = apply(tx, &edit, task, patch).await?;
    Ok(task)
}

async fn task_of(tx: &Tx<'_>, case: CaseId, id: TaskId) -> Result<Task> {
    let found = store::one(tx, case, id).await?;
    found.filter(|task| task.state != TaskState::Aside).ok_or_else(|| Error::not_found("task"))
}

/// Changes a task, gives it to somebody, sets until when.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `version_conflict`, `task_ended`, `task_of_playbook`,
/// `validation_failed`; the storage codes.
pub async fn change(tx: &Tx<'_>, case: CaseId, id: TaskId, version: i64, patch: TaskPatch) -> Result<Task> {
    let edit = at_work(tx, case).await?;
    let mut task = task_of(tx, case, id).await?;
    if task.version != version {
        return Err(Error::new(codes::VERSION_CONFLICT));
    }
    if task.state != TaskState::Open {
        return Err(Error::new(TASK_ENDED));
    }
    if (patch.title.is_some() || patch.detail.is_some()) && !task.playbook_key.is_empty() {
        return Err(Error::new(TASK_OF_PLAYBOOK));
    }
    if let Some(title) = &patch.title {
        let title = clean_name("title", title, 200)?;
        task.title = Text { zh: title.clone(), en: title };
    }
    if let Some(detail) = &patch.detail {
        let detail = clean_text("detail", detail, SHORT)?;
        task.detail = Text { zh: detail.clone(), en: detail };
    }
    apply(tx, &edit, task, patch).await
}

/// Who does a task and until when.
async fn apply(tx: &Tx<'_>, edit: &Edit, mut task: Task, patch: TaskPatch) -> Result<Task> {
    let case = &edit.after;
    let before = (task.assignee_id, task.team_id);
    if let Some(assignee) = patch.assignee_id {
        if let Some(user) = assignee {
            cases::check_user(tx, "assignee_id", user).await?;
            cases::change_people(tx, case.id, Role::Participant, &[user], &[], "").await?;
        }
        task.assignee_id = assignee;
    }
    if let Some(department) = patch.department {
        let plan = &edit.plan.plan;
        let unknown = |key: &String| Error::field("department", DEPARTMENT_UNKNOWN).with("key", key);
        let found = match &department {
            Some(key) => Some(plan.department(key).ok_or_else(|| unknown(key))?),
            None => None,
        };
        task.team_id = found.and_then(|department| department.team_id);
        if let Some(team) = task.team_id.filter(|team| case.team_id != Some(*team)) {
            cases::change_teams(tx, case.id, &[team], &[]).await?;
        }
        task.department_key = department;
    }
    task.version += 1;
    if let Some(limit) = patch.limit {
        clocks::cancel(tx, subject(task.id), &[], "").await?;
        task.due_at = None;
        if let Some(limit) = limit {
            let now = tx.now();
            task = run_clock(tx, case, &edit.plan.plan, task, limit, now).await?;
        }
    }
    store::save(tx, &task).await?;
    if before != (task.assignee_id, task.team_id) {
        tx.emit(&TaskAssigned {
            standing: case.into(),
            task_id: task.id,
            assignee_id: task.assignee_id,
            task_team_id: task.team_id,
        })?;
    }
    Ok(task)
}

async fn end(tx: &Tx<'_>, edit: &Edit, mut task: Task, state: TaskState, outcome: String) -> Result<Task> {
    if task.state != TaskState::Open {
        return Err(Error::new(TASK_ENDED));
    }
    task.outcome = outcome;
    task.ended_at = Some(tx.now());
    task.ended_by = acting_user(tx.actor());
    set_state(tx, &edit.after, &mut task, state).await?;
    match state {
        TaskState::Done => clocks::fulfil(tx, subject(task.id), &[], tx.now()).await?,
        _ => clocks::cancel(tx, subject(task.id), &[], &task.outcome).await?,
    };
    let (standing, task_id, kind) = ((&edit.after).into(), task.id, task.kind);
    match state {
        TaskState::Done => tx.emit(&TaskDone { standing, task_id, kind })?,
        _ => tx.emit(&TaskNotNeeded { standing, task_id, kind })?,
    }
    Ok(task)
}

/// Says that a task was done and what came of it.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `task_ended`, `validation_failed`; the storage codes.
pub async fn complete(tx: &Tx<'_>, case: CaseId, id: TaskId, ending: Ending) -> Result<Task> {
    let mut edit = at_work(tx, case).await?;
    let task = task_of(tx, case, id).await?;
    let outcome = clean_text("outcome", &ending.outcome, LONG)?;
    rules::record(&mut edit.after, task.kind, &outcome, ending.demand)?;
    let task = end(tx, &edit, task, TaskState::Done, outcome).await?;
    edit.save(tx).await?;
    Ok(task)
}

/// Says that a task is not needed, and why.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `task_ended`, `validation_failed`; the storage codes.
pub async fn not_needed(tx: &Tx<'_>, case: CaseId, id: TaskId, reason: &str) -> Result<Task> {
    let edit = at_work(tx, case).await?;
    let task = task_of(tx, case, id).await?;
    end(tx, &edit, task, TaskState::NotNeeded, given_reason(reason)?).await
}

/// Opens an ended task again; its clock goes on with its history.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `task_open`; the storage codes.
pub async fn reopen(tx: &Tx<'_>, case: CaseId, id: TaskId) -> Result<Task> {
    let edit = at_work(tx, case).await?;
    let mut task = task_of(tx, case, id).await?;
    if task.state == TaskState::Open {
        return Err(Error::new(TASK_OPEN));
    }
    task.ended_at = None;
    task.ended_by = None;
    let_clock_go_on(tx, &mut task).await?;
    set_state(tx, &edit.after, &mut task, TaskState::Open).await?;
    tx.emit(&TaskReopened { standing: (&edit.after).into(), task_id: task.id })?;
    Ok(task)
}

/// Lets the clock of a task that is open again go on with its history, if it had one.
async fn let_clock_go_on(tx: &Tx<'_>, task: &mut Task) -> Result<()> {
    let stopped = clocks::stopped_of(tx, subject(task.id)).await?;
    if let Some(clock) = stopped.last().filter(|_| task.due_at.is_some()) {
        clocks::reopen(tx, clock.id, "").await?;
        task.due_at = due(tx, task.id).await?;
    }
    Ok(())
}

/// The tasks of a case that the actor sees, in their order.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn list(tx: &StoreTx<'_>, actor: &Actor, id: CaseId) -> Result<Vec<Task>> {
    readable(tx, actor, id).await?;
    of_case(tx, id).await
}

/// The tasks of a case, for slices that know who asks.
pub(crate) async fn of_case(tx: &StoreTx<'_>, id: CaseId) -> Result<Vec<Task>> {
    let mut tasks = store::of_case(tx, id).await?;
    tasks.retain(|task| task.state != TaskState::Aside);
    Ok(tasks)
}

/// Who does a task: the assignee, or the team that it lies with; nobody when that is left to the owner of the case.
pub(crate) async fn doer(
    tx: &StoreTx<'_>,
    case: CaseId,
    id: TaskId,
) -> Result<(Option<UserId>, Option<TeamId>)> {
    let task = store::one(tx, case, id).await?;
    Ok(task.map_or((None, None), |task| (task.assignee_id, task.team_id)))
}
