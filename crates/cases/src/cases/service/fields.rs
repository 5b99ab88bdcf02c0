//! Writing down a matter: what people may set, how it is cleaned, and what changed by it.

use std::time::Duration;

use heard_desk::contacts::{self, ContactId};
use heard_kernel::{Code, Error, Result, Timestamp, clean_name, clean_text};
use heard_platform::directory::UserId;
use heard_runtime::Tx;
use heard_web::wire::given;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::super::{
    edit::{Edit, facts},
    events::Updated,
    model::{
        Case, CaseId, Complainant, Decision, Demand, Outcome, Record, Solution, Source, Understanding, Upheld,
    },
    rules,
};
use super::{acting_user, check_version};
use crate::cases::Stored as _;
use crate::{plans::Plan, rights};

/// A key of the plan that is named is not in it (`params.key`).
pub(crate) const PLAN_KEY_UNKNOWN: Code = Code::new("plan_key_unknown", 422);
/// Satisfaction is a number from 1 to 5.
pub(crate) const SATISFACTION_RANGE: Code = Code::new("satisfaction_range", 422);
/// The time lies in the future.
const TIME_IN_FUTURE: Code = Code::new("time_in_future", 422);
/// How far the clock of a browser may be ahead of ours.
const AHEAD: Duration = Duration::from_secs(10 * 60);

/// Characters of a title.
pub(crate) const TITLE: usize = 200;
/// Characters of a long text.
const LONG: usize = 20_000;
/// Characters of a reason or a short text.
pub(crate) const SHORT: usize = 2_000;

/// That the customer agreed they were understood.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct UnderstandingConfirmed {
    /// How, in words.
    pub how: String,
    /// When; now when absent.
    pub at: Option<Timestamp>,
}

/// What people may write down. What is absent stays as it is.
#[derive(Clone, PartialEq, Debug, Default, Deserialize, ToSchema)]
pub struct CaseFields {
    /// What it is about in a line.
    pub title: Option<String>,
    /// Who is served; nobody when `null`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<ContactId>)]
    pub contact_id: Option<Option<ContactId>>,
    /// Who complains, as they said it.
    pub complainant: Option<Complainant>,
    /// How it came.
    pub source: Option<Source>,
    /// What happened, told apart from judgement.
    pub facts: Option<String>,
    /// What whoever records it thinks of it.
    pub judgement: Option<String>,
    /// When it occurred.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Timestamp>)]
    pub occurred_at: Option<Option<Timestamp>>,
    /// Whom and how much it affects.
    pub impact: Option<String>,
    /// What the customer wants.
    pub remedy_sought: Option<String>,
    /// That the customer agreed they were understood; taken back when `null`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<UnderstandingConfirmed>)]
    pub understanding: Option<Option<UnderstandingConfirmed>>,
    /// Whether it is taken on.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Decision>)]
    pub decision: Option<Option<Decision>>,
    /// Why it was taken on or refused.
    pub decision_reason: Option<String>,
    /// Whether it can be solved at once.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<bool>)]
    pub solvable_at_once: Option<Option<bool>>,
    /// Whether the demand is reasonable.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Demand>)]
    pub demand: Option<Option<Demand>>,
    /// Why a demand is not reasonable, as the customer is told.
    pub demand_explanation: Option<String>,
    /// How it is solved.
    pub solution: Option<Solution>,
    /// A way round until it is solved.
    pub workaround: Option<String>,
    /// What keeps it from happening again.
    pub prevention: Option<String>,
    /// Key of the cause.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub cause_key: Option<Option<String>>,
    /// Whether it is upheld.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Upheld>)]
    pub upheld: Option<Option<Upheld>>,
    /// What became of it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Outcome>)]
    pub outcome: Option<Option<Outcome>>,
    /// What it was about and what came of it.
    pub summary: Option<String>,
    /// What was learned.
    pub lesson: Option<String>,
    /// How satisfied the customer is, 1 to 5.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    pub satisfaction: Option<Option<i64>>,
    /// What the customer said about how it was handled.
    pub satisfaction_words: Option<String>,
    /// The customer was asked and did not say how satisfied they are.
    pub satisfaction_unsaid: Option<bool>,
    /// Fields of the plan; `null` removes a value, what is not named stays.
    #[schema(value_type = std::collections::BTreeMap<String, Object>)]
    pub custom: Option<Map<String, Value>>,
    /// What another system calls it; an empty one removes it.
    pub external_ref: Option<String>,
}

/// Changes what is written down.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `version_conflict`, `validation_failed`; the storage codes.
pub async fn update(tx: &Tx<'_>, id: CaseId, version: i64, fields: CaseFields) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    let mut edit = Edit::open(tx, id).await?;
    super::check_active(&edit.after)?;
    check_version(&edit.after, version)?;
    write_down(tx, &mut edit, fields).await?;
    edit.save(tx).await
}

/// Changes what is written down and tells which fields changed; the caller saves.
pub(crate) async fn write_down(tx: &Tx<'_>, edit: &mut Edit, fields: CaseFields) -> Result<()> {
    super::check_not_merged(&edit.after)?;
    if let Some(Some(contact)) = fields.contact_id
        && contacts::find(tx, contact).await?.is_none()
    {
        return Err(Error::field("contact_id", super::CONTACT_UNKNOWN).with("id", contact));
    }
    let before = edit.after.clone();
    apply(&mut edit.after, &edit.plan.plan, fields, tx.now(), acting_user(tx.actor()))?;
    let fields = changed_fields(&before, &edit.after);
    if !fields.is_empty() && !edit.is_fresh() {
        tx.emit(&Updated { standing: (&edit.after).into(), fields })?;
    }
    Ok(())
}

/// Cleans and sets. No storage.
pub(crate) fn apply(
    case: &mut Case,
    plan: &Plan,
    fields: CaseFields,
    now: Timestamp,
    by: Option<UserId>,
) -> Result<()> {
    if let Some(custom) = &fields.custom {
        rules::check_custom(plan, &facts(case), custom)?;
    }
    if let Some(title) = &fields.title {
        case.title = clean_name("title", title, TITLE)?;
    }
    if let Some(Some(cause)) = &fields.cause_key
        && plan.cause(cause).is_none()
    {
        return Err(Error::field("cause_key", PLAN_KEY_UNKNOWN).with("key", cause));
    }
    if fields.satisfaction.flatten().is_some_and(|score| !(1..=5).contains(&score)) {
        return Err(Error::field("satisfaction", SATISFACTION_RANGE));
    }
    if let Some(complainant) = fields.complainant {
        case.complainant = Complainant {
            name: clean_text("complainant.name", &complainant.name, TITLE)?,
            contact: clean_text("complainant.contact", &complainant.contact, TITLE)?,
        };
    }
    if let Some(external_ref) = &fields.external_ref {
        case.external_ref =
            Some(clean_text("external_ref", external_ref, TITLE)?).filter(|text| !text.is_empty());
    }
    for (key, value) in fields.custom.into_iter().flatten() {
        match value {
            Value::Null => drop(case.custom.remove(&key)),
            value => drop(case.custom.insert(key, value)),
        }
    }
    set(&mut case.contact_id, fields.contact_id);
    set(&mut case.source, fields.source);
    set(&mut case.decision, fields.decision);
    set(&mut case.solvable_at_once, fields.solvable_at_once);
    set(&mut case.demand, fields.demand);
    set(&mut case.cause_key, fields.cause_key);
    set(&mut case.upheld, fields.upheld);
    set(&mut case.outcome, fields.outcome);
    set(&mut case.satisfaction, fields.satisfaction);
    let record = &mut case.record;
    if let Some(at) = fields.occurred_at {
        record.occurred_at = at.map(|at| happened("occurred_at", Some(at), now)).transpose()?;
    }
    set(&mut record.satisfaction_unsaid, fields.satisfaction_unsaid);
    if let Some(confirmed) = fields.understanding {
        record.understanding = confirmed.map(|confirmed| understanding(confirmed, now, by)).transpose()?;
    }
    if let Some(solution) = fields.solution {
        record.solution = clean_solution(solution)?;
    }
    let texts: [(&str, &mut String, Option<String>); 11] = [
        ("facts", &mut record.facts, fields.facts),
        ("judgement", &mut record.judgement, fields.judgement),
        ("impact", &mut record.impact, fields.impact),
        ("remedy_sought", &mut record.remedy_sought, fields.remedy_sought),
        ("decision_reason", &mut record.decision_reason, fields.decision_reason),
        ("demand_explanation", &mut record.demand_explanation, fields.demand_explanation),
        ("workaround", &mut record.workaround, fields.workaround),
        ("prevention", &mut record.prevention, fields.prevention),
        ("summary", &mut record.summary, fields.summary),
        ("lesson", &mut record.lesson, fields.lesson),
        ("satisfaction_words", &mut record.satisfaction_words, fields.satisfaction_words),
    ];
    for (name, place, text) in texts {
        if let Some(text) = text {
            *place = clean_text(name, &text, LONG)?;
        }
    }
    Ok(())
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// When something happened, as somebody writes it: now when they do not say. A clock that is a little ahead of ours is
/// believed, and means now.
///
/// # Errors
/// `time_in_future` for the field.
pub(crate) fn happened(field: &str, at: Option<Timestamp>, now: Timestamp) -> Result<Timestamp> {
    match at {
        Some(at) if at > now + AHEAD => Err(Error::field(field, TIME_IN_FUTURE)),
        at => Ok(at.unwrap_or(now).min(now)),
    }
}

fn understanding(
    confirmed: UnderstandingConfirmed,
    now: Timestamp,
    by: Option<UserId>,
) -> Result<Understanding> {
    let at = happened("understanding.at", confirmed.at, now)?;
    Ok(Understanding { at, by, how: clean_text("understanding.how", &confirmed.how, SHORT)? })
}

fn clean_solution(solution: Solution) -> Result<Solution> {
    Ok(Solution {
        steps: clean_text("solution.steps", &solution.steps, LONG)?,
        tools: clean_text("solution.tools", &solution.tools, SHORT)?,
        risks: clean_text("solution.risks", &solution.risks, SHORT)?,
        feasibility: clean_text("solution.feasibility", &solution.feasibility, SHORT)?,
        department: clean_text("solution.department", &solution.department, TITLE)?,
        complete_by: solution.complete_by,
    })
}

/// The names of the fields that differ; those of the plan as `custom.key`.
pub(crate) fn changed_fields(before: &Case, after: &Case) -> Vec<String> {
    let mut names: Vec<String> = before
        .pairs()
        .into_iter()
        .zip(after.pairs())
        .filter(|(old, new)| old != new && !matches!(old.0, "record" | "custom"))
        .map(|(old, _)| old.0.to_owned())
        .collect();
    names.extend(differing(&before.custom, &after.custom).map(|key| format!("custom.{key}")));
    let (old, new) = (document(&before.record), document(&after.record));
    names.extend(differing(&old, &new).map(str::to_owned));
    names
}

fn document(record: &Record) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

fn differing<'a>(
    before: &'a Map<String, Value>,
    after: &'a Map<String, Value>,
) -> impl Iterator<Item = &'a str> {
    let gone = before.keys().filter(|key| !after.contains_key(*key));
    let changed = after.iter().filter(|(key, value)| before.get(*key) != Some(value)).map(|(key, _)| key);
    gone.chain(changed).map(String::as_str)
}
