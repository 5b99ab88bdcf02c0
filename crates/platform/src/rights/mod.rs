//! The catalogue of rights: each crate says which rights it knows, what people call them, and which built-in roles
//! hold them. Roles are sets of them.

mod catalogue;

use std::sync::{Arc, OnceLock};

use heard_kernel::{Locale, Right, RightSet};
use heard_runtime::Ctx;

pub use catalogue::{
    AUDIT_READ, CALENDAR_MANAGE, CALENDAR_READ, JOB_MANAGE, RIGHTS, ROLE_MANAGE, SETTING_MANAGE, TEAM_MANAGE,
    TOKEN_MANAGE, USER_MANAGE, USER_READ,
};

/// A right with the words that people read and the built-in roles that hold it. The administrator holds all.
#[derive(Clone, Copy, Debug)]
pub struct RightDef {
    /// The right.
    pub right: Right,
    /// Name and explanation in Chinese.
    pub zh: (&'static str, &'static str),
    /// Name and explanation in English.
    pub en: (&'static str, &'static str),
    /// The built-in roles that hold it beside the administrator.
    pub roles: &'static [BuiltIn],
}

impl RightDef {
    /// Name and explanation in a language.
    pub const fn words(&self, locale: Locale) -> (&'static str, &'static str) {
        match locale {
            Locale::ZhCn => self.zh,
            Locale::En => self.en,
        }
    }

    /// The thing that the right is about: `conversation` of `conversation.reply`.
    pub fn group(&self) -> &'static str {
        self.right.0.split('.').next().unwrap_or_default()
    }
}

/// Roles that every organisation has from the start. They cannot be changed; own roles can stand beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BuiltIn {
    /// Holds every right.
    Administrator,
    /// Runs the service: everything but the machine and the accounts of administrators.
    Manager,
    /// Leads agents.
    Supervisor,
    /// Serves contacts.
    Agent,
    /// Solves cases for a department.
    DepartmentHandler,
    /// Inspects the quality of the service.
    Inspector,
    /// Looks at everything and changes nothing.
    Auditor,
    /// Comes from outside to assess.
    GuestAssessor,
}

/// What the product's crates know, put together at start.
#[derive(Default)]
pub struct Catalogue(OnceLock<Vec<RightDef>>);

impl Catalogue {
    /// The catalogue of a process.
    pub fn of(ctx: &Ctx) -> Arc<Self> {
        ctx.shared()
    }

    /// Says once, at start, what all crates know. Later calls change nothing.
    pub fn install(ctx: &Ctx, rights: &[&[RightDef]]) {
        let _ = Self::of(ctx).0.set(rights.concat());
    }

    /// All rights, in the order in which the crates name them.
    pub fn all(&self) -> &[RightDef] {
        self.0.get().map_or(&[], Vec::as_slice)
    }

    /// Whether a right of this name is known.
    pub fn knows(&self, name: &str) -> bool {
        self.all().iter().any(|def| def.right.0 == name)
    }

    /// The rights of a built-in role.
    pub fn of_role(&self, role: BuiltIn) -> RightSet {
        let held = |def: &&RightDef| role == BuiltIn::Administrator || def.roles.contains(&role);
        self.all().iter().filter(held).map(|def| def.right.0).collect()
    }
}
