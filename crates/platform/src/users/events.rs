//! What happens to users.

use crate::{
    directory::{TeamId, UserId, UserState},
    event::event,
    roles::RoleId,
};

event!(
    /// A user was made.
    UserCreated = "user.created" about user user_id {
        /// Which one.
        user_id: UserId,
        /// Roles that they hold.
        role_ids: Vec<RoleId>,
        /// Teams that they belong to.
        team_ids: Vec<TeamId>,
    }
);
event!(
    /// A user was changed, by themselves or by an administrator.
    UserUpdated = "user.updated" about user user_id {
        /// Which one.
        user_id: UserId,
        /// Names of the fields that were changed.
        changed: Vec<String>,
        /// Whether they may sign in from now on, when that was changed.
        state: Option<UserState>,
        /// Their roles from now on, when those were changed.
        role_ids: Option<Vec<RoleId>>,
        /// Their teams from now on, when those were changed.
        team_ids: Option<Vec<TeamId>>,
    }
);
