//! API tokens.

use heard_kernel::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::directory::{UserId, UserRef};

/// What every token begins with, so that scanners find one that was published by mistake.
pub const PREFIX: &str = "heard_";
/// Characters of a token that are shown, so that its owner knows it again.
pub(crate) const SHOWN: usize = 12;

/// An API token.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ApiToken {
    /// Which one.
    pub id: Uuid,
    /// What it is for.
    pub name: String,
    /// How it begins.
    pub prefix: String,
    /// The rights that it has, as far as its user has them.
    pub scopes: Vec<String>,
    /// When it stops to work.
    #[schema(required = true)]
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to five minutes.
    #[schema(required = true)]
    pub last_used_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// For whom it acts.
    pub user: UserRef,
    /// The token itself, only in the answer to its making.
    #[schema(required = true)]
    pub token: Option<String>,
}

/// A token as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TokenRow {
    pub(crate) id: Uuid,
    pub(crate) user_id: UserId,
    pub(crate) name: String,
    pub(crate) prefix: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) last_used_at: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
}

impl TokenRow {
    pub(crate) fn good_at(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }

    pub(crate) fn present(self, user: UserRef, token: Option<String>) -> ApiToken {
        ApiToken {
            id: self.id,
            name: self.name,
            prefix: self.prefix,
            scopes: self.scopes,
            expires_at: self.expires_at,
            last_used_at: self.last_used_at,
            created_at: self.created_at,
            user,
            token,
        }
    }
}
