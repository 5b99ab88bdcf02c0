//! Who hears of this crate's events on the live connections, and what consoles say about typing and looking.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::future::BoxFuture;
use heard_kernel::{Actor, Result};
use heard_platform::directory::{Directory, UserId};
use heard_runtime::{Ctx, StoredEvent};
use heard_web::realtime::{
    Audience, Change, FrameHandler, Hub, Membership, Observer, Person, Registry, Route, Sign, Topic,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    conversations::{self, Conversation, ConversationId, Loaded, Looks},
    inboxes, rights,
};

/// Adds what this crate brings to the live connections.
pub fn register_realtime(ctx: &Ctx, registry: &mut Registry) {
    registry
        .audience(Desk { ctx: ctx.clone(), participants: Mutex::default() })
        .membership(Inboxes { ctx: ctx.clone() })
        .on("typing", Typing { ctx: ctx.clone() })
        .on("viewing", Viewing { ctx: ctx.clone() })
        .observer(Viewing { ctx: ctx.clone() });
}

/// Conversations whose participants are remembered at most.
const REMEMBERED: usize = 20_000;

struct Desk {
    ctx: Ctx,
    /// Who takes part in a conversation, as far as it was asked; forgotten when an event says that it changed.
    participants: Mutex<HashMap<Uuid, Arc<[Uuid]>>>,
}

impl Desk {
    /// The users who take part, so that they hear also of inboxes that they do not see.
    async fn participants(&self, id: Uuid) -> Arc<[Uuid]> {
        let known = self.participants.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some(known) = known {
            return known;
        }
        let id_of = ConversationId(id);
        let read =
            self.ctx.read(async move |tx| conversations::store::participants(tx, &[id_of]).await).await;
        let found: Arc<[Uuid]> = match read {
            Ok(mut found) => found.remove(&id_of).unwrap_or_default().iter().map(|user| user.0).collect(),
            Err(error) => {
                tracing::warn!(%error, "participants could not be read; they are told nothing for now");
                return Arc::new([]);
            }
        };
        let mut kept = self.participants.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= REMEMBERED {
            kept.clear();
        }
        kept.insert(id, Arc::clone(&found));
        found
    }

    fn forget(&self, id: Uuid) {
        self.participants.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }

    async fn conversation_routes(&self, event: &StoredEvent) -> Vec<Route> {
        let names = !list(event, "mentions").is_empty();
        if names || event.kind == "conversation.participants_changed" {
            self.forget(event.subject_id);
        }
        let mut topics: Vec<Topic> = Vec::with_capacity(8);
        topics.extend(event.id_of("inbox_id").map(Topic::Inbox));
        for name in ["assignee_id", "former_assignee_id"] {
            topics.extend(event.id_of(name).map(Topic::User));
        }
        for name in ["team_id", "former_team_id"] {
            topics.extend(event.id_of(name).map(Topic::Team));
        }
        for name in ["mentions", "added", "removed"] {
            topics.extend(list(event, name).into_iter().map(Topic::User));
        }
        topics.extend(self.participants(event.subject_id).await.iter().map(|user| Topic::User(*user)));
        let mut routes = vec![Route::to(topics)];
        if let Some(contact) = event.id_of("contact_id")
            && let Some(data) = self.for_contact(event).await
        {
            routes.push(Route::to([Topic::Contact(contact)]).with(data));
        }
        routes
    }

    /// What the contact is told of an event, if anything.
    async fn for_contact(&self, event: &StoredEvent) -> Option<Value> {
        let data = &event.data;
        let conversation = data.get("conversation_id")?;
        match event.kind.as_str() {
            "message.posted" | "message.recalled" => {
                let seen = data.get("public").and_then(Value::as_bool).unwrap_or(false);
                seen.then(|| {
                    json!({"conversation_id": conversation, "message_id": data.get("message_id"), "no": data.get("no")})
                })
            }
            "conversation.opened" => {
                Some(json!({"conversation_id": conversation, "state": data.get("state")}))
            }
            "conversation.state_changed" => {
                Some(json!({"conversation_id": conversation, "state": data.get("state")}))
            }
            "conversation.assigned" => {
                let name = self.shown_agent(event).await;
                Some(json!({"conversation_id": conversation, "agent_name": name}))
            }
            "conversation.read" => Some(json!({"conversation_id": conversation, "no": data.get("no")})),
            _ => None,
        }
    }

    /// The name of the agent who serves a conversation, where contacts may see it.
    async fn shown_agent(&self, event: &StoredEvent) -> Option<String> {
        let user = event.id_of("assignee_id")?;
        let inbox = inboxes::InboxId(event.id_of("inbox_id")?);
        let inbox = self.ctx.read(async move |tx| inboxes::get(tx, inbox).await).await.ok()?;
        if inbox.config.web_chat.as_ref().is_some_and(|chat| !chat.show_agent_name) {
            return None;
        }
        let found = Directory::of(&self.ctx).user(&self.ctx, user).await.ok()??;
        Some(found.name)
    }
}

/// The ids of a list among the values of an event.
fn list(event: &StoredEvent, name: &str) -> Vec<Uuid> {
    let items = event.data.get(name).and_then(Value::as_array);
    items.into_iter().flatten().filter_map(|id| id.as_str()?.parse().ok()).collect()
}

impl Audience for Desk {
    fn routes<'a>(&'a self, event: &'a StoredEvent) -> BoxFuture<'a, Vec<Route>> {
        Box::pin(async move {
            match event.kind.as_str() {
                // For the audit only.
                "conversation.viewed" | "conversation.exported" => Vec::new(),
                "draft.saved" => {
                    event.id_of("user_id").map(|user| Route::to([Topic::User(user)])).into_iter().collect()
                }
                _ => match event.subject_kind.as_str() {
                    "conversation" => self.conversation_routes(event).await,
                    "contact" | "inbox" | "tag" | "canned" => vec![Route::to([Topic::Everyone])],
                    _ => Vec::new(),
                },
            }
        })
    }
}

/// Users hear of the inboxes that they see.
struct Inboxes {
    ctx: Ctx,
}

impl Membership for Inboxes {
    fn topics<'a>(&'a self, actor: &'a Actor) -> BoxFuture<'a, Result<Vec<Topic>>> {
        Box::pin(async move {
            if !actor.may(rights::READ) {
                return Ok(Vec::new());
            }
            let actor = actor.clone();
            let (ids, _) = self.ctx.read(async move |tx| inboxes::visible_ids(tx, &actor).await).await?;
            Ok(ids.into_iter().map(|id| Topic::Inbox(id.0)).collect())
        })
    }

    fn refresh(&self, event: &StoredEvent, stale: &mut Vec<Topic>) {
        if event.subject_kind != "inbox" {
            return;
        }
        let fields = event.data.get("fields").and_then(Value::as_array).into_iter().flatten();
        if fields.filter_map(Value::as_str).any(|field| matches!(field, "created" | "deleted" | "team_ids")) {
            stale.push(Topic::Everyone);
        }
    }
}

/// Whom a sign of life in a conversation concerns inside.
fn inside(conversation: &Conversation) -> Vec<Topic> {
    let mut topics = vec![Topic::Inbox(conversation.inbox_id.0)];
    topics.extend(conversation.assignee_id.map(|user| Topic::User(user.0)));
    topics.extend(conversation.team_id.map(|team| Topic::Team(team.0)));
    topics
}

async fn seen(ctx: &Ctx, actor: &Actor, id: ConversationId) -> Result<Loaded> {
    let actor = actor.clone();
    ctx.read(async move |tx| conversations::visible(tx, &actor, id).await).await
}

fn conversation_of(frame: &Value) -> Option<ConversationId> {
    frame.get("conversation_id")?.as_str()?.parse().ok()
}

/// Tells the contact and the team that a user writes.
struct Typing {
    ctx: Ctx,
}

impl FrameHandler for Typing {
    fn handle<'a>(&'a self, hub: &'a Hub, person: &'a Person, frame: &'a Value) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let (Some(id), Some(user)) = (conversation_of(frame), person.actor.id) else { return Ok(()) };
            person.actor.require(rights::REPLY)?;
            let loaded = seen(&self.ctx, &person.actor, id).await?;
            let conversation = &loaded.conversation;
            let found = Directory::of(&self.ctx).user(&self.ctx, UserId(user)).await?;
            let name = found.map(|user| user.name).unwrap_or_default();
            let on = frame.get("on").and_then(Value::as_bool).unwrap_or(false);
            let said = |name: Option<&str>| json!({"type": "typing", "conversation_id": id, "who": "user", "name": name, "on": on, "preview": null});
            hub.publish(&inside(conversation), &said(Some(&name)), Some(person.connection));
            let inbox_id = conversation.inbox_id;
            let inbox = self.ctx.read(async move |tx| inboxes::get(tx, inbox_id).await).await?;
            let shown = inbox.config.web_chat.is_none_or(|chat| chat.show_agent_name);
            let contact = Topic::Contact(conversation.contact_id.0);
            hub.publish(&[contact], &said(Some(name.as_str()).filter(|_| shown)), Some(person.connection));
            Ok(())
        })
    }
}

/// Tells the team who has a conversation on the screen.
struct Viewing {
    ctx: Ctx,
}

impl Viewing {
    async fn show(&self, hub: &Hub, person: &Person, id: Option<ConversationId>) -> Result<()> {
        let Some(user) = person.actor.id else { return Ok(()) };
        let looked = match id {
            Some(id) => Some(seen(&self.ctx, &person.actor, id).await?),
            None => None,
        };
        let before = Looks::of(&self.ctx).set(hub, person.connection, user, id);
        if let Some(before) = before.filter(|before| Some(*before) != id) {
            self.tell_of(hub, before).await?;
        }
        match looked {
            Some(looked) => self.tell(hub, &looked.conversation).await,
            None => Ok(()),
        }
    }

    async fn tell_of(&self, hub: &Hub, id: ConversationId) -> Result<()> {
        let found = self.ctx.read(async move |tx| conversations::store::load(tx, id).await).await?;
        match found {
            Some(found) => self.tell(hub, &found.conversation).await,
            None => Ok(()),
        }
    }

    /// Every node tells its own connections, of everybody who looks.
    async fn tell(&self, hub: &Hub, conversation: &Conversation) -> Result<()> {
        let ids = Looks::of(&self.ctx).viewers(hub, conversation.id);
        let found = Directory::of(&self.ctx).users(&self.ctx, &ids).await?;
        let users: Vec<_> = ids.iter().filter_map(|id| found.get(id)).collect();
        let frame = json!({"type": "viewing", "conversation_id": conversation.id, "users": users});
        hub.publish_here(&inside(conversation), &frame, None);
        Ok(())
    }
}

impl FrameHandler for Viewing {
    fn handle<'a>(&'a self, hub: &'a Hub, person: &'a Person, frame: &'a Value) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { self.show(hub, person, conversation_of(frame)).await })
    }
}

impl Observer for Viewing {
    fn connected<'a>(&'a self, _: &'a Hub, _: &'a Person, _: usize) -> BoxFuture<'a, ()> {
        Box::pin(std::future::ready(()))
    }

    fn disconnected<'a>(&'a self, hub: &'a Hub, person: &'a Person, _: usize) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            if let Err(error) = self.show(hub, person, None).await {
                tracing::debug!(%error, "that somebody stopped looking could not be told");
            }
        })
    }

    fn elsewhere<'a>(&'a self, hub: &'a Hub, change: &'a Change) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let Sign::Looks(conversation, _) = change.sign else { return };
            if let Err(error) = self.tell_of(hub, ConversationId(conversation)).await {
                tracing::debug!(%error, "who looks on another node could not be told");
            }
        })
    }
}
