//! The arrangements with their years, built in and loaded.

use heard_kernel::{Result, calendar::Calendars};
use heard_runtime::Ctx;
use uuid::Uuid;

use super::{
    model::{ArrangedYear, Region, YearRow},
    rules,
};
use crate::directory::Directory;

/// A region whose people are not yet named.
type Unnamed = (Region, Vec<Option<Uuid>>);

pub(super) fn of(calendars: &Calendars, loaded: &[YearRow], this_year: i32) -> Vec<Unnamed> {
    let regions = calendars.arrangements().iter().map(|(region, arrangement)| {
        let (mut years, mut people) = (Vec::new(), Vec::new());
        for days in arrangement.years().filter_map(|year| arrangement.year(year)) {
            let row = loaded.iter().find(|row| row.region == region && row.days.year == days.year);
            years.push(ArrangedYear {
                built_in: row.is_none(),
                source: row.map(|row| row.source.clone()).unwrap_or_default(),
                loaded_by: None,
                loaded_at: row.map(|row| row.loaded_at),
                days,
            });
            people.push(row.and_then(|row| row.loaded_by));
        }
        years.reverse();
        people.reverse();
        let missing_years = rules::missing_years(calendars.arrangements(), Some(region), this_year);
        (Region { region: region.to_owned(), years, missing_years }, people)
    });
    regions.collect()
}

pub(super) async fn with_people(ctx: &Ctx, regions: Vec<Unnamed>) -> Result<Vec<Region>> {
    let ids: Vec<Uuid> = regions.iter().flat_map(|(_, people)| people.iter().flatten().copied()).collect();
    let users = Directory::of(ctx).users(ctx, &ids).await?;
    let named = regions.into_iter().map(|(mut region, people)| {
        for (year, person) in region.years.iter_mut().zip(people) {
            year.loaded_by = person.and_then(|id| users.get(&id).cloned());
        }
        region
    });
    Ok(named.collect())
}
