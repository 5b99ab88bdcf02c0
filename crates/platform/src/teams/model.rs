//! Teams as administrators see them.

use serde::Serialize;

use crate::directory::{TeamId, TeamKind, UserId, UserRef};

/// A team or department with its members.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Team {
    /// Which one.
    pub id: TeamId,
    /// The name that is shown.
    pub name: String,
    /// Whether it serves contacts or solves cases.
    pub kind: TeamKind,
    /// What people should know about it.
    pub description: String,
    /// Who leads it.
    #[schema(required = true)]
    pub lead: Option<UserRef>,
    /// Who belongs to it, by name.
    pub members: Vec<UserRef>,
    /// Counts changes.
    pub version: i64,
}

/// A team as it is stored, without its members.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TeamRow {
    pub(crate) id: TeamId,
    pub(crate) name: String,
    pub(crate) kind: TeamKind,
    pub(crate) description: String,
    pub(crate) lead_id: Option<UserId>,
    pub(crate) version: i64,
}
