//! Who has which conversation on the screen now. Known as long as the connection lasts, here and on other nodes; what
//! the audit keeps is `conversation.viewed`.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use heard_runtime::Ctx;
use heard_web::realtime::{ConnectionId, Hub, Sign};
use uuid::Uuid;

use super::model::ConversationId;

/// Which connection shows which conversation.
#[derive(Default)]
pub struct Looks(Mutex<HashMap<ConnectionId, (Uuid, ConversationId)>>);

impl Looks {
    /// The looks of a process.
    pub fn of(ctx: &Ctx) -> Arc<Self> {
        ctx.shared()
    }

    /// A user's connection shows a conversation now, or none. Gives back the one that it showed before.
    pub fn set(
        &self,
        hub: &Hub,
        connection: ConnectionId,
        user: Uuid,
        conversation: Option<ConversationId>,
    ) -> Option<ConversationId> {
        let mut looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = match conversation {
            Some(conversation) => looks.insert(connection, (user, conversation)),
            None => looks.remove(&connection),
        };
        conversation.into_iter().for_each(|shown| hub.show(Sign::Looks(shown.0, user)));
        before.iter().for_each(|(user, hidden)| hub.hide(Sign::Looks(hidden.0, *user)));
        before.map(|(_, conversation)| conversation)
    }

    /// The users who have a conversation on the screen, each once.
    pub fn viewers(&self, hub: &Hub, conversation: ConversationId) -> Vec<Uuid> {
        let mut users = hub.lookers_elsewhere(conversation.0);
        let looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        users.extend(looks.values().filter(|(_, shown)| *shown == conversation).map(|(user, _)| *user));
        users.sort_unstable();
        users.dedup();
        users
    }
}
