//! Kept counts of views: what a change of one case adds and takes away.

use std::collections::BTreeMap;

use heard_kernel::{Actor, Result};
use heard_runtime::Ctx;
use heard_store::{Tx, words};
use uuid::Uuid;

use super::{
    model::{Case, ClockState, Shelf},
    store,
};

words! {
    /// A view whose size is kept.
    CountedView {
        /// Cases under way.
        All => "all",
        /// Those that a user owns.
        Mine => "mine",
        /// Those that a team has.
        Team => "team",
        /// Those of a team that nobody owns.
        Unassigned => "unassigned",
        /// All with a clock that has used up its first share.
        SoonAll => "soon_all",
        /// Such that a user owns.
        SoonMine => "soon_mine",
        /// Such that a team has.
        SoonTeam => "soon_team",
        /// All with a breached clock that is not fulfilled.
        OverdueAll => "overdue_all",
        /// Such that a user owns.
        OverdueMine => "overdue_mine",
        /// Such that a team has.
        OverdueTeam => "overdue_team",
    }
}

/// What is added to each count.
pub(crate) type Steps = BTreeMap<(CountedView, Uuid), i64>;

/// What a change of one case adds and takes away. `None` stands for a case that is not there.
pub(crate) fn steps(before: Option<&Case>, after: Option<&Case>) -> Steps {
    let mut steps = Steps::new();
    for (case, n) in [(before, -1), (after, 1)] {
        for place in case.map(places).unwrap_or_default() {
            *steps.entry(place).or_default() += n;
        }
    }
    steps.retain(|_, n| *n != 0);
    steps
}

/// The counts that a case is part of.
fn places(case: &Case) -> Vec<(CountedView, Uuid)> {
    if case.shelf() != Shelf::Active {
        return Vec::new();
    }
    places_of(case.team_id.map(|team| team.0), case.owner_id.map(|owner| owner.0), case.clock_state)
}

/// The counts that a case under way is part of. Cases without a team stand under the nil id.
fn places_of(team: Option<Uuid>, owner: Option<Uuid>, clock: ClockState) -> Vec<(CountedView, Uuid)> {
    let team = team.unwrap_or_default();
    let mut places = vec![(CountedView::All, Uuid::nil()), (CountedView::Team, team)];
    places.push(match owner {
        Some(owner) => (CountedView::Mine, owner),
        None => (CountedView::Unassigned, team),
    });
    let pressed = match clock {
        ClockState::Soon => Some((CountedView::SoonAll, CountedView::SoonMine, CountedView::SoonTeam)),
        ClockState::Overdue => {
            Some((CountedView::OverdueAll, CountedView::OverdueMine, CountedView::OverdueTeam))
        }
        ClockState::None | ClockState::Running | ClockState::Paused => None,
    };
    if let Some((all, mine, of_team)) = pressed {
        places.extend([(all, Uuid::nil()), (of_team, team)]);
        places.extend(owner.map(|owner| (mine, owner)));
    }
    places
}

/// A kept count that differs from what counting anew gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WrongCount {
    /// The view.
    pub view: CountedView,
    /// Whose it is.
    pub owner: Uuid,
    /// What was kept.
    pub kept: i64,
    /// What there is.
    pub counted: i64,
}

/// Kept counts that differ from what counting anew gives. Reads the index of all cases under way.
///
/// # Errors
/// The storage codes.
pub async fn recounted(tx: &Tx<'_>) -> Result<Vec<WrongCount>> {
    let mut numbers: BTreeMap<(CountedView, Uuid), (i64, i64)> = BTreeMap::new();
    for (key, kept) in store::all_counts(tx).await? {
        numbers.entry(key).or_default().0 = kept;
    }
    for (team, owner, clock, n) in store::count_active(tx).await? {
        for place in places_of(team, owner, clock) {
            numbers.entry(place).or_default().1 += n;
        }
    }
    let wrong = numbers.into_iter().filter(|(_, (kept, counted))| kept != counted);
    Ok(wrong.map(|((view, owner), (kept, counted))| WrongCount { view, owner, kept, counted }).collect())
}

/// Puts kept counts right and gives those that were wrong. What is right is only looked at, beside everything else.
///
/// # Errors
/// The storage codes.
pub async fn repair_counts(ctx: &Ctx) -> Result<Vec<WrongCount>> {
    if ctx.read(async |tx| recounted(tx).await).await?.is_empty() {
        return Ok(Vec::new());
    }
    ctx.tx(&Actor::system(), async |tx| {
        store::hold_counts(tx).await?;
        let wrong = recounted(tx).await?;
        let steps: Steps =
            wrong.iter().map(|count| ((count.view, count.owner), count.counted - count.kept)).collect();
        store::add_counts(tx, &steps).await?;
        Ok(wrong)
    })
    .await
}
