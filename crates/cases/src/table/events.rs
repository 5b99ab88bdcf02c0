//! What is told about tables.

use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// The table of cases is one thing; this names it in the log.
const SUBJECT: Uuid = Uuid::from_u128(0xca5e_7ab1_0000_7000_8000_0000_0000_0001);

/// Somebody took out a table of cases. For the audit
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TableExported {
    /// `csv` or `xlsx`.
    pub format: String,
    /// How many cases it held.
    pub rows: usize,
    /// Which columns.
    pub columns: Vec<String>,
    /// By what it was narrowed, without words that were searched for.
    pub filters: Value,
}

impl Event for TableExported {
    const KIND: &'static str = "case_table.exported";

    fn subject(&self) -> Subject {
        Subject::new("case_table", SUBJECT)
    }
}

/// Somebody took out a table of remedies. For the audit
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RemediesExported {
    /// `csv` or `xlsx`.
    pub format: String,
    /// How many remedies it held.
    pub rows: usize,
    /// Where they stand; those that wait for approval when absent.
    pub state: Option<String>,
}

impl Event for RemediesExported {
    const KIND: &'static str = "remedy_table.exported";

    fn subject(&self) -> Subject {
        Subject::new("case_table", SUBJECT)
    }
}
