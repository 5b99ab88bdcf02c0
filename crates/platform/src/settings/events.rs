//! What happens to settings.

use uuid::Uuid;

use crate::event::event;

/// The settings are one thing; this names it in the log.
pub(crate) const SUBJECT: Uuid = Uuid::from_u128(0x5e77_1965_0000_7000_8000_0000_0000_0001);

event!(
    /// Settings were changed.
    SettingsUpdated = "settings.updated" about settings settings_id {
        /// Names the settings.
        settings_id: Uuid,
        /// Names of the fields that were changed; values of secrets are never written.
        changed: Vec<String>,
    }
);
