//! What happens to sessions.

use uuid::Uuid;

use crate::{directory::UserId, event::event};

event!(
    /// Somebody signed in.
    SessionOpened = "session.opened" about session session_id {
        /// Which session.
        session_id: Uuid,
        /// Who.
        user_id: UserId,
        /// The browser, as it calls itself.
        user_agent: String,
    }
);
event!(
    /// A session ended: by signing out, by an administrator, or by time.
    SessionRevoked = "session.revoked" about session session_id {
        /// Which session.
        session_id: Uuid,
        /// Whose.
        user_id: UserId,
    }
);
event!(
    /// Somebody failed to sign in. What they typed is not kept: it may be a password.
    SignInFailed = "sign_in.failed" about user user_id {
        /// Whose account they tried; the nil id when there is none.
        user_id: UserId,
        /// `credentials_invalid` or `totp_invalid`.
        reason: String,
    }
);
