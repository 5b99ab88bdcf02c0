//! A promise.

use heard_desk::{conversations::ConversationId, messages::MessageId};
use heard_kernel::{Result, Timestamp};
use heard_platform::directory::UserId;
use heard_store::{Columns, FromRow, Row, id_type, words};
use uuid::Uuid;

use crate::clocks::ClockId;

id_type!(
    /// Names a promise.
    PromiseId
);

words! {
    /// What became of a promise.
    PromiseState {
        /// It is to be kept.
        Open => "open",
        /// Done in time.
        Kept => "kept",
        /// Not done in time, whether done later or not.
        Broken => "broken",
        /// Taken back for a reason.
        Withdrawn => "withdrawn",
    }
}

/// A promise as it is stored.
#[derive(Clone, PartialEq, Debug)]
pub struct Promise {
    /// Which one.
    pub id: PromiseId,
    /// What was promised.
    pub body: String,
    /// What became of it.
    pub state: PromiseState,
    /// Who has to keep it.
    pub owner_id: UserId,
    /// The case that it was made in.
    pub case_id: Option<Uuid>,
    /// The conversation that it was made in.
    pub conversation_id: Option<ConversationId>,
    /// The message that it was made with.
    pub message_id: Option<MessageId>,
    /// Its clock.
    pub clock_id: ClockId,
    /// Who entered it.
    pub created_by: UserId,
    /// When it was made, from which its limit counts.
    pub promised_at: Timestamp,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// Why it was withdrawn.
    pub reason: Option<String>,
    /// When it was entered.
    pub created_at: Timestamp,
    /// Rises with each change.
    pub version: i64,
}

impl Promise {
    /// Whether something is still to be done for it.
    pub fn is_pending(&self) -> bool {
        matches!(self.state, PromiseState::Open | PromiseState::Broken) && self.done_at.is_none()
    }
}

/// The columns of [`Promise`], in its order.
pub(super) const COLUMNS: &str = "id, body, state, owner_id, case_id, conversation_id, message_id, clock_id, created_by, \
     promised_at, done_at, reason, created_at, version";

impl FromRow for Promise {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            id: columns.next()?,
            body: columns.next()?,
            state: columns.next()?,
            owner_id: columns.next()?,
            case_id: columns.next()?,
            conversation_id: columns.next()?,
            message_id: columns.next()?,
            clock_id: columns.next()?,
            created_by: columns.next()?,
            promised_at: columns.next()?,
            done_at: columns.next()?,
            reason: columns.next()?,
            created_at: columns.next()?,
            version: columns.next()?,
        })
    }
}
