//! Cases as the API shows them.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use heard_desk::{
    contacts::{self, ContactId, display_name},
    tags::{self, TagId, TagRef},
};
use heard_kernel::{Locale, Result, Timestamp};
use heard_platform::directory::{Directory, TeamId, TeamRef, UserRef};
use heard_runtime::Ctx;
use heard_store::Tx;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    model::{Case, CaseId, CaseState, ClockState, Decision, Demand, Outcome, Source, Upheld},
    store,
};
use crate::plans::{self, Pinned, PlanVersionId, Priority, StageKind, Text};

/// Something of the plan, by its key, with its name in the language of the answer.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PlanName {
    /// Key.
    pub key: String,
    /// Name; the key when the plan does not have it.
    pub name: String,
}

impl PlanName {
    fn of(key: &str, name: Option<&Text>, locale: Locale) -> Self {
        let name = name.map(|name| name.in_locale(locale)).filter(|name| !name.is_empty());
        Self { key: key.to_owned(), name: name.unwrap_or(key).to_owned() }
    }
}

/// A case as other things name it.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct CaseRef {
    /// Which one.
    pub id: CaseId,
    /// Its number as people write it.
    pub number: String,
    /// Its title.
    pub title: String,
    /// How it stands.
    pub state: CaseState,
    /// Which team has it.
    #[schema(required = true)]
    pub team_id: Option<TeamId>,
}

/// What other things need to name cases, for callers that know who asks.
pub(crate) async fn refs(tx: &Tx<'_>, mut ids: Vec<CaseId>) -> Result<HashMap<CaseId, CaseRef>> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let cases = store::short(tx, &ids).await?.into_iter();
    Ok(cases.map(|case| (case.id, CaseRef::from(&case))).collect())
}

impl From<&Case> for CaseRef {
    fn from(case: &Case) -> Self {
        Self {
            id: case.id,
            number: case.number(),
            title: case.title.clone(),
            state: case.state,
            team_id: case.team_id,
        }
    }
}

/// Who is served.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct CaseContact {
    /// Who.
    pub id: ContactId,
    /// The name; without one an address, a number or what another system calls them; a word for a visitor else.
    pub display_name: String,
}

/// The stage that a case is in.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct CaseStage {
    /// Key.
    pub key: String,
    /// Name.
    pub name: String,
    /// What it is about.
    pub kind: StageKind,
    /// Since when.
    #[schema(required = true)]
    pub since: Option<Timestamp>,
}

/// A case in a list.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Case)]
pub struct CaseView {
    /// Which one.
    pub id: CaseId,
    /// Its number, as `T-10023`.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// Its type.
    pub r#type: PlanName,
    /// Whether somebody is to act.
    pub state: CaseState,
    /// The stage that it is in.
    #[schema(required = true)]
    pub stage: Option<CaseStage>,
    /// The version of the plan that it follows.
    pub plan_version_id: PlanVersionId,
    /// Its category.
    #[schema(required = true)]
    pub category: Option<PlanName>,
    /// Its severity.
    #[schema(required = true)]
    pub severity: Option<PlanName>,
    /// Its urgency.
    #[schema(required = true)]
    pub urgency: Option<PlanName>,
    /// Its difficulty.
    #[schema(required = true)]
    pub difficulty: Option<PlanName>,
    /// Derived from severity and urgency.
    pub priority: Priority,
    /// How it came.
    pub source: Source,
    /// When the customer turned to us.
    pub received_at: Timestamp,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// How long it took from arrival to record, in milliseconds.
    pub record_delay_ms: i64,
    /// Who is served.
    #[schema(required = true)]
    pub contact: Option<CaseContact>,
    /// Who is responsible.
    #[schema(required = true)]
    pub owner: Option<UserRef>,
    /// Which team has it.
    #[schema(required = true)]
    pub team: Option<TeamRef>,
    /// The department that the plan names for its category.
    #[schema(required = true)]
    pub department: Option<PlanName>,
    /// When its next clock runs out.
    #[schema(required = true)]
    pub next_due_at: Option<Timestamp>,
    /// How its clocks stand.
    pub clock_state: ClockState,
    /// Since when it waits.
    #[schema(required = true)]
    pub waiting_since: Option<Timestamp>,
    /// Its tags, by name.
    pub tags: Vec<TagRef>,
    /// The group complaint that it belongs to.
    #[schema(required = true)]
    pub group_id: Option<Uuid>,
    /// The case that it is a part of.
    #[schema(required = true)]
    pub parent_id: Option<CaseId>,
    /// The case that it was merged into.
    #[schema(required = true)]
    pub merged_into: Option<CaseId>,
    /// Whether it is taken on.
    #[schema(required = true)]
    pub decision: Option<Decision>,
    /// Whether it can be solved at once.
    #[schema(required = true)]
    pub solvable_at_once: Option<bool>,
    /// Whether the demand is reasonable.
    #[schema(required = true)]
    pub demand: Option<Demand>,
    /// Its cause.
    #[schema(required = true)]
    pub cause: Option<PlanName>,
    /// Whether it is upheld.
    #[schema(required = true)]
    pub upheld: Option<Upheld>,
    /// What became of it.
    #[schema(required = true)]
    pub outcome: Option<Outcome>,
    /// How satisfied the customer is, 1 to 5.
    #[schema(required = true)]
    pub satisfaction: Option<i64>,
    /// How often it was opened again.
    pub reopened_count: i64,
    /// What another system calls it.
    #[schema(required = true)]
    pub external_ref: Option<String>,
    /// Fields of the plan.
    #[schema(value_type = std::collections::BTreeMap<String, Object>)]
    pub custom: Map<String, Value>,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it was archived.
    #[schema(required = true)]
    pub archived_at: Option<Timestamp>,
    /// Rises when what people edit changes.
    pub version: i64,
}

/// Cases with what belongs to them, as read from storage.
pub(crate) struct Batch {
    cases: Vec<Case>,
    plans: HashMap<PlanVersionId, Arc<Pinned>>,
    tags: HashMap<CaseId, Vec<TagId>>,
    tag_refs: HashMap<TagId, TagRef>,
    names: HashMap<ContactId, Option<String>>,
}

impl Batch {
    /// Reads what belongs to cases.
    pub(crate) async fn load(tx: &Tx<'_>, cases: Vec<Case>) -> Result<Self> {
        let ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
        let tags = store::tags(tx, &ids).await?;
        let mut tag_ids: Vec<TagId> = tags.values().flatten().copied().collect();
        tag_ids.sort();
        tag_ids.dedup();
        let mut contact_ids: Vec<ContactId> = cases.iter().filter_map(|case| case.contact_id).collect();
        contact_ids.sort();
        contact_ids.dedup();
        let mut versions = HashMap::new();
        for case in &cases {
            if let Entry::Vacant(place) = versions.entry(case.plan_version_id) {
                place.insert(plans::pinned(tx, case.plan_version_id).await?);
            }
        }
        Ok(Self {
            tag_refs: tags::refs(tx, &tag_ids).await?,
            names: contacts::labels(tx, &contact_ids).await?,
            plans: versions,
            tags,
            cases,
        })
    }

    /// Adds names and shows them.
    pub(crate) async fn show(self, ctx: &Ctx, locale: Locale) -> Result<Vec<CaseView>> {
        let directory = Directory::of(ctx);
        let mut users: Vec<Uuid> =
            self.cases.iter().filter_map(|case| case.owner_id).map(|user| user.0).collect();
        users.sort_unstable();
        users.dedup();
        let mut teams: Vec<Uuid> =
            self.cases.iter().filter_map(|case| case.team_id).map(|team| team.0).collect();
        teams.sort_unstable();
        teams.dedup();
        let users = directory.users(ctx, &users).await?;
        let teams = directory.teams(ctx, &teams).await?;
        let Self { cases, plans, tags, tag_refs, names } = self;
        Ok(cases
            .into_iter()
            .filter_map(|case| {
                let plan = plans.get(&case.plan_version_id)?;
                let mut own: Vec<TagRef> = tags
                    .get(&case.id)
                    .into_iter()
                    .flatten()
                    .filter_map(|tag| tag_refs.get(tag).cloned())
                    .collect();
                own.sort_by(|a, b| a.name.cmp(&b.name));
                let contact = case.contact_id.map(|id| CaseContact {
                    id,
                    display_name: display_name(id, names.get(&id).and_then(Option::as_deref), locale),
                });
                let owner = case.owner_id.and_then(|owner| users.get(&owner.0).cloned());
                let team = case.team_id.and_then(|team| teams.get(&team.0).cloned());
                Some(shown(case, plan, locale, Around { tags: own, contact, owner, team }))
            })
            .collect())
    }
}

struct Around {
    tags: Vec<TagRef>,
    contact: Option<CaseContact>,
    owner: Option<UserRef>,
    team: Option<TeamRef>,
}

fn shown(case: Case, pinned: &Pinned, locale: Locale, around: Around) -> CaseView {
    let plan = &pinned.plan;
    let named = |key: &str, name: Option<&Text>| PlanName::of(key, name, locale);
    let stage = case.stage_key.as_deref().zip(case.stage_kind).map(|(key, kind)| {
        let stage = plan.flow_of(&case.type_key).and_then(|flow| flow.stage(key));
        CaseStage {
            key: key.to_owned(),
            name: named(key, stage.map(|stage| &stage.name)).name,
            kind,
            since: case.stage_since,
        }
    });
    let key = |key: &Option<String>, find: &dyn Fn(&str) -> Option<Text>| {
        key.as_deref().map(|key| named(key, find(key).as_ref()))
    };
    CaseView {
        number: case.number(),
        record_delay_ms: case.record_delay(),
        r#type: named(&case.type_key, plan.case_type(&case.type_key).map(|found| &found.name)),
        category: key(&case.category_key, &|key| plan.category(key).map(|found| found.name.clone())),
        severity: key(&case.severity_key, &|key| plan.severity(key).map(|found| found.name.clone())),
        urgency: key(&case.urgency_key, &|key| plan.urgency(key).map(|found| found.name.clone())),
        difficulty: key(&case.difficulty_key, &|key| plan.difficulty(key).map(|found| found.name.clone())),
        department: key(&case.department_key, &|key| plan.department(key).map(|found| found.name.clone())),
        cause: key(&case.cause_key, &|key| plan.cause(key).map(|found| found.name.clone())),
        stage,
        contact: around.contact,
        owner: around.owner,
        team: around.team,
        tags: around.tags,
        id: case.id,
        title: case.title,
        state: case.state,
        plan_version_id: case.plan_version_id,
        priority: case.priority,
        source: case.source,
        received_at: case.received_at,
        recorded_at: case.recorded_at,
        next_due_at: case.next_due_at,
        clock_state: case.clock_state,
        waiting_since: case.waiting_since,
        group_id: case.group_id,
        parent_id: case.parent_id,
        merged_into: case.merged_into,
        decision: case.decision,
        solvable_at_once: case.solvable_at_once,
        demand: case.demand,
        upheld: case.upheld,
        outcome: case.outcome,
        satisfaction: case.satisfaction,
        reopened_count: case.reopened_count,
        external_ref: case.external_ref,
        custom: case.custom,
        updated_at: case.updated_at,
        archived_at: case.archived_at,
        version: case.version,
    }
}
