//! Links and what customers said on the page.

use heard_desk::messages::MessageId;
use heard_kernel::Timestamp;
use heard_platform::directory::UserId;
use heard_store::{id_type, words};
use serde::Serialize;
use utoipa::ToSchema;

use crate::cases::{CaseId, stored};

id_type!(
    /// Names a link to a progress page.
    LinkId
);
id_type!(
    /// Names something that a customer said on the page.
    InputId
);

stored! {
    /// A link to the progress page of a case. Its secret is known to who has the link alone.
    #[derive(Serialize, ToSchema)]
    #[schema(as = ProgressLinkRow)]
    ProgressLink {
        /// Its id.
        id: LinkId,
        /// The case.
        case_id: CaseId,
        /// SHA-256 of the secret.
        #[serde(skip)]
        token_hash: String,
        /// When it was made.
        created_at: Timestamp,
        /// Who made it; nobody when it was by rule.
        #[schema(required = true)]
        created_by: Option<UserId>,
        /// When the customer first opened it.
        #[schema(required = true)]
        opened_at: Option<Timestamp>,
        /// When it was revoked.
        #[schema(required = true)]
        revoked_at: Option<Timestamp>,
        /// Who revoked it.
        #[schema(required = true)]
        revoked_by: Option<UserId>,
    }
    json {}
}

/// A link that was just made. The secret is shown this once.
pub struct FreshLink {
    /// The link.
    pub link: ProgressLink,
    pub(super) token: String,
}

impl FreshLink {
    /// The address that is given to the customer.
    pub fn url(&self, origin: &str) -> String {
        format!("{origin}/progress/{}", self.token)
    }
}

words! {
    /// What a customer did on the page.
    #[schema(as = ProgressInputKind)]
    InputKind {
        /// Wrote something or sent files.
        Words => "words",
        /// Said whether it is solved.
        Answer => "answer",
        /// Said how satisfied they are.
        Rating => "rating",
    }
}

stored! {
    /// What a customer said on the page, word for word.
    #[derive(Serialize, ToSchema)]
    #[schema(as = ProgressInput)]
    Input {
        /// Its id.
        id: InputId,
        /// The case.
        case_id: CaseId,
        /// The link through which it came.
        link_id: LinkId,
        /// What was done.
        kind: InputKind,
        /// What was written.
        body: String,
        /// `solved`, `unsolved`, or a number from 1 to 5.
        answer: String,
        /// The message that it became.
        #[schema(required = true)]
        message_id: Option<MessageId>,
        /// When.
        at: Timestamp,
    }
    json {
        /// Names of the files that came with it.
        file_names: Vec<String>,
    }
}
