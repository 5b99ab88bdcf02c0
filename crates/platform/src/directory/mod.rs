//! The directory: who the people and teams are, for everybody who shows a name.
//!
//! It owns the tables of users and teams and gives out references to them. [`Directory`] keeps the references in
//! memory, so that lists need no join; changes of users and teams make it forget. What administrators do with users
//! and teams is in `users` and `teams`.

mod cache;
mod model;
pub(crate) mod store;

pub use cache::Directory;
pub use model::{
    NewTeam, NewUser, TeamId, TeamKind, TeamRef, UserId, UserRef, UserState, acting_user, sort_key,
};
pub use store::{add_team, add_user, lead_of, team_ids_of, team_refs, user_ids_of, user_refs};
