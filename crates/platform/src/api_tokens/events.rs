//! What happens to API tokens.

use uuid::Uuid;

use crate::{directory::UserId, event::event};

event!(
    /// A token was made.
    ApiTokenCreated = "api_token.created" about api_token token_id {
        /// Which one.
        token_id: Uuid,
        /// Whose.
        user_id: UserId,
        /// What it may do at most.
        scopes: Vec<String>,
    }
);
event!(
    /// A token was revoked.
    ApiTokenRevoked = "api_token.revoked" about api_token token_id {
        /// Which one.
        token_id: Uuid,
        /// Whose.
        user_id: UserId,
    }
);
