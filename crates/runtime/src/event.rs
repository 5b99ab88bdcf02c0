//! Events: immutable facts.

use heard_kernel::{ActorKind, Result, Timestamp};
use heard_store::{FromRow, Json, Row};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

/// What an event is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Subject {
    /// The word of the glossary, as `conversation`.
    pub kind: &'static str,
    /// Which one.
    pub id: Uuid,
}

impl Subject {
    /// A subject of a kind.
    pub fn new(kind: &'static str, id: impl Into<Uuid>) -> Self {
        Self { kind, id: id.into() }
    }
}

/// A kind of event: a plain struct of ids and values. Fields are only ever added; what changes meaning gets a new kind.
pub trait Event: Serialize + DeserializeOwned {
    /// Name in the form `thing.past_participle`.
    const KIND: &'static str;
    /// Version of the fields.
    const VERSION: u16 = 1;

    /// What the event is about.
    fn subject(&self) -> Subject;
}

/// An event as it stands in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredEvent {
    /// Place in the log. Rises in commit order; there may be gaps.
    pub seq: i64,
    /// Identity of the event.
    pub id: Uuid,
    /// Kind, as `conversation.assigned`.
    pub kind: String,
    /// Version of the fields.
    pub version: u16,
    /// Kind of the thing that it is about.
    pub subject_kind: String,
    /// The thing that it is about.
    pub subject_id: Uuid,
    /// What kind of actor did it.
    pub actor_kind: ActorKind,
    /// Who did it; absent for the system.
    pub actor_id: Option<Uuid>,
    /// Network address that the actor came from.
    pub address: Option<String>,
    /// When it happened.
    pub at: Timestamp,
    /// Ids and values.
    pub data: Value,
}

impl StoredEvent {
    /// The event as `E`, when it is one.
    ///
    /// # Errors
    /// `internal` when the stored fields do not fit `E`: an incompatible change of the event.
    pub fn decode<E: Event>(&self) -> Result<Option<E>> {
        if self.kind != E::KIND {
            return Ok(None);
        }
        serde_json::from_value(self.data.clone()).map(Some).map_err(|e| {
            heard_kernel::Error::internal(format!("event {} of kind {}: {e}", self.seq, self.kind))
        })
    }

    /// An id among the values.
    pub fn id_of(&self, name: &str) -> Option<Uuid> {
        self.data.get(name)?.as_str()?.parse().ok()
    }
}

/// Columns in the order of [`StoredEvent::from_row`].
pub(crate) const COLUMNS: &str =
    "seq, id, kind, version, subject_kind, subject_id, actor_kind, actor_id, address, at, data";

impl FromRow for StoredEvent {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let actor_kind: String = row.get(6)?;
        Ok(Self {
            seq: row.get(0)?,
            id: row.get(1)?,
            kind: row.get(2)?,
            version: row.get(3)?,
            subject_kind: row.get(4)?,
            subject_id: row.get(5)?,
            actor_kind: ActorKind::parse(&actor_kind).unwrap_or(ActorKind::System),
            actor_id: row.get(7)?,
            address: row.get(8)?,
            at: row.get(9)?,
            data: row.get::<Json<Value>>(10)?.0,
        })
    }
}
