//! Notices as they are stored and written.

use std::collections::BTreeMap;

use heard_desk::{conversations::ConversationId, messages::MessageId};
use heard_kernel::{Locale, Timestamp};
use heard_platform::directory::UserId;
use heard_store::{id_type, words};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    cases::{CaseId, stored},
    plans::TemplateKind,
};

id_type!(
    /// Names a notice.
    NoticeId
);

words! {
    /// How the customer was told.
    #[schema(as = NoticeChannel)]
    Channel {
        /// In a conversation.
        Conversation => "conversation",
        /// By telephone.
        Phone => "phone",
        /// By letter.
        Letter => "letter",
        /// By e-mail.
        Email => "email",
        /// By text message.
        Sms => "sms",
        /// In the inbox of the product.
        InApp => "in_app",
        /// In person.
        Visit => "visit",
    }
}

/// A part of a notice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct NoticePart {
    /// Key in the template.
    pub key: String,
    /// What it says.
    pub name: String,
    /// The notice could not go without it.
    pub mandatory: bool,
    /// Its words.
    pub text: String,
}

stored! {
    /// What a customer was told.
    #[derive(Serialize, ToSchema)]
    Notice {
        /// Its id.
        id: NoticeId,
        /// The case.
        case_id: CaseId,
        /// Key of the template.
        template_key: String,
        /// What it was for.
        kind: TemplateKind,
        /// The language, as `zh-CN`.
        locale: String,
        /// How the customer was told.
        channel: Channel,
        /// The conversation in which it was said.
        #[schema(required = true)]
        conversation_id: Option<ConversationId>,
        /// The message in which it was said.
        #[schema(required = true)]
        message_id: Option<MessageId>,
        /// Who was told, in words.
        told_to: String,
        /// When they were told.
        told_at: Timestamp,
        /// Anything to add, for the team.
        note: String,
        /// SHA-256 of what was said, in hexadecimal.
        sha256: String,
        /// Who sent it; nobody when it went by rule.
        #[schema(required = true)]
        sent_by: Option<UserId>,
        /// When it was recorded.
        sent_at: Timestamp,
    }
    json {
        /// Its parts, in their order.
        parts: Vec<NoticePart>,
    }
}

/// A part of a draft.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[schema(as = NoticeDraftPart)]
pub struct DraftPart {
    /// Key in the template.
    pub key: String,
    /// What it must say.
    pub name: String,
    /// The notice cannot go without it.
    pub mandatory: bool,
    /// Words to begin with.
    pub text: String,
    /// What is still open in it, as it stands between the braces.
    pub gaps: Vec<String>,
}

/// A notice to be completed by a person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[schema(as = NoticeDraft)]
pub struct Draft {
    /// Key of the template.
    pub template: String,
    /// What it is for.
    pub kind: TemplateKind,
    /// Name of the template.
    pub name: String,
    /// Its language.
    pub locale: Locale,
    /// The language of the customer, where the contact or a conversation tells it.
    #[schema(required = true)]
    pub customer_locale: Option<Locale>,
    /// Its parts, in their order.
    pub parts: Vec<DraftPart>,
}

/// A notice to be sent.
#[derive(Clone, PartialEq, Debug, Deserialize, ToSchema)]
pub struct NewNotice {
    /// Key of the template.
    pub template: String,
    /// Its language; that of the customer when absent, or of the caller where nobody knows it.
    pub locale: Option<Locale>,
    /// The words of the parts, by their keys. `{{progress.url}}` becomes a fresh link to the progress page.
    pub parts: BTreeMap<String, String>,
    /// How the customer is told.
    pub channel: Channel,
    /// The conversation of the case through which it goes; needed for that way.
    pub conversation_id: Option<ConversationId>,
    /// Who was told, for the other ways; the name of who complains when absent.
    pub told_to: Option<String>,
    /// When they were told, for the other ways; now when absent.
    pub told_at: Option<Timestamp>,
    /// Anything to add, for the team.
    #[serde(default)]
    pub note: String,
}
