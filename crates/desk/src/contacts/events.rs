//! What is told about contacts.

use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};

use super::model::ContactId;

/// Something about a contact changed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ContactUpdated {
    /// Who.
    pub contact_id: ContactId,
    /// What was changed, as names of fields; `created` for a new one.
    pub fields: Vec<String>,
}

impl Event for ContactUpdated {
    const KIND: &'static str = "contact.updated";
    fn subject(&self) -> Subject {
        Subject::new("contact", self.contact_id)
    }
}

/// A visitor turned out to be a contact that was known already; what was the visitor's is now the contact's.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ContactAbsorbed {
    /// The contact that stays.
    pub contact_id: ContactId,
    /// The visitor that is gone.
    pub former_id: ContactId,
}

impl Event for ContactAbsorbed {
    const KIND: &'static str = "contact.absorbed";
    fn subject(&self) -> Subject {
        Subject::new("contact", self.contact_id)
    }
}
