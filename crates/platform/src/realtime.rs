//! Who hears of this crate's events on the live connections.

use futures_util::future::BoxFuture;
use heard_kernel::{Actor, Result};
use heard_runtime::{Ctx, Event as _, StoredEvent};
use heard_web::realtime::{
    Audience, Change, Hub, Membership, Observer, Person, Registry, Route, Sign, Topic,
};
use serde_json::{Map, Value};

use crate::{
    directory::{UserId, acting_user},
    presence::{self, PresenceChanged},
    sessions::SessionRevoked,
};

/// Adds what this crate brings to the live connections.
pub fn register_realtime(ctx: &Ctx, registry: &mut Registry) {
    registry.audience(People).membership(People).observer(Lines { ctx: ctx.clone() });
}

struct People;

/// Turns connections into presence.
struct Lines {
    ctx: Ctx,
}

/// What everybody inside may know of an event about people: which one changed, not how.
const PUBLIC: [&str; 11] = [
    "user_id",
    "team_id",
    "role_id",
    "settings_id",
    "calendar_id",
    "region",
    "years",
    "status",
    "reason",
    "connected",
    "state",
];

fn public(event: &StoredEvent) -> Value {
    let fields = event.data.as_object().into_iter().flatten();
    let known = fields.filter(|(name, _)| PUBLIC.contains(&name.as_str()));
    Value::Object(known.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<_, _>>())
}

impl Audience for People {
    fn routes<'a>(&'a self, event: &'a StoredEvent) -> BoxFuture<'a, Vec<Route>> {
        let group = event.kind.split('.').next().unwrap_or_default();
        let routes = match group {
            "user" | "team" | "role" | "settings" | "presence" | "calendar" | "arrangement" => {
                vec![Route::to([Topic::Everyone]).with(public(event))]
            }
            "session" if event.kind == SessionRevoked::KIND => {
                event.id_of("user_id").map(|user| Route::to([Topic::User(user)])).into_iter().collect()
            }
            _ => Vec::new(),
        };
        Box::pin(std::future::ready(routes))
    }
}

impl Membership for People {
    fn topics<'a>(&'a self, actor: &'a Actor) -> BoxFuture<'a, Result<Vec<Topic>>> {
        let topics = actor.team_ids.iter().map(|team| Topic::Team(*team)).collect();
        Box::pin(std::future::ready(Ok(topics)))
    }

    fn refresh(&self, event: &StoredEvent, stale: &mut Vec<Topic>) {
        if event.kind == PresenceChanged::KIND {
            return;
        }
        match event.subject_kind.as_str() {
            "user" => stale.push(Topic::User(event.subject_id)),
            "session" | "api_token" => stale.extend(event.id_of("user_id").map(Topic::User)),
            "role" | "settings" => stale.push(Topic::Everyone),
            "team" => {
                stale.push(Topic::Team(event.subject_id));
                for list in ["added", "removed", "member_ids"] {
                    let ids = event.data.get(list).and_then(Value::as_array).into_iter().flatten();
                    stale.extend(ids.filter_map(|id| id.as_str()?.parse().ok()).map(Topic::User));
                }
            }
            _ => {}
        }
    }
}

impl Observer for Lines {
    fn connected<'a>(&'a self, _: &'a Hub, person: &'a Person, count: usize) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            if let Some(user) = acting_user(&person.actor).filter(|_| count == 1) {
                report(presence::connected(&self.ctx, user).await);
            }
        })
    }

    fn disconnected<'a>(&'a self, _: &'a Hub, person: &'a Person, count: usize) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            if let Some(user) = acting_user(&person.actor).filter(|_| count == 0) {
                report(presence::disconnected(&self.ctx, user).await);
            }
        })
    }

    /// A user left another node. That node has said that the user is gone if it knew of no other; whoever knows better
    /// puts it right, and whoever finds that nobody said it says it.
    fn elsewhere<'a>(&'a self, hub: &'a Hub, change: &'a Change) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let Change { sign: Sign::User(user), shown: false, settled } = *change else { return };
            if hub.is_here(Topic::User(user)) {
                report(if settled { presence::connected(&self.ctx, UserId(user)).await } else { Ok(()) });
            } else if !settled && hub.count(Topic::User(user)) == 0 {
                report(presence::disconnected(&self.ctx, UserId(user)).await);
            }
        })
    }
}

/// A connection goes on when its presence cannot be stored.
fn report(result: Result<()>) {
    if let Err(error) = result {
        tracing::warn!(%error, "presence could not be stored");
    }
}
