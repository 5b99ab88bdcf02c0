//! What slices bring to the live connections.

use std::{collections::HashMap, sync::Arc};

use futures_util::future::BoxFuture;
use heard_kernel::{Actor, Result};
use heard_runtime::StoredEvent;
use serde_json::Value;

use super::{Change, Hub, Person, Topic};

/// Says who hears of an event.
pub trait Audience: Send + Sync + 'static {
    /// Who hears of `event`, and of what in it. A connection hears of it once, by the first route that reaches it.
    fn routes<'a>(&'a self, event: &'a StoredEvent) -> BoxFuture<'a, Vec<Route>>;
}

/// A way for an event to connections.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// The subscribers of any of these.
    pub topics: Vec<Topic>,
    /// What they are told instead of the event's own data, when they may not know all of it.
    pub data: Option<Value>,
}

impl Route {
    /// The event as it is, to the subscribers of any of these.
    pub fn to(topics: impl IntoIterator<Item = Topic>) -> Self {
        Self { topics: topics.into_iter().collect(), data: None }
    }

    /// With other data.
    #[must_use]
    pub fn with(mut self, data: Value) -> Self {
        self.data = Some(data);
        self
    }
}

/// Says what a user of the console hears about.
pub trait Membership: Send + Sync + 'static {
    /// The topics of a user beside the user's own and [`Topic::Everyone`].
    fn topics<'a>(&'a self, actor: &'a Actor) -> BoxFuture<'a, Result<Vec<Topic>>>;

    /// Whose rights, memberships or sessions an event may have changed: the subscribers of the topics that are added to
    /// `stale` are looked up anew, told to resync when their topics changed, and disconnected when their session ended.
    fn refresh(&self, event: &StoredEvent, stale: &mut Vec<Topic>);
}

/// Acts on what a console sends: typing, viewing.
pub trait FrameHandler: Send + Sync + 'static {
    /// Acts on one frame of the kind it was registered for. An error is logged and the connection goes on.
    fn handle<'a>(&'a self, hub: &'a Hub, person: &'a Person, frame: &'a Value) -> BoxFuture<'a, Result<()>>;
}

/// Hears of users who come and go.
pub trait Observer: Send + Sync + 'static {
    /// A connection was opened; `count` are open now for this person, of which each other node counts for one.
    fn connected<'a>(&'a self, hub: &'a Hub, person: &'a Person, count: usize) -> BoxFuture<'a, ()>;
    /// A connection was closed; `count` are still open for this person.
    fn disconnected<'a>(&'a self, hub: &'a Hub, person: &'a Person, count: usize) -> BoxFuture<'a, ()>;
    /// On another node somebody came, went or looks at something else. Quick changes of one sign may be told as one.
    fn elsewhere<'a>(&'a self, _: &'a Hub, _: &'a Change) -> BoxFuture<'a, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// What all slices bring.
#[derive(Clone, Default)]
pub struct Registry {
    pub(super) audiences: Vec<Arc<dyn Audience>>,
    pub(super) memberships: Vec<Arc<dyn Membership>>,
    pub(super) handlers: HashMap<&'static str, Arc<dyn FrameHandler>>,
    pub(super) observers: Vec<Arc<dyn Observer>>,
}

impl Registry {
    /// Adds who says who hears of events.
    pub fn audience(&mut self, audience: impl Audience) -> &mut Self {
        self.audiences.push(Arc::new(audience));
        self
    }

    /// Adds who says what users hear about.
    pub fn membership(&mut self, membership: impl Membership) -> &mut Self {
        self.memberships.push(Arc::new(membership));
        self
    }

    /// Adds who acts on a kind of frame that consoles send.
    pub fn on(&mut self, kind: &'static str, handler: impl FrameHandler) -> &mut Self {
        self.handlers.insert(kind, Arc::new(handler));
        self
    }

    /// Adds who hears of users who come and go.
    pub fn observer(&mut self, observer: impl Observer) -> &mut Self {
        self.observers.push(Arc::new(observer));
        self
    }

    /// Who hears of an event, and the frames that say it.
    pub(super) async fn delivery(&self, event: &StoredEvent) -> super::ring::Delivery {
        let mut routes = Vec::new();
        for audience in &self.audiences {
            for route in audience.routes(event).await {
                routes.push((route.topics, super::frame::event(event, route.data.as_ref())));
            }
        }
        super::ring::Delivery { seq: event.seq, routes }
    }
}
