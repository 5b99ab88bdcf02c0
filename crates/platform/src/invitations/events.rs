//! What happens to invitations and password resets.

use uuid::Uuid;

use crate::{
    directory::{TeamId, UserId},
    event::event,
    roles::RoleId,
};

event!(
    /// Somebody was invited.
    InvitationCreated = "invitation.created" about invitation invitation_id {
        /// Which invitation.
        invitation_id: Uuid,
        /// Roles that they will hold.
        role_ids: Vec<RoleId>,
        /// Teams that they will belong to.
        team_ids: Vec<TeamId>,
    }
);
event!(
    /// An invitation was withdrawn, or its time ended.
    InvitationWithdrawn = "invitation.withdrawn" about invitation invitation_id {
        /// Which invitation.
        invitation_id: Uuid,
    }
);
event!(
    /// Somebody followed their invitation.
    InvitationAccepted = "invitation.accepted" about invitation invitation_id {
        /// Which invitation.
        invitation_id: Uuid,
        /// The user that they are now.
        user_id: UserId,
    }
);
event!(
    /// A link for a new password was made.
    PasswordResetRequested = "user.password_reset_requested" about user user_id {
        /// For whom.
        user_id: UserId,
    }
);
