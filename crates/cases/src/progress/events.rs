//! What is told about progress pages. Never the secret.

use super::model::{InputId, LinkId};
use crate::ground::events_of_cases;

events_of_cases! {
    /// A link to the progress page was made.
    ProgressLinkMade = "case.progress_link_made" {
        /// Which one.
        link_id: LinkId,
    }
    /// A link to the progress page was revoked.
    ProgressLinkRevoked = "case.progress_link_revoked" {
        /// Which one.
        link_id: LinkId,
    }
    /// The customer wrote or sent files on the page.
    ProgressSaid = "case.progress_said" {
        /// What they wrote.
        input_id: InputId,
        /// How many files they sent.
        files: i64,
    }
    /// The customer said on the page whether it is solved.
    ProgressAnswered = "case.progress_answered" {
        /// What they wrote.
        input_id: InputId,
        /// Whether it is solved.
        solved: bool,
    }
    /// The customer said on the page how satisfied they are.
    ProgressRated = "case.progress_rated" {
        /// What they wrote.
        input_id: InputId,
        /// From 1 to 5.
        score: i64,
    }
}
