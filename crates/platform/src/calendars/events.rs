//! What happens to calendars and arrangements.

use uuid::Uuid;

use super::model::CalendarId;
use crate::event::event;

/// The arrangements are one thing; this names it in the log.
pub(crate) const ARRANGEMENTS: Uuid = Uuid::from_u128(0xca1e_0000_0000_7000_8000_0000_0000_0000);

event!(
    /// A calendar was made.
    CalendarCreated = "calendar.created" about calendar calendar_id {
        /// Which one.
        calendar_id: CalendarId,
    }
);
event!(
    /// A calendar was changed: deadlines that it decides about move.
    CalendarUpdated = "calendar.updated" about calendar calendar_id {
        /// Which one.
        calendar_id: CalendarId,
    }
);
event!(
    /// A calendar was deleted.
    CalendarDeleted = "calendar.deleted" about calendar calendar_id {
        /// Which one.
        calendar_id: CalendarId,
    }
);
event!(
    /// Another calendar counts where none is named.
    CalendarDefaultChanged = "calendar.default_changed" about calendar calendar_id {
        /// The default from now on.
        calendar_id: CalendarId,
    }
);
event!(
    /// Years of an official arrangement were loaded or entered: deadlines in them move.
    ArrangementLoaded = "arrangement.loaded" about arrangement arrangement_id {
        /// Names the arrangements.
        arrangement_id: Uuid,
        /// Whose arrangement, such as `cn`.
        region: String,
        /// Which years.
        years: Vec<i32>,
    }
);
event!(
    /// A loaded year of an official arrangement was taken away: what is built in counts again.
    ArrangementRemoved = "arrangement.removed" about arrangement arrangement_id {
        /// Names the arrangements.
        arrangement_id: Uuid,
        /// Whose arrangement, such as `cn`.
        region: String,
        /// Which years.
        years: Vec<i32>,
    }
);
