//! Roles.

use heard_kernel::Locale;
use heard_store::id_type;
use serde::{Deserialize, Serialize};

use crate::rights::BuiltIn;

id_type!(
    /// Names a role.
    RoleId
);

/// A role where one is mentioned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RoleRef {
    /// Which one.
    pub id: RoleId,
    /// The key of a built-in role, by which its name is translated.
    #[schema(required = true)]
    pub key: Option<String>,
    /// The name that is shown.
    pub name: String,
}

impl RoleRef {
    /// A built-in role.
    pub fn built_in(role: BuiltIn, locale: Locale) -> Self {
        Self { id: role.id(), key: Some(role.key().to_owned()), name: role.words(locale).0.to_owned() }
    }
}

/// A role with its rights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Role {
    /// Which one.
    pub id: RoleId,
    /// The key of a built-in role, by which its name is translated.
    #[schema(required = true)]
    pub key: Option<String>,
    /// The name that is shown.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The rights that it grants.
    pub rights: Vec<String>,
    /// Whether it is part of the product and cannot be changed.
    pub built_in: bool,
    /// How many users hold it.
    pub user_count: u64,
    /// Counts changes.
    pub version: i64,
}

/// An own role as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OwnRole {
    pub(crate) id: RoleId,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) rights: Vec<String>,
    pub(crate) version: i64,
}

impl OwnRole {
    pub(crate) fn present(self, user_count: u64) -> Role {
        Role {
            id: self.id,
            key: None,
            name: self.name,
            description: self.description,
            rights: self.rights,
            built_in: false,
            user_count,
            version: self.version,
        }
    }
}
