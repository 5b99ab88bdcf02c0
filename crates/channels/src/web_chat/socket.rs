//! The visitor's live connection.

use std::sync::Arc;

use axum::extract::ws::WebSocket;
use futures_util::future::BoxFuture;
use heard_desk::{contacts, conversations::ConversationId, inbound};
use heard_kernel::Result;
use heard_runtime::{Ctx, SendFuture};
use heard_web::{
    AppState,
    realtime::{Client, Door, Hub, Person, Standing, Topic, close, hello},
};
use serde_json::{Value, json};

use super::{
    extract::{VisitorAuth, WebChat},
    token::Visitor,
};

/// Bytes of what is being typed that agents see, as they stand in the frame: it has to fit into one word between nodes.
const PREVIEW: usize = 6_000;

/// Serves a socket whose first frame names the visitor.
pub(super) async fn serve(state: AppState, chat: WebChat, address: String, mut socket: WebSocket) {
    let Some(hello) = hello(&mut socket).await else { return };
    let checked = async {
        let shared = chat.shared(&state.ctx).await?;
        shared.tokens.check(hello.token.as_deref().unwrap_or_default(), state.ctx.now())
    };
    let visitor = match checked.await {
        Ok(visitor) => visitor,
        Err(error) => return close(&mut socket, 4401, error.code().id).await,
    };
    let known = VisitorAuth::new(visitor, &address);
    let door = VisitorDoor { ctx: state.ctx.clone(), visitor };
    let client = Client { actor: known.actor, topics: Vec::new(), after: hello.after };
    state.hub.serve(socket, client, Arc::new(door)).await;
}

struct VisitorDoor {
    ctx: Ctx,
    visitor: Visitor,
}

impl VisitorDoor {
    /// Tells the agents of the inbox that the visitor came or went.
    fn tell(&self, hub: &Hub, online: bool) {
        let frame =
            json!({"type": "contact_online", "contact_id": self.visitor.contact_id, "online": online});
        hub.publish(&[Topic::Inbox(self.visitor.inbox_id)], &frame, None);
    }

    async fn typing(&self, hub: &Hub, person: &Person, frame: &Value) -> Result<()> {
        let id = frame
            .get("conversation_id")
            .and_then(Value::as_str)
            .and_then(|id| id.parse::<ConversationId>().ok());
        let Some(id) = id else { return Ok(()) };
        let contact = contacts::ContactId(self.visitor.contact_id);
        let inbox_id = heard_desk::inboxes::InboxId(self.visitor.inbox_id);
        let (own, inbox) = self
            .ctx
            .read(async move |tx| {
                let own = inbound::own_conversation(tx, contact, id).await?;
                Ok((own, heard_desk::inboxes::get(tx, inbox_id).await?))
            })
            .await?;
        let conversation = own.loaded.conversation;
        let shows = inbox.config.web_chat.is_some_and(|chat| chat.allow_preview);
        let preview = frame.get("preview").and_then(Value::as_str).filter(|_| shows);
        let told = json!({
            "type": "typing",
            "conversation_id": conversation.id,
            "who": "contact",
            "name": own.loaded.around.contact_name,
            "on": frame.get("on").and_then(Value::as_bool).unwrap_or(false),
            "preview": preview.map(shortened),
        });
        let mut topics = vec![Topic::Inbox(conversation.inbox_id.0)];
        topics.extend(conversation.assignee_id.map(|user| Topic::User(user.0)));
        hub.publish(&topics, &told, Some(person.connection));
        Ok(())
    }
}

/// The beginning of a text that is being typed.
fn shortened(text: &str) -> String {
    let mut left = PREVIEW;
    let room = |character: &char| {
        let bytes = match character {
            '"' | '\\' => 2,
            character if character.is_control() => 6,
            character => character.len_utf8(),
        };
        left.checked_sub(bytes).map(|less| left = less).is_some()
    };
    text.chars().take_while(room).collect()
}

impl Door for VisitorDoor {
    fn refresh<'a>(&'a self, person: &'a Person) -> SendFuture<'a, Option<Standing>> {
        Box::pin(async move {
            let id = contacts::ContactId(self.visitor.contact_id);
            let contact = self.ctx.read(async move |tx| contacts::find(tx, id).await).await?;
            if contact.is_some_and(|contact| contact.blocked) {
                return Ok(None);
            }
            Ok(Some(Standing { actor: person.actor.clone(), topics: Vec::new() }))
        })
    }

    fn frame<'a>(
        &'a self,
        hub: &'a Hub,
        person: &'a Person,
        kind: &'a str,
        frame: &'a Value,
    ) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            if kind != "typing" {
                return;
            }
            if let Err(error) = self.typing(hub, person, frame).await {
                tracing::debug!(%error, "a visitor's frame was refused");
            }
        })
    }

    fn connected<'a>(&'a self, hub: &'a Hub, _: &'a Person, count: usize) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            if count == 1 {
                self.tell(hub, true);
            }
        })
    }

    fn disconnected<'a>(&'a self, hub: &'a Hub, _: &'a Person, count: usize) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            if count == 0 {
                self.tell(hub, false);
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_fits_whatever_is_typed() {
        for text in ["a", "你", "😀", "\"", "\n", "\u{1}", "\u{85}"] {
            let preview = shortened(&text.repeat(10_000));
            let bytes = json!(preview).to_string().len();
            assert!((1_000..=PREVIEW + 2).contains(&bytes), "{text:?}: {bytes}");
        }
        assert_eq!(shortened("你好"), "你好");
    }
}
