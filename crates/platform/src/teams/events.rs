//! What happens to teams.

use crate::{
    directory::{TeamId, UserId},
    event::event,
};

event!(
    /// A team was made.
    TeamCreated = "team.created" about team team_id {
        /// Which one.
        team_id: TeamId,
        /// Its members.
        member_ids: Vec<UserId>,
    }
);
event!(
    /// A team or its membership was changed.
    TeamUpdated = "team.updated" about team team_id {
        /// Which one.
        team_id: TeamId,
        /// Users who joined.
        added: Vec<UserId>,
        /// Users who left.
        removed: Vec<UserId>,
    }
);
event!(
    /// A team was deleted.
    TeamDeleted = "team.deleted" about team team_id {
        /// Which one.
        team_id: TeamId,
    }
);
