//! Entries of the audit.

use heard_kernel::Timestamp;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// An entry with names.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AuditEntry {
    /// Its number, without gaps.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: AuditActor,
    /// What was done: the kind of the event.
    pub action: String,
    /// To what.
    pub subject: AuditSubject,
    /// Ids and values of the event.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    pub detail: Value,
    /// The network address that the actor came from.
    #[schema(required = true)]
    pub address: Option<String>,
    /// SHA-256 over the entry and the hash before it, in hexadecimal digits.
    pub hash: String,
}

/// Who did something.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AuditActor {
    /// `user`, `contact`, `bot` or `system`.
    pub kind: String,
    /// Which one.
    #[schema(required = true)]
    pub id: Option<Uuid>,
    /// The present name; empty when there is none.
    pub name: String,
}

/// What something was done to.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AuditSubject {
    /// A word of the glossary.
    pub kind: String,
    /// Which one.
    #[schema(required = true)]
    pub id: Option<Uuid>,
    /// The present name of a user or team.
    #[schema(required = true)]
    pub name: Option<String>,
}

/// Whether the chain is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Verification {
    /// Whether it is.
    pub ok: bool,
    /// How many entries were looked at.
    pub checked: i64,
    /// The first entry that is not what it was, or is missing.
    #[schema(required = true)]
    pub broken_at: Option<i64>,
}

/// An entry as it is stored. The detail stays the text that was hashed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) seq: i64,
    pub(crate) event_seq: i64,
    pub(crate) at: Timestamp,
    pub(crate) actor_kind: String,
    pub(crate) actor_id: Option<Uuid>,
    pub(crate) action: String,
    pub(crate) subject_kind: String,
    pub(crate) subject_id: Uuid,
    pub(crate) detail: String,
    pub(crate) address: Option<String>,
    pub(crate) hash: Vec<u8>,
}

/// Which entries are wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) from: Option<Timestamp>,
    pub(crate) to: Option<Timestamp>,
    pub(crate) actor_id: Option<Uuid>,
    pub(crate) action: Option<String>,
    pub(crate) subject_id: Option<Uuid>,
    pub(crate) q: Option<String>,
}
