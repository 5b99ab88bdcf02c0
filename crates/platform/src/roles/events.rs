//! What happens to roles.

use super::model::RoleId;
use crate::event::event;

event!(
    /// An own role was made.
    RoleCreated = "role.created" about role role_id {
        /// Which one.
        role_id: RoleId,
        /// Its rights.
        rights: Vec<String>,
    }
);
event!(
    /// An own role was changed.
    RoleUpdated = "role.updated" about role role_id {
        /// Which one.
        role_id: RoleId,
        /// Rights that it got.
        added: Vec<String>,
        /// Rights that it lost.
        removed: Vec<String>,
    }
);
event!(
    /// An own role was deleted.
    RoleDeleted = "role.deleted" about role role_id {
        /// Which one.
        role_id: RoleId,
    }
);
