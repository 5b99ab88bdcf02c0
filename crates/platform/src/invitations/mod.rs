//! Invitations and password resets: links by which somebody chooses a password.

mod deadlines;
mod events;
pub mod http;
mod jobs;
mod model;
mod reset;
mod service;
mod store;

pub use deadlines::{EndInvitation, EndReset};
pub use events::{InvitationAccepted, InvitationCreated, InvitationWithdrawn, PasswordResetRequested};
pub use jobs::{AnswerReset, ResetJob};
pub use model::Invitation;
pub(crate) use reset::{reset_link, set_password};
pub use service::INVITATION_EXPIRED;
pub(crate) use service::withdraw_of;
