//! Users as administrators see them, and as they are stored.

use heard_kernel::{Locale, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    directory::{TeamRef, UserId, UserState},
    roles::RoleRef,
};

/// A user.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct User {
    /// Which one.
    pub id: UserId,
    /// The name that is shown.
    pub name: String,
    /// The picture.
    #[schema(required = true)]
    pub avatar_attachment_id: Option<Uuid>,
    /// The address to sign in with.
    pub email: String,
    /// Whether they may sign in.
    pub state: UserState,
    /// The roles that they hold.
    pub roles: Vec<RoleRef>,
    /// The teams that they belong to.
    pub teams: Vec<TeamRef>,
    /// The language of the console.
    pub locale: Locale,
    /// When they were last there.
    #[schema(required = true)]
    pub last_seen_at: Option<Timestamp>,
    /// Whether they sign in with a second factor.
    pub totp_enabled: bool,
    /// How many open conversations they take at a time.
    pub capacity: u32,
    /// When the account was made.
    pub created_at: Timestamp,
    /// Counts changes.
    pub version: i64,
}

/// A user as stored, without roles and teams.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Account {
    pub(crate) id: UserId,
    pub(crate) name: String,
    pub(crate) name_key: String,
    pub(crate) email: String,
    pub(crate) state: UserState,
    pub(crate) locale: Locale,
    pub(crate) time_zone: String,
    pub(crate) theme: String,
    pub(crate) preferences: serde_json::Map<String, serde_json::Value>,
    pub(crate) avatar_attachment_id: Option<Uuid>,
    pub(crate) capacity: u32,
    pub(crate) totp_enabled: bool,
    pub(crate) last_seen_at: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
    pub(crate) version: i64,
}

impl Account {
    pub(crate) fn present(self, roles: Vec<RoleRef>, teams: Vec<TeamRef>) -> User {
        User {
            id: self.id,
            name: self.name,
            avatar_attachment_id: self.avatar_attachment_id,
            email: self.email,
            state: self.state,
            roles,
            teams,
            locale: self.locale,
            last_seen_at: self.last_seen_at,
            totp_enabled: self.totp_enabled,
            capacity: self.capacity,
            created_at: self.created_at,
            version: self.version,
        }
    }
}
