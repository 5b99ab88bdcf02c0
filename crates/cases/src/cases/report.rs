//! Counting cases: how many of what kind, grouped by one or two things.

use std::collections::BTreeMap;

use heard_desk::conversations;
use heard_kernel::{Actor, Error, Locale, Result, Timestamp, calendar::Calendar};
use heard_platform::directory::Directory;
use heard_runtime::Ctx;
use heard_store::{Tx, words};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    figures::{self, Question},
    model::Shelf as CaseShelf,
    query::{self, CaseQuery},
    store::{self, Counted, Scope},
};
use crate::{
    clocks::Shelf,
    plans::{self, Plan, Text},
    rights,
};

words! {
    /// What cases are grouped by.
    CaseGrouping {
        /// The month in which they came, by the calendar of the organisation.
        Month => "month",
        /// The type.
        Type => "type",
        /// The category.
        Category => "category",
        /// The severity.
        Severity => "severity",
        /// The urgency.
        Urgency => "urgency",
        /// The priority.
        Priority => "priority",
        /// How they came.
        Source => "source",
        /// What became of them.
        Outcome => "outcome",
        /// Whether they are upheld.
        Upheld => "upheld",
        /// The cause.
        Cause => "cause",
        /// The responsible department.
        Department => "department",
        /// The team.
        Team => "team",
        /// Who is responsible.
        Owner => "owner",
        /// How satisfied the customer is.
        Satisfaction => "satisfaction",
    }
}

impl CaseGrouping {
    /// The column of cases that holds it; months are reckoned from days.
    pub(crate) const fn column(self) -> &'static str {
        match self {
            Self::Month => "c.received_at",
            Self::Type => "c.type_key",
            Self::Category => "c.category_key",
            Self::Severity => "c.severity_key",
            Self::Urgency => "c.urgency_key",
            Self::Priority => "c.priority",
            Self::Source => "c.source",
            Self::Outcome => "c.outcome",
            Self::Upheld => "c.upheld",
            Self::Cause => "c.cause_key",
            Self::Department => "c.department_key",
            Self::Team => "c.team_id",
            Self::Owner => "c.owner_id",
            Self::Satisfaction => "c.satisfaction",
        }
    }
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportQuery {
    /// By what.
    pub group: CaseGrouping,
    /// And by what within that.
    pub by: Option<CaseGrouping>,
}

/// The size of a group.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = CaseReportRow)]
pub struct ReportRow {
    /// Its key; absent for cases of which it is not known.
    #[schema(required = true)]
    pub key: Option<String>,
    /// Its name.
    #[schema(required = true)]
    pub name: Option<String>,
    /// The key within it.
    #[schema(required = true)]
    pub by_key: Option<String>,
    /// The name within it.
    #[schema(required = true)]
    pub by_name: Option<String>,
    /// How many cases.
    pub count: i64,
    /// How many of them said how satisfied they are.
    pub rated: i64,
    /// How satisfied those are on average, 1 to 5.
    #[schema(required = true)]
    pub satisfaction: Option<f64>,
    /// Cases of the group per 1,000 conversations of its month; absent unless `contacts` tells of the month.
    #[schema(required = true)]
    pub per_thousand: Option<f64>,
}

/// Sizes of groups.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = CaseReport)]
pub struct Report {
    /// The groups, by key.
    pub rows: Vec<ReportRow>,
    /// How many cases in all.
    pub total: i64,
    /// Counted by month from a day on, for whoever sees all cases: how many conversations there were in each month, the
    /// earliest first. Empty otherwise.
    pub contacts: Vec<ReportContacts>,
}

/// What rates of a month are reckoned against.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[schema(as = CaseReportContacts)]
pub struct ReportContacts {
    /// As `2026-09`, by the calendar of the organisation.
    pub month: String,
    /// Conversations that began in it. Those that were joined to another one do not count.
    pub conversations: i64,
}

/// Cases per 1,000 conversations, to two digits; nothing when there were none.
#[allow(clippy::cast_precision_loss, reason = "counts are small")]
fn per_thousand(cases: i64, conversations: i64) -> Option<f64> {
    (conversations > 0).then(|| (cases as f64 * 100_000.0 / conversations as f64).round() / 100.0)
}

type Group = (Option<String>, Option<String>);

/// Counts the cases that an actor sees. Archived ones, unless another list is asked for.
///
/// # Errors
/// `forbidden`, `too_many_filters`, `validation_failed`; the storage codes.
pub(crate) async fn count(
    tx: &Tx<'_>,
    actor: &Actor,
    wanted: ReportQuery,
    mut filters: CaseQuery,
) -> Result<BTreeMap<Group, Counted>> {
    actor.require(rights::READ)?;
    filters.view = filters.view.or(Some(query::CaseListName::Archived));
    let plan = query::terms(tx, &filters).await?;
    let narrowed = filters.filters(plan.as_deref())?;
    let recused = query::recusals(tx, actor).await?;
    let scope = filters.scope(actor);
    let by = wanted.by.filter(|by| *by != wanted.group);
    let shelf = Shelf::at(tx).await?;
    let calendar = shelf.calendar(None)?;
    if filters.shelf() == CaseShelf::Archived && scope == Scope::All {
        let question = Question { group: wanted.group, by, filters: &narrowed };
        let unseen = match recused {
            Some(user) => store::short(tx, &store::recused_from(tx, user).await?).await?,
            None => Vec::new(),
        };
        if let Some(groups) = figures::count(tx, &question, calendar.time_zone(), &unseen).await? {
            return Ok(groups);
        }
    }
    let rows =
        store::count_grouped(tx, &scope, filters.shelf(), &narrowed, recused, wanted.group, by).await?;
    let mut groups: BTreeMap<Group, Counted> = BTreeMap::new();
    for (key, by_key, counted) in rows {
        let group = (month(wanted.group, key, calendar), by.and_then(|by| month(by, by_key, calendar)));
        groups.entry(group).or_default().add(counted);
    }
    Ok(groups)
}

/// Months of which conversations are counted at most.
const MOST_MONTHS: usize = 36;

/// What rates are reckoned against: conversations of each month from the one in which the period begins to that in which it
/// ends.
///
/// # Errors
/// `forbidden`; the storage codes.
pub(crate) async fn contacts(
    tx: &Tx<'_>,
    actor: &Actor,
    wanted: ReportQuery,
    filters: &CaseQuery,
    now: Timestamp,
) -> Result<Vec<ReportContacts>> {
    actor.require(rights::READ)?;
    let by_month = wanted.group == CaseGrouping::Month || wanted.by == Some(CaseGrouping::Month);
    let Some(from) = filters.from.filter(|_| by_month && actor.may(rights::READ_ALL)) else {
        return Ok(Vec::new());
    };
    let shelf = Shelf::at(tx).await?;
    let zone = figures::zone(shelf.calendar(None)?.time_zone());
    let end = filters.to.unwrap_or(now).min(now);
    let mut day = from.to_jiff().to_zoned(zone.clone()).date().first_of_month();
    let mut found = Vec::new();
    while found.len() < MOST_MONTHS {
        let next = day.saturating_add(jiff::Span::new().months(1));
        let (begins, ends) = (first_instant(day, &zone)?, first_instant(next, &zone)?);
        if begins >= end {
            break;
        }
        let conversations = conversations::how_many_began(tx, begins, ends).await?;
        found.push(ReportContacts { month: day.strftime("%Y-%m").to_string(), conversations });
        day = next;
    }
    Ok(found)
}

/// When a day begins somewhere.
fn first_instant(day: jiff::civil::Date, zone: &jiff::tz::TimeZone) -> Result<Timestamp> {
    let at = day.to_zoned(zone.clone()).map_err(Error::internal)?;
    Ok(Timestamp::from_millis(at.timestamp().as_millisecond()))
}

/// The month of a day, for groups by month; other keys stay as they are.
fn month(grouping: CaseGrouping, key: Option<String>, calendar: &Calendar) -> Option<String> {
    if grouping != CaseGrouping::Month {
        return key;
    }
    let millis: i64 = key?.parse().ok()?;
    Some(calendar.local(Timestamp::from_millis(millis)).strftime("%Y-%m").to_string())
}

/// Adds names and shows groups.
pub(crate) async fn show(
    ctx: &Ctx,
    locale: Locale,
    wanted: ReportQuery,
    groups: BTreeMap<Group, Counted>,
    contacts: Vec<ReportContacts>,
) -> Result<Report> {
    let plan = ctx.read(async |tx| Ok(plans::terms(tx).await.ok())).await?;
    let mut rows = Vec::with_capacity(groups.len());
    for ((key, by_key), counted) in groups {
        let named = |grouping: CaseGrouping, key: &Option<String>| {
            let key = key.as_deref()?;
            plan_name(grouping, plan.as_deref()?, key).map(|name| name.in_locale(locale).to_owned())
        };
        let name = match person(ctx, wanted.group, key.as_deref()).await? {
            Some(name) => Some(name),
            None => named(wanted.group, &key),
        };
        let by_name = match wanted.by {
            Some(by) => match person(ctx, by, by_key.as_deref()).await? {
                Some(name) => Some(name),
                None => named(by, &by_key),
            },
            None => None,
        };
        let month = if wanted.group == CaseGrouping::Month { &key } else { &by_key };
        let of_month = contacts.iter().find(|one| Some(&one.month) == month.as_ref());
        rows.push(ReportRow {
            per_thousand: of_month.and_then(|one| per_thousand(counted.count, one.conversations)),
            key,
            name,
            by_key,
            by_name,
            count: counted.count,
            rated: counted.rated,
            satisfaction: counted.average(),
        });
    }
    Ok(Report { total: rows.iter().map(|row| row.count).sum(), rows, contacts })
}

/// The name of a user or team that a group stands for.
async fn person(ctx: &Ctx, grouping: CaseGrouping, key: Option<&str>) -> Result<Option<String>> {
    let Some(id) = key.and_then(|key| key.parse::<Uuid>().ok()) else { return Ok(None) };
    let directory = Directory::of(ctx);
    Ok(match grouping {
        CaseGrouping::Team => directory.team(ctx, id).await?.map(|team| team.name),
        CaseGrouping::Owner => directory.user(ctx, id).await?.map(|user| user.name),
        _ => None,
    })
}

fn plan_name<'p>(grouping: CaseGrouping, plan: &'p Plan, key: &str) -> Option<&'p Text> {
    match grouping {
        CaseGrouping::Type => plan.case_type(key).map(|found| &found.name),
        CaseGrouping::Category => plan.category(key).map(|found| &found.name),
        CaseGrouping::Severity => plan.severity(key).map(|found| &found.name),
        CaseGrouping::Urgency => plan.urgency(key).map(|found| &found.name),
        CaseGrouping::Cause => plan.cause(key).map(|found| &found.name),
        CaseGrouping::Department => plan.department(key).map(|found| &found.name),
        _ => None,
    }
}
