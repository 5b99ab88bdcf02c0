//! Invitations.

use heard_kernel::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::{
    directory::{TeamId, TeamRef, UserId, UserRef},
    roles::{RoleId, RoleRef},
};

/// An invitation that nobody followed yet.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Invitation {
    /// Which one.
    pub id: Uuid,
    /// Who is invited.
    pub email: String,
    /// The name that is proposed.
    #[schema(required = true)]
    pub name: Option<String>,
    /// Roles that they will hold.
    pub roles: Vec<RoleRef>,
    /// Teams that they will belong to.
    pub teams: Vec<TeamRef>,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Who invites.
    pub created_by: UserRef,
    /// The link, only in the answer to its making.
    #[schema(required = true)]
    pub link: Option<String>,
    /// Whether it is sent by mail.
    pub mailed: bool,
}

/// An invitation as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct InvitationRow {
    pub(crate) id: Uuid,
    pub(crate) email: String,
    pub(crate) name: Option<String>,
    pub(crate) role_ids: Vec<RoleId>,
    pub(crate) team_ids: Vec<TeamId>,
    pub(crate) created_by: UserId,
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) mailed: bool,
}
