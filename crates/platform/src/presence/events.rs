//! What happens to presence.

use super::model::Status;
use crate::{directory::UserId, event::event};

event!(
    /// A user came, went, or chose another status.
    PresenceChanged = "presence.changed" about user user_id {
        /// Who.
        user_id: UserId,
        /// What they are from now on.
        status: Status,
        /// Why they are away.
        reason: Option<String>,
        /// Whether they have a connection.
        connected: bool,
    }
);
