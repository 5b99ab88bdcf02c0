//! Recording evaluations and updates.

use heard_kernel::{Actor, Code, Error, Result, clean_name, clean_text, codes};
use heard_platform::{directory, teams::USER_UNKNOWN};
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;

use super::{
    model::{Action, Evaluation, EvaluationId, EvaluationKind, Findings},
    store,
};
use crate::{
    plans::{
        events::PlanEvaluated,
        records::{PlanId, PlanVersionId},
        store as plans,
    },
    rights::{PLAN_EDIT, PLAN_READ},
};

/// The text is no day such as 2026-12-31.
const DATE_INVALID: Code = Code::new("plan_date_invalid", 422);
/// There is no version of this id in the plan.
const VERSION_UNKNOWN: Code = Code::new("plan_version_unknown", 422);
/// More corrective actions than allowed (`params.max`).
const TOO_MANY_ACTIONS: Code = Code::new("plan_actions_too_many", 422);

const MAX_ACTIONS: usize = 100;

/// The records of a plan, the newest first.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn list(tx: &StoreTx<'_>, actor: &Actor, plan: PlanId) -> Result<Vec<Evaluation>> {
    actor.require(PLAN_READ)?;
    plans::line(tx, plan).await?.ok_or_else(|| Error::not_found("plan"))?;
    store::of_plan(tx, plan).await
}

/// A record.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn get(tx: &StoreTx<'_>, actor: &Actor, id: EvaluationId) -> Result<Evaluation> {
    actor.require(PLAN_READ)?;
    store::one(tx, id).await?.ok_or_else(|| Error::not_found("plan_evaluation"))
}

/// What a record is to say.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// What is recorded.
    pub kind: EvaluationKind,
    /// Title.
    pub title: String,
    /// The version that was looked at, or that the update led to.
    pub plan_version_id: Option<PlanVersionId>,
    /// First day of the period looked at.
    pub period_from: Option<String>,
    /// Its last day.
    pub period_to: Option<String>,
    /// What was written down.
    pub findings: Findings,
    /// Corrective actions.
    pub actions: Vec<Action>,
}

/// Records an evaluation or update.
///
/// # Errors
/// `forbidden`, `not_found`, `validation_failed`; the storage codes.
pub async fn create(tx: &Tx<'_>, plan: PlanId, draft: Draft) -> Result<EvaluationId> {
    tx.actor().require(PLAN_EDIT)?;
    plans::line(tx, plan).await?.ok_or_else(|| Error::not_found("plan"))?;
    let evaluation = Evaluation {
        id: tx.new_id(),
        plan_id: plan,
        plan_version_id: None,
        kind: draft.kind,
        title: String::new(),
        period_from: None,
        period_to: None,
        findings: Findings::default(),
        actions: Vec::new(),
        open_actions: 0,
        created_by: plans::user_of(tx),
        created_at: tx.now(),
        updated_at: tx.now(),
        version: 1,
    };
    let evaluation = with(tx, evaluation, draft).await?;
    store::insert(tx, &evaluation).await?;
    tell(tx, &evaluation, false)?;
    Ok(evaluation.id)
}

/// Changes a record.
///
/// # Errors
/// `forbidden`, `not_found`, `version_conflict`, `validation_failed`; the storage codes.
pub async fn update(tx: &Tx<'_>, id: EvaluationId, version: i64, draft: Draft) -> Result<()> {
    tx.actor().require(PLAN_EDIT)?;
    let mut evaluation = get(tx, tx.actor(), id).await?;
    if evaluation.version != version {
        return Err(Error::new(codes::VERSION_CONFLICT));
    }
    evaluation.version += 1;
    let evaluation = with(tx, evaluation, draft).await?;
    if !store::update(tx, &evaluation, tx.now()).await? {
        return Err(Error::new(codes::VERSION_CONFLICT));
    }
    tell(tx, &evaluation, false)
}

/// Removes a record.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn delete(tx: &Tx<'_>, id: EvaluationId) -> Result<()> {
    tx.actor().require(PLAN_EDIT)?;
    let evaluation = get(tx, tx.actor(), id).await?;
    store::delete(tx, id).await?;
    tell(tx, &evaluation, true)
}

fn tell(tx: &Tx<'_>, evaluation: &Evaluation, deleted: bool) -> Result<()> {
    tx.emit(&PlanEvaluated {
        plan_id: evaluation.plan_id,
        evaluation_id: evaluation.id,
        open_actions: if deleted { 0 } else { evaluation.open_actions },
        deleted,
    })
}

async fn with(tx: &Tx<'_>, mut evaluation: Evaluation, draft: Draft) -> Result<Evaluation> {
    evaluation.kind = draft.kind;
    evaluation.title = clean_name("title", &draft.title, 200)?;
    if let Some(id) = draft.plan_version_id {
        let found = plans::version(tx, id).await?.filter(|version| version.plan_id == evaluation.plan_id);
        found.ok_or_else(|| Error::field("plan_version_id", VERSION_UNKNOWN))?;
    }
    evaluation.plan_version_id = draft.plan_version_id;
    evaluation.period_from = day("period_from", draft.period_from)?;
    evaluation.period_to = day("period_to", draft.period_to)?;
    evaluation.findings = clean_findings(&draft.findings)?;
    evaluation.actions = clean_actions(tx, draft.actions).await?;
    evaluation.open_actions = evaluation.actions.iter().map(|action| i64::from(!action.done)).sum();
    Ok(evaluation)
}

fn clean_findings(findings: &Findings) -> Result<Findings> {
    let text = |name: &str, words: &str| clean_text(&format!("findings.{name}"), words, 10_000);
    Ok(Findings {
        purpose: text("purpose", &findings.purpose)?,
        principles: text("principles", &findings.principles)?,
        scope: text("scope", &findings.scope)?,
        method: text("method", &findings.method)?,
        findings: text("findings", &findings.findings)?,
        changes: text("changes", &findings.changes)?,
        implementation: text("implementation", &findings.implementation)?,
        supervision: text("supervision", &findings.supervision)?,
    })
}

async fn clean_actions(tx: &Tx<'_>, actions: Vec<Action>) -> Result<Vec<Action>> {
    if actions.len() > MAX_ACTIONS {
        return Err(Error::field("actions", TOO_MANY_ACTIONS).with("max", MAX_ACTIONS));
    }
    let owners: Vec<_> = actions.iter().filter_map(|action| action.owner_id).map(|owner| owner.0).collect();
    let known = directory::user_refs(tx, &owners).await?;
    let clean = |(index, action): (usize, Action)| {
        let path = |name: &str| format!("actions[{index}].{name}");
        if let Some(owner) = action.owner_id.filter(|owner| !known.contains_key(&owner.0)) {
            return Err(Error::field(path("owner_id"), USER_UNKNOWN).with("id", owner));
        }
        // A cause that a later version of the plan has no more keeps what was done against it.
        if let Some(target) = &action.about {
            clean_name(&path("about.key"), &target.key, 60)?;
        }
        Ok(Action {
            title: clean_name(&path("title"), &action.title, 300)?,
            due_on: day(&path("due_on"), action.due_on)?,
            done_on: day(&path("done_on"), action.done_on.filter(|_| action.done))?,
            outcome: clean_text(&path("outcome"), &action.outcome, 4_000)?,
            ..action
        })
    };
    actions.into_iter().enumerate().map(clean).collect()
}

fn day(field: &str, text: Option<String>) -> Result<Option<String>> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let date: jiff::civil::Date = text.trim().parse().map_err(|_| Error::field(field, DATE_INVALID))?;
    Ok(Some(date.to_string()))
}
