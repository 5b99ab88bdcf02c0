//! What is told about notices.

use heard_desk::conversations::ConversationId;

use super::model::{Channel, NoticeId};
use crate::{ground::events_of_cases, plans::TemplateKind};

events_of_cases! {
    /// The customer was told something.
    NoticeSent = "case.notice_sent" {
        /// Which notice.
        notice_id: NoticeId,
        /// What it was for.
        kind: TemplateKind,
        /// How the customer was told.
        channel: Channel,
        /// The conversation in which it was said.
        conversation_id: Option<ConversationId>,
        /// SHA-256 of what was said.
        sha256: String,
    }
}
