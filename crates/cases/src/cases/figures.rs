//! Figures of the archive: how many cases of which month, type, category, severity and outcome, kept while cases are archived
//! and opened again, so that counting a million archived cases reads some thousand rows.
//!
//! Months are those of one time zone, which stands beside the figures. When the organisation's calendar goes by another
//! one, the figures no longer tell its months: they are kept on, the archive is counted case by case, and a job reckons
//! them anew.

use std::collections::BTreeMap;

use heard_kernel::{Actor, Result, Timestamp};
use heard_runtime::{Ctx, Job, JobHandler, JobKind, SendFuture, Tx};
use heard_store::Tx as StoreTx;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{
    model::{Case, Shelf},
    report::CaseGrouping,
    store::{self, Counted, Filters},
};
use crate::clocks;

/// What figures are kept by. Keys that are not known are empty.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct FigureKey {
    /// As `2026-09`.
    pub(crate) month: String,
    pub(crate) type_key: String,
    pub(crate) category_key: String,
    pub(crate) severity_key: String,
    pub(crate) outcome: String,
}

/// What is added to each figure.
pub(crate) type Figures = BTreeMap<FigureKey, Counted>;

/// The month of an instant in a time zone. A zone that is gone counts as UTC.
pub(crate) fn month(zone: &TimeZone, at: Timestamp) -> String {
    at.to_jiff().to_zoned(zone.clone()).strftime("%Y-%m").to_string()
}

pub(crate) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

fn key_of(case: &Case, zone: &TimeZone) -> FigureKey {
    FigureKey {
        month: month(zone, case.received_at),
        type_key: case.type_key.clone(),
        category_key: case.category_key.clone().unwrap_or_default(),
        severity_key: case.severity_key.clone().unwrap_or_default(),
        outcome: case.outcome.map(|outcome| outcome.as_str().to_owned()).unwrap_or_default(),
    }
}

/// What a change of one case adds and takes away.
fn steps(before: Option<&Case>, after: &Case, zone: &TimeZone) -> Figures {
    let mut steps = Figures::new();
    for (case, sign) in [(before, -1), (Some(after), 1)] {
        if let Some(case) = case.filter(|case| case.shelf() == Shelf::Archived) {
            steps.entry(key_of(case, zone)).or_default().add(Counted::one(case.satisfaction).times(sign));
        }
    }
    steps.retain(|_, step| !step.is_empty());
    steps
}

/// Keeps the figures true when a case is saved.
pub(crate) async fn keep(tx: &StoreTx<'_>, before: Option<&Case>, after: &Case) -> Result<()> {
    let archived = |case: &Case| case.shelf() == Shelf::Archived;
    if !archived(after) && !before.is_some_and(archived) {
        return Ok(());
    }
    let Some(name) = store::figures_zone(tx).await? else { return Ok(()) };
    store::add_figures(tx, &steps(before, after, &zone(&name))).await
}

/// Whether figures are kept by this.
fn kept_by(grouping: CaseGrouping) -> bool {
    use CaseGrouping::{Category, Month, Outcome, Severity, Type};
    matches!(grouping, Month | Type | Category | Severity | Outcome)
}

impl FigureKey {
    fn of(&self, grouping: CaseGrouping) -> Option<String> {
        let key = match grouping {
            CaseGrouping::Month => &self.month,
            CaseGrouping::Type => &self.type_key,
            CaseGrouping::Category => &self.category_key,
            CaseGrouping::Severity => &self.severity_key,
            _ => &self.outcome,
        };
        Some(key.clone()).filter(|key| !key.is_empty())
    }

    fn fits(&self, filters: &Filters, months: &Months) -> bool {
        let is = |wanted: Option<&str>, key: &str| wanted.is_none_or(|wanted| wanted == key);
        let outcome = filters.outcome.map(super::model::Outcome::as_str);
        is(filters.type_key.as_deref(), &self.type_key)
            && is(filters.severity_key.as_deref(), &self.severity_key)
            && is(outcome, &self.outcome)
            && filters.categories.as_ref().is_none_or(|keys| keys.contains(&self.category_key))
            && months.from.as_ref().is_none_or(|from| self.month >= *from)
            && months.to.as_ref().is_none_or(|to| self.month < *to)
    }
}

/// Whole months: from the first on, before the second.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Months {
    from: Option<String>,
    to: Option<String>,
}

impl Months {
    /// A period, when it begins and ends with months.
    fn of(from: Option<Timestamp>, to: Option<Timestamp>, zone: &TimeZone) -> Option<Self> {
        let whole = |at: Option<Timestamp>| match at {
            None => Some(None),
            Some(at) => {
                let before = month(zone, at.plus_millis(-1));
                Some(month(zone, at)).filter(|month| *month != before).map(Some)
            }
        };
        Some(Self { from: whole(from)?, to: whole(to)? })
    }
}

/// Groups of the archive with their sizes.
pub(crate) type Groups = BTreeMap<(Option<String>, Option<String>), Counted>;

/// The question as far as figures answer it.
pub(crate) struct Question<'a> {
    pub(crate) group: CaseGrouping,
    pub(crate) by: Option<CaseGrouping>,
    pub(crate) filters: &'a Filters,
}

/// Counts the archive by its figures; nothing when they do not answer the question: other things are asked for than they are
/// kept by, a period does not begin or end with a month, or they go by another time zone than the one asked for. Cases
/// that the asker does not see are taken off.
pub(crate) async fn count(
    tx: &StoreTx<'_>,
    question: &Question<'_>,
    zone_name: &str,
    unseen: &[Case],
) -> Result<Option<Groups>> {
    let (filters, zone) = (question.filters, zone(zone_name));
    let plain = Filters {
        type_key: None,
        categories: None,
        severity_key: None,
        outcome: None,
        from: None,
        to: None,
        ..filters.clone()
    };
    let answered = kept_by(question.group) && question.by.is_none_or(kept_by) && plain == Filters::default();
    let Some(months) = Months::of(filters.from, filters.to, &zone).filter(|_| answered) else {
        return Ok(None);
    };
    if store::figures_zone(tx).await?.as_deref() != Some(zone_name) {
        return Ok(None);
    }
    let mut figures = store::figures(tx).await?;
    for case in unseen.iter().filter(|case| case.shelf() == Shelf::Archived) {
        let hidden = Counted::one(case.satisfaction).times(-1);
        figures.entry(key_of(case, &zone)).or_default().add(hidden);
    }
    let mut groups = Groups::new();
    for (key, counted) in figures.iter().filter(|(key, _)| key.fits(filters, &months)) {
        let group = (key.of(question.group), question.by.and_then(|by| key.of(by)));
        groups.entry(group).or_default().add(*counted);
    }
    groups.retain(|_, counted| counted.count > 0);
    Ok(Some(groups))
}

/// Reckons the figures anew by the time zone of the organisation's calendar.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct RecountFigures {}

impl JobKind for RecountFigures {
    const KIND: &'static str = "case.recount_figures";

    fn dedup_key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Whether the figures go by another time zone than the organisation's calendar, or are not there.
///
/// # Errors
/// The storage codes.
pub(crate) async fn are_stale(tx: &StoreTx<'_>) -> Result<bool> {
    let shelf = clocks::Shelf::at(tx).await?;
    Ok(store::figures_zone(tx).await?.as_deref() != Some(shelf.calendar(None)?.time_zone()))
}

/// Has the figures reckoned anew.
///
/// # Errors
/// The storage codes.
pub(crate) async fn recount_soon(tx: &Tx<'_>) -> Result<()> {
    tx.enqueue(&RecountFigures {}).await
}

/// Does [`RecountFigures`].
pub(crate) struct FigureRecounter;

impl JobHandler for FigureRecounter {
    fn kind(&self) -> &'static str {
        RecountFigures::KIND
    }

    fn run<'a>(&'a self, ctx: &'a Ctx, _: &'a Job) -> SendFuture<'a, ()> {
        Box::pin(recount(ctx))
    }
}

/// Reckons the figures anew in one transaction, so that what is archived meanwhile is counted once. It writes nothing when they
/// are as they should be.
///
/// # Errors
/// The storage codes.
pub async fn recount(ctx: &Ctx) -> Result<()> {
    ctx.tx(&Actor::system(), async |tx| {
        store::hold_figures(tx).await?;
        let shelf = clocks::Shelf::at(tx).await?;
        let name = shelf.calendar(None)?.time_zone().to_owned();
        let zone = zone(&name);
        let mut figures = Figures::new();
        for row in store::archived_by_quarter(tx).await? {
            let key = FigureKey {
                month: month(&zone, row.quarter),
                type_key: row.type_key,
                category_key: row.category_key.unwrap_or_default(),
                severity_key: row.severity_key.unwrap_or_default(),
                outcome: row.outcome.unwrap_or_default(),
            };
            figures.entry(key).or_default().add(row.counted);
        }
        if store::figures_zone(tx).await? == Some(name.clone()) && store::figures(tx).await? == figures {
            return Ok(());
        }
        store::replace_figures(tx, &name, &figures).await
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_of_whole_months_are_answered() {
        let zone = zone("Asia/Shanghai");
        let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        let september = at("2026-08-31T16:00:00Z");
        let months = Months::of(september, at("2026-09-30T16:00:00Z"), &zone).unwrap();
        assert_eq!((months.from.as_deref(), months.to.as_deref()), (Some("2026-09"), Some("2026-10")));
        assert_eq!(Months::of(at("2026-09-01T00:00:00Z"), None, &zone), None);
        assert_eq!(Months::of(None, None, &zone), Some(Months::default()));
    }
}
