//! Conversations (会话): threads of messages with one contact in one inbox.
//!
//! A conversation is open, waiting for the customer, snoozed or closed. A message of the contact opens it again; a closed
//! one is reopened within seven days, later a new one begins. `waiting_since` is the first message of the contact that no
//! person has answered. The sizes of views are kept, never counted on request.
//!
//! Events: `conversation.*`. Deadline: `conversation.snooze`. Rights: `conversation.*`.

mod counts;
mod deadlines;
mod diagnosis;
mod edit;
mod events;
mod http;
mod loads;
mod looks;
mod merge;
mod model;
mod query;
mod rules;
mod service;
pub(crate) mod store;
mod view;

pub use counts::View;
pub use diagnosis::{decline_diagnosis, request_diagnosis};
pub use events::{
    Assigned, ContactRead, Exported, Merged, Opened, ParticipantsChanged, Read, Standing, StateChanged,
    Tagged, Unmerged, Updated, Viewed,
};
pub use http::routes;
pub use looks::Looks;
pub use merge::{merge, unmerge};
pub use model::{
    Around, Conversation, ConversationId, LastMessage, Loaded, Priority, Shelf, State, StateWish,
};
pub use query::{Counts, InboxCount, ListRequest, Sort, TeamCount, ViewName, counts, list, one, recounted};
pub use rules::{CONVERSATION_MERGED, REOPEN_MILLIS};
pub use service::{
    Assignment, Patch, assign, change_participants, close_by_contact, contact_progress, hold, how_many_began,
    is_new_look, note_look, read, set_state, start, tag, update,
};
pub use store::{Listed, external_refs};
pub use view::{ConversationContact, ConversationView, InboxRef, LastMessageView};

pub(crate) use deadlines::Snooze;
pub(crate) use edit::{Edit, visible};
pub(crate) use http::show_list;
pub(crate) use loads::install as install_loads;
pub(crate) use rules::{
    check_not_merged, contact_spoke, goes_on, set_state as set_state_quietly, user_spoke,
};
pub(crate) use service::{
    Beginning, add_counts, begin, change_state, let_take_part, mark_all_read, say_shift, take,
};
