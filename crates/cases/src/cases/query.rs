//! Lists, counts, and single cases for somebody.

use heard_desk::{contacts::ContactId, tags::TagId};
use heard_kernel::{Actor, ActorKind, Code, Cursor, Error, Page, PageRequest, Result, TOO_LONG, Timestamp};
use heard_platform::directory::{TeamId, UserId, acting_user};
use heard_store::{Tx, words};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    counts::CountedView,
    model::{CaseId, CaseState, ClockState, Decision, Outcome, Role, Shelf, Source, Upheld},
    store::{self, Filters, Listed, Order, Query, Scope},
};
use crate::{
    plans::{self, Plan, Priority, StageKind},
    rights,
};

/// More filters were combined than a list takes (`params.max`); leave some out.
pub(crate) const TOO_MANY_FILTERS: Code = Code::new("too_many_filters", 422);

/// How many filters may be combined.
const MAX_FILTERS: usize = 6;
/// Categories that are read each from its own range; more are passed over one by one.
const MAX_RANGES: usize = 24;
/// Characters of a search that are looked at.
const LONGEST: usize = 200;

words! {
    /// A prepared list of cases.
    CaseListName {
        /// Under way, those that the caller sees.
        All => "all",
        /// Under way, those that the caller owns.
        Mine => "mine",
        /// Under way, those of the caller's teams that nobody owns.
        Unassigned => "unassigned",
        /// Under way, those of the caller's teams, or of one team.
        Team => "team",
        /// Under way, with a clock that has used up its first share.
        DueSoon => "due_soon",
        /// Under way, with a breached clock that is not fulfilled.
        Overdue => "overdue",
        /// Under way, those that the caller takes part in.
        Participating => "participating",
        /// Under way, those that the caller watches.
        Watching => "watching",
        /// Archived.
        Archived => "archived",
    }
}

words! {
    /// How a list of cases is sorted.
    CaseSort {
        /// What is due first comes first.
        Due => "due",
        /// What came last comes first.
        Newest => "newest",
        /// The most urgent comes first, among equals what is due first.
        Priority => "priority",
    }
}

/// Which cases are wanted. At most six filters at once.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[serde(default)]
#[schema(as = CaseFilters)]
pub struct CaseQuery {
    /// The prepared list; `all` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<CaseListName>,
    /// Key of the type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub type_key: Option<String>,
    /// Key of a category, with what lies below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Class of a view of the categories, as `view/class`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Key of the severity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// Key of the urgency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<String>,
    /// Priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// State.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<CaseState>,
    /// What the stage is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<StageKind>,
    /// How the clocks stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockState>,
    /// Who is responsible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<UserId>,
    /// Which team has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team_id: Option<TeamId>,
    /// Who is served.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_id: Option<ContactId>,
    /// With this tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag_id: Option<TagId>,
    /// How it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Whether it was taken on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// Whether it is upheld.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upheld: Option<Upheld>,
    /// What became of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Key of the cause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// The group complaint that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_id: Option<Uuid>,
    /// The case that it is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<CaseId>,
    /// What another system calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_ref: Option<String>,
    /// Received at this time or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Received before this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Timestamp>,
    /// Archived at this time or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived_from: Option<Timestamp>,
    /// Archived before this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived_to: Option<Timestamp>,
    /// Words in the title or about the complainant, or the number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// In which order; archived ones always by the time they were archived, unless `newest` is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<CaseSort>,
}

impl CaseQuery {
    /// Turns keys of the plan into what is stored. Categories are those of the active plan.
    pub(crate) fn filters(&self, plan: Option<&Plan>) -> Result<Filters> {
        let words = self.q.as_deref().map(str::trim).filter(|words| !words.is_empty());
        if words.is_some_and(|words| words.chars().count() > LONGEST) {
            return Err(Error::field("q", TOO_LONG).with("max", LONGEST));
        }
        let clock = match self.view {
            Some(CaseListName::DueSoon) => Some(ClockState::Soon),
            Some(CaseListName::Overdue) => Some(ClockState::Overdue),
            _ => self.clock,
        };
        let filters = Filters {
            type_key: self.type_key.clone(),
            categories: self.categories(plan),
            severity_key: self.severity.clone(),
            urgency_key: self.urgency.clone(),
            priority: self.priority,
            state: self.state,
            stage_kind: self.stage,
            clock_state: clock,
            owner_id: self.owner_id,
            team_id: self.team_id,
            contact_id: self.contact_id,
            tag_id: self.tag_id,
            source: self.source,
            decision: self.decision,
            upheld: self.upheld,
            outcome: self.outcome,
            cause_key: self.cause.clone(),
            group_id: self.group_id,
            parent_id: self.parent_id,
            external_ref: self.external_ref.clone(),
            from: self.from,
            to: self.to,
            archived_from: self.archived_from,
            archived_to: self.archived_to,
            words: words.map(str::to_owned),
        };
        if filters.count() > MAX_FILTERS {
            return Err(Error::new(TOO_MANY_FILTERS).with("max", MAX_FILTERS));
        }
        Ok(filters)
    }

    fn categories(&self, plan: Option<&Plan>) -> Option<Vec<String>> {
        let wanted = self.category.as_deref().or(self.class.as_deref())?;
        let Some(plan) = plan else { return Some(vec![wanted.to_owned()]) };
        let below = |category: &str| plan.is_within(category, self.category.as_deref().unwrap_or(category));
        let classed = |category: &str| match self.class.as_deref().and_then(|class| class.split_once('/')) {
            Some((view, class)) => plan.class_of(view, category).is_some_and(|found| found.key == class),
            None => self.class.is_none(),
        };
        let keys = plan.categories.iter().map(|category| category.key.clone());
        let mut found: Vec<String> = keys.filter(|key| below(key) && classed(key)).collect();
        // A category of an older plan that the active one does not have any more.
        if let Some(category) = self.category.as_ref().filter(|key| plan.category(key).is_none()) {
            found.push(category.clone());
        }
        Some(found)
    }

    /// Whether it is about archived cases.
    pub(crate) fn shelf(&self) -> Shelf {
        let archived = self.view == Some(CaseListName::Archived) || self.state == Some(CaseState::Archived);
        if archived { Shelf::Archived } else { Shelf::Active }
    }

    fn order(&self) -> Order {
        match (self.shelf(), self.sort) {
            (_, Some(CaseSort::Newest)) => Order::Newest,
            (Shelf::Archived, _) => Order::Archived,
            (_, Some(CaseSort::Priority)) => Order::Priority,
            (_, Some(CaseSort::Due) | None) => Order::Due,
        }
    }

    /// The cases that an actor sees of those that are asked for.
    pub(crate) fn scope(&self, actor: &Actor) -> Scope {
        let me = UserId(actor.id.unwrap_or_default());
        let own = || actor.team_ids.iter().copied().map(TeamId).collect::<Vec<_>>();
        let sees_all = reads_all(actor);
        match self.view.unwrap_or(CaseListName::All) {
            CaseListName::Mine => Scope::Owner(me),
            CaseListName::Participating => Scope::Role(me, Role::Participant),
            CaseListName::Watching => Scope::Role(me, Role::Watcher),
            CaseListName::Unassigned if sees_all && self.team_id.is_none() => Scope::Unowned(None),
            CaseListName::Unassigned => Scope::Unowned(Some(self.teams(actor))),
            CaseListName::Team => Scope::Teams(self.teams(actor)),
            _ if sees_all => match (self.owner_id, self.team_id) {
                (Some(owner), _) => Scope::Owner(owner),
                (None, Some(team)) => Scope::Teams(vec![team]),
                (None, None) => Scope::All,
            },
            _ if self.owner_id == Some(me) => Scope::Owner(me),
            _ if self.team_id.is_some_and(|team| actor.team_ids.contains(&team.0)) => {
                Scope::Teams(self.team_id.into_iter().collect())
            }
            _ => Scope::Seen(me, own()),
        }
    }

    /// The wanted team or one's own. Other teams' only with the right to see all.
    fn teams(&self, actor: &Actor) -> Vec<TeamId> {
        let own = || actor.team_ids.iter().copied().map(TeamId);
        match self.team_id {
            Some(team) if reads_all(actor) || own().any(|id| id == team) => vec![team],
            Some(_) => Vec::new(),
            None => own().collect(),
        }
    }
}

fn reads_all(actor: &Actor) -> bool {
    actor.may(rights::READ_ALL) || matches!(actor.kind, ActorKind::System | ActorKind::Bot)
}

/// The user whose recusals hide cases: the actor, when there are such.
pub(crate) async fn recusals(tx: &Tx<'_>, actor: &Actor) -> Result<Option<UserId>> {
    match acting_user(actor) {
        Some(user) if store::is_recused_somewhere(tx, user).await? => Ok(Some(user)),
        _ => Ok(None),
    }
}

/// A page of cases for an actor.
///
/// # Errors
/// `forbidden`, `cursor_invalid`, `too_many_filters`, `validation_failed`; the storage codes.
pub(crate) async fn list(
    tx: &Tx<'_>,
    actor: &Actor,
    request: &CaseQuery,
    page: &PageRequest,
) -> Result<Page<Listed>> {
    actor.require(rights::READ)?;
    let plan = terms(tx, request).await?;
    let mut filters = request.filters(plan.as_deref())?;
    let scope = match (request.scope(actor), filters.categories.take()) {
        (Scope::All, Some(keys)) if (1..=MAX_RANGES).contains(&keys.len()) => Scope::Categories(keys),
        (scope, keys) => {
            filters.categories = keys;
            scope
        }
    };
    let query = Query {
        scope,
        shelf: request.shelf(),
        filters,
        order: request.order(),
        not_recused: recusals(tx, actor).await?,
        after: page.after()?,
        limit: page.limit(),
    };
    let items = store::page(tx, &query).await?;
    Ok(Page::from_extra(items, query.limit, |last| Cursor::encode(&(last.keys.0, last.keys.1, last.case.id))))
}

/// The terms of all plans, when a filter needs them.
pub(crate) async fn terms(tx: &Tx<'_>, request: &CaseQuery) -> Result<Option<std::sync::Arc<Plan>>> {
    if request.category.is_none() && request.class.is_none() {
        return Ok(None);
    }
    plans::terms(tx).await.map(Some)
}

/// The sizes of a user's lists.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct CaseCounts {
    /// Under way, all of the caller's teams; of everybody with the right to see all.
    pub all: i64,
    /// Under way, owned by the caller.
    pub mine: i64,
    /// Under way, of the caller's teams and owned by nobody; of all teams with the right to see all.
    pub unassigned: i64,
    /// Owned by the caller, with a clock that has used up its first share.
    pub due_soon_mine: i64,
    /// Owned by the caller, with a breached clock.
    pub overdue_mine: i64,
    /// Of the caller's teams (or all), with a clock that has used up its first share.
    pub due_soon: i64,
    /// Of the caller's teams (or all), with a breached clock.
    pub overdue: i64,
    /// By the caller's teams.
    pub teams: Vec<TeamCaseCount>,
}

/// The sizes of a team's lists.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct TeamCaseCount {
    /// Which team.
    pub team_id: TeamId,
    /// Under way.
    pub open: i64,
    /// Under way and owned by nobody.
    pub unassigned: i64,
    /// With a breached clock.
    pub overdue: i64,
}

/// The sizes of an actor's lists, from kept counts.
///
/// # Errors
/// `forbidden`; the storage codes.
pub(crate) async fn counts(tx: &Tx<'_>, actor: &Actor) -> Result<CaseCounts> {
    actor.require(rights::READ)?;
    let me = actor.id.unwrap_or_default();
    let mut owners: Vec<Uuid> = actor.team_ids.to_vec();
    owners.extend([me, Uuid::nil()]);
    let all_unassigned =
        if reads_all(actor) { Some(store::sum_count(tx, CountedView::Unassigned).await?) } else { None };
    let kept = store::read_counts(tx, &owners).await?;
    let of = |view: CountedView, owner: Uuid| kept.get(&(view, owner)).copied().unwrap_or(0);
    let sum = |all: CountedView, team: CountedView| match all_unassigned {
        Some(_) => of(all, Uuid::nil()),
        None => actor.team_ids.iter().map(|id| of(team, *id)).sum(),
    };
    let own_unassigned = || actor.team_ids.iter().map(|id| of(CountedView::Unassigned, *id)).sum();
    Ok(CaseCounts {
        all: sum(CountedView::All, CountedView::Team),
        mine: of(CountedView::Mine, me),
        unassigned: all_unassigned.unwrap_or_else(own_unassigned),
        due_soon_mine: of(CountedView::SoonMine, me),
        overdue_mine: of(CountedView::OverdueMine, me),
        due_soon: sum(CountedView::SoonAll, CountedView::SoonTeam),
        overdue: sum(CountedView::OverdueAll, CountedView::OverdueTeam),
        teams: actor
            .team_ids
            .iter()
            .map(|id| TeamCaseCount {
                team_id: TeamId(*id),
                open: of(CountedView::Team, *id),
                unassigned: of(CountedView::Unassigned, *id),
                overdue: of(CountedView::OverdueTeam, *id),
            })
            .collect(),
    })
}
