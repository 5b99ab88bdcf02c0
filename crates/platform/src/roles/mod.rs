//! Roles: named sets of rights. The built-in ones are part of the product and get new rights with it; own roles are
//! made by administrators. What a user may do is the union of their roles, and nobody can grant what they do not hold.

mod built_in;
mod events;
pub mod http;
mod model;
mod people;
mod rules;
mod service;
pub(crate) mod store;

pub use events::{RoleCreated, RoleDeleted, RoleUpdated};
pub use model::{Role, RoleId, RoleRef};
pub use people::{built_in_of, holders, holders_of_right};
pub use rules::{RIGHTS_EXCEEDED, covers};
pub(crate) use service::{access_of, check_grantable, refs, rights_of};
