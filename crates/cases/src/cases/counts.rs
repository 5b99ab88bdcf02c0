//! Kept counts of views: what a change of one case adds and takes away.

use std::collections::BTreeMap;

use heard_store::words;
use uuid::Uuid;

use super::model::{Case, ClockState, Shelf};

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

/// The counts that a case is part of. Cases without a team stand under the nil id.
fn places(case: &Case) -> Vec<(CountedView, Uuid)> {
    if case.shelf() != Shelf::Active {
        return Vec::new();
    }
    let team = case.team_id.map_or(Uuid::nil(), |team| team.0);
    let owner = case.owner_id.map(|owner| owner.0);
    let mut places = vec![(CountedView::All, Uuid::nil()), (CountedView::Team, team)];
    places.push(match owner {
        Some(owner) => (CountedView::Mine, owner),
        None => (CountedView::Unassigned, team),
    });
    let pressed = match case.clock_state {
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
