//! A case is opened: by hand, from a conversation, by another system.

use heard_desk::{conversations::ConversationId, tags::TagId};
use heard_kernel::{Error, REQUIRED, Result, Timestamp};
use heard_platform::directory::{TeamId, UserId};
use heard_runtime::Tx;
use serde::Deserialize;
use serde_json::Map;
use utoipa::ToSchema;

use super::super::{
    edit::Edit,
    model::{Case, CaseId, CaseState, ClockState, Complainant, Record, Source},
    store,
};
use super::{
    AT_ONCE, CaseFields, Classification, NewEvidence, TOO_MANY, acting_user, assign,
    classify::{responsible_team, set_kind},
    clocks, evidence,
    fields::{PLAN_KEY_UNKNOWN, happened, write_down},
    links, stages, tags,
};
use crate::{
    plans::{self, Plan, Priority},
    rights,
};

/// A case to be opened.
#[derive(Clone, PartialEq, Debug, Default, Deserialize, ToSchema)]
pub struct NewCase {
    /// What kind of case it is; the type must be given.
    pub classification: Classification,
    /// What is written down; the title must be given.
    pub fields: CaseFields,
    /// When the customer turned to us; now when absent.
    pub received_at: Option<Timestamp>,
    /// Conversations that it is about.
    #[serde(default)]
    pub conversation_ids: Vec<ConversationId>,
    /// Files that are evidence.
    #[serde(default)]
    pub evidence: Vec<NewEvidence>,
    /// Tags.
    #[serde(default)]
    pub tag_ids: Vec<TagId>,
    /// Who is responsible; whoever opens it when absent and `take` is set.
    pub owner_id: Option<UserId>,
    /// Which team has it. When absent: the team of whoever opens it and takes it, until the department is handed the case;
    /// else that of the responsible department.
    pub team_id: Option<TeamId>,
    /// Whoever opens it is responsible for it.
    #[serde(default)]
    pub take: bool,
    /// The case that it is a part of.
    pub parent_id: Option<CaseId>,
    /// Only if no conversation that it is about has a case that is under way: whoever opens it knows of none.
    #[serde(default)]
    pub only_case: bool,
}

/// Opens a case under the plan that is active now: its first stage begins and its clocks start.
///
/// # Errors
/// `forbidden`, `plan_missing` when no plan is active, `conversation_has_case`, `validation_failed`, `evidence_not_usable`; the
/// storage codes.
pub async fn open(tx: &Tx<'_>, new: NewCase) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    check_size(&new)?;
    let plan = plans::current(tx, None).await?;
    let type_key = new.classification.type_key.clone();
    let type_key = type_key.ok_or_else(|| Error::field("classification.type_key", REQUIRED))?;
    if plan.plan.case_type(&type_key).is_none() {
        return Err(Error::field("classification.type_key", PLAN_KEY_UNKNOWN).with("key", type_key));
    }
    if new.fields.title.is_none() {
        return Err(Error::field("fields.title", REQUIRED));
    }
    let received_at = happened("received_at", new.received_at, tx.now())?;
    if let Some(parent) = new.parent_id {
        super::super::edit::visible(tx, tx.actor(), parent).await?;
    }
    links::hold(tx, &new.conversation_ids).await?;
    if new.only_case {
        links::check_first(tx, &new.conversation_ids).await?;
    }
    let mut case = blank(tx, type_key, plan.version_id).await?;
    case.received_at = received_at;
    case.parent_id = new.parent_id;
    if !new.conversation_ids.is_empty() {
        case.source = Source::Conversation;
    }
    set_kind(&mut case, &plan.plan, new.classification)?;
    case.owner_id = new.owner_id.or_else(|| acting_user(tx.actor()).filter(|_| new.take));
    case.team_id = new.team_id.or_else(|| first_holder(&case, &plan.plan, tx.actor()));
    check_people(tx, &case).await?;
    let title = new.fields.title.clone().unwrap_or_default();
    case.title = heard_kernel::clean_name("fields.title", &title, super::fields::TITLE)?;
    let mut edit = Edit::begin(tx, case, plan).await?;
    write_down(tx, &mut edit, new.fields).await?;
    for conversation in &new.conversation_ids {
        links::link(tx, &edit.after, *conversation).await?;
    }
    for piece in new.evidence {
        evidence::add(tx, &edit.after, piece).await?;
    }
    tags::put(tx, &edit.after, &new.tag_ids, &[]).await?;
    let first = stages::row_of(&edit)?.stages().first().copied().cloned();
    let first = first.ok_or_else(|| Error::internal("the flow has no stages"))?;
    stages::begin(tx, &mut edit, &first).await?;
    clocks::sync(tx, &mut edit, "").await?;
    edit.save(tx).await
}

fn check_size(new: &NewCase) -> Result<()> {
    let lists = [
        ("conversation_ids", new.conversation_ids.len()),
        ("evidence", new.evidence.len()),
        ("tag_ids", new.tag_ids.len()),
    ];
    match lists.into_iter().find(|(_, length)| *length > AT_ONCE) {
        Some((field, _)) => Err(Error::field(field, TOO_MANY).with("max", AT_ONCE)),
        None => Ok(()),
    }
}

/// Which team has a case that names none. Whoever takes the case that they open records and classifies it: it stays with their
/// team until the department that is responsible is handed it. A case that nobody takes goes to that department; without one
/// it is with the team of whoever opens it.
fn first_holder(case: &Case, plan: &Plan, actor: &heard_kernel::Actor) -> Option<TeamId> {
    let own = actor.team_ids.first().copied().map(TeamId);
    let responsible = responsible_team(case, plan);
    let inside = responsible.is_some_and(|team| actor.team_ids.contains(&team.0));
    let keeps = case.owner_id.is_some() && case.owner_id == acting_user(actor);
    if keeps && !inside { own.or(responsible) } else { responsible.or(own) }
}

async fn check_people(tx: &Tx<'_>, case: &Case) -> Result<()> {
    if let Some(owner) = case.owner_id {
        assign::check_user(tx, "owner_id", owner).await?;
    }
    if let Some(team) = case.team_id {
        assign::check_team(tx, "team_id", team).await?;
    }
    if case.owner_id.is_some() && case.owner_id != acting_user(tx.actor()) {
        tx.actor().require(rights::ASSIGN)?;
    }
    Ok(())
}

async fn blank(tx: &Tx<'_>, type_key: String, plan_version_id: plans::PlanVersionId) -> Result<Case> {
    Ok(Case {
        id: tx.new_id(),
        no: store::next_no(tx).await?,
        type_key,
        title: String::new(),
        state: CaseState::Open,
        stage_key: None,
        stage_kind: None,
        stage_no: 0,
        stage_since: None,
        plan_version_id,
        category_key: None,
        severity_key: None,
        urgency_key: None,
        difficulty_key: None,
        priority: Priority::Normal,
        source: Source::Other,
        received_at: tx.now(),
        recorded_at: tx.now(),
        contact_id: None,
        owner_id: None,
        team_id: None,
        department_key: None,
        next_due_at: None,
        clock_state: ClockState::None,
        waiting_since: None,
        group_id: None,
        parent_id: None,
        merged_into: None,
        decision: None,
        solvable_at_once: None,
        demand: None,
        cause_key: None,
        upheld: None,
        outcome: None,
        satisfaction: None,
        reopened_count: 0,
        reopened_at: None,
        external_ref: None,
        created_by: acting_user(tx.actor()).map(|user| user.0),
        updated_at: tx.now(),
        archived_at: None,
        version: 1,
        complainant: Complainant::default(),
        custom: Map::new(),
        record: Record::default(),
    })
}
