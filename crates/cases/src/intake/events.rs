//! What is told about intake rules.

use heard_desk::{conversations::ConversationId, messages::MessageId};

crate::ground::events_of_cases! {
    /// A rule opened a case from a conversation. `case.opened` tells of the case itself.
    OpenedByRule = "case.opened_by_rule" {
        /// Key of the rule in the plan.
        rule_key: String,
        /// The conversation.
        conversation_id: ConversationId,
        /// The message that held one of its words; absent when it was a tag.
        message_id: Option<MessageId>,
    }
}
