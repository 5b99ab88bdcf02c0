//! What happens to credentials.

use crate::{directory::UserId, event::event};

event!(
    /// A user got a new password.
    PasswordChanged = "user.password_changed" about user user_id {
        /// Whose.
        user_id: UserId,
    }
);
event!(
    /// A user signs in with a second factor from now on.
    TotpEnabled = "user.totp_enabled" about user user_id {
        /// Who.
        user_id: UserId,
    }
);
event!(
    /// A user signs in without a second factor from now on.
    TotpDisabled = "user.totp_disabled" about user user_id {
        /// Who.
        user_id: UserId,
    }
);
event!(
    /// A user got new recovery codes; the old ones are void.
    RecoveryCodesMade = "user.recovery_codes_made" about user user_id {
        /// Who.
        user_id: UserId,
    }
);
