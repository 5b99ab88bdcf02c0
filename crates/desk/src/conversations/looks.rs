//! Who has which conversation on the screen now. Known to this process only and gone with it; what the audit keeps is
//! `conversation.viewed`.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use heard_runtime::Ctx;
use heard_web::realtime::ConnectionId;
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
        connection: ConnectionId,
        user: Uuid,
        conversation: Option<ConversationId>,
    ) -> Option<ConversationId> {
        let mut looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = match conversation {
            Some(conversation) => looks.insert(connection, (user, conversation)),
            None => looks.remove(&connection),
        };
        before.map(|(_, conversation)| conversation)
    }

    /// The users who have a conversation on the screen, each once.
    pub fn viewers(&self, conversation: ConversationId) -> Vec<Uuid> {
        let looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut users: Vec<Uuid> =
            looks.values().filter(|(_, shown)| *shown == conversation).map(|(user, _)| *user).collect();
        users.sort_unstable();
        users.dedup();
        users
    }
}
