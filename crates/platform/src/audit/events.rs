//! What happens to the audit.

use uuid::Uuid;

use crate::event::event;

/// The audit is one thing; this names it in the log.
pub(crate) const SUBJECT: Uuid = Uuid::from_u128(0xa0d1_7000_0000_7000_8000_0000_0000_0001);

event!(
    /// Somebody took a copy of the audit.
    AuditExported = "audit.exported" about audit audit_id {
        /// Names the audit.
        audit_id: Uuid,
        /// `csv` or `jsonl`.
        format: String,
    }
);
