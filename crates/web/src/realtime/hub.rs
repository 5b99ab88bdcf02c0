//! Follows the log and hands each event to those who hear of it.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::extract::ws::WebSocket;
use heard_kernel::{Actor, ActorKind, Error, Result, codes as kernel_codes};
use heard_runtime::Ctx;
use heard_store::Engine;
use prometheus_client::metrics::gauge::Gauge;
use serde::Serialize;
use tokio::sync::watch;
use uuid::Uuid;

use super::{
    Change, Door, Registry, Sign, Topic,
    catch_up::Start,
    connection,
    frame::{self, Frame},
    mailbox::{Ending, Mailbox},
    relay::Relay,
    ring::{Delivery, Ring},
    topic::Topics,
};
use crate::{Metrics, codes};

/// Connections that one person can hold.
const MAX_PER_PERSON: usize = 20;
/// Events that are read from the log at once.
const GROUP: usize = 200;
/// Never sleep longer, so that a wake that is lost delays news by no more than this.
const LONGEST_SLEEP: Duration = Duration::from_secs(2);

/// Tells connected people what happens. Cheap to clone.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    ctx: Ctx,
    registry: OnceLock<Arc<Registry>>,
    routing: Mutex<Routing>,
    next_connection: AtomicU64,
    open: Gauge,
    stop: watch::Sender<bool>,
    /// The way to other processes, where there can be some.
    relay: Option<Relay>,
}

/// Who hears of what, and how far the log has been handed out. One lock holds both, so that a connection begins
/// exactly between two events.
struct Routing {
    seq: i64,
    ring: Ring,
    subscribers: HashMap<Topic, Vec<Arc<Mailbox>>>,
}

/// Names a connection as long as it lives.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct ConnectionId(u64);

/// Who is at the other end of a connection.
#[derive(Clone, Debug)]
pub struct Person {
    /// The connection.
    pub connection: ConnectionId,
    /// Who it is.
    pub actor: Actor,
}

/// Who wants to connect.
#[derive(Clone, Debug)]
pub struct Client {
    /// A user or a contact.
    pub actor: Actor,
    /// What they hear about beside their own topic.
    pub topics: Vec<Topic>,
    /// The last event that they know; `None` to begin with what comes.
    pub after: Option<i64>,
}

impl Hub {
    pub(crate) fn new(ctx: Ctx, metrics: &Metrics) -> Self {
        let open = Gauge::default();
        metrics.register(|registry| {
            registry.register("realtime_connections", "Open live connections", open.clone());
        });
        let relay = (ctx.db().engine() == Engine::Postgres).then(|| Relay::new(ctx.new_id()));
        Self(Arc::new(Inner {
            ctx,
            relay,
            registry: OnceLock::new(),
            routing: Mutex::new(Routing { seq: 0, ring: Ring::new(0), subscribers: HashMap::new() }),
            next_connection: AtomicU64::new(1),
            open,
            stop: watch::channel(false).0,
        }))
    }

    /// Begins to follow the log at its present end. Connections are taken from now on.
    ///
    /// # Errors
    /// `internal` when it was started before; the storage codes.
    pub async fn start(&self, registry: Registry) -> Result<()> {
        let end = self.0.ctx.log_end().await?;
        {
            let mut routing = self.routing();
            routing.seq = end;
            routing.ring = Ring::new(end);
        }
        let registry = Arc::new(registry);
        if self.0.registry.set(Arc::clone(&registry)).is_err() {
            return Err(Error::internal("the realtime hub was started twice"));
        }
        tokio::spawn(follow(self.clone(), registry));
        if self.0.relay.is_some() {
            let hub = self.clone();
            tokio::spawn(async move {
                if let Some(relay) = &hub.0.relay {
                    relay.run(&hub, hub.0.stop.subscribe()).await;
                }
            });
        }
        Ok(())
    }

    /// Ends all connections, which come again when the process is back, and takes no more.
    pub fn stop(&self) {
        self.0.stop.send_replace(true);
        for mailbox in self.routing().subscribers.values().flatten() {
            mailbox.end(Ending::Stopping);
        }
    }

    /// The last event that has been handed out: what was read from the database before is at least as old.
    pub fn position(&self) -> i64 {
        self.routing().seq
    }

    /// The number of connections that hear about a topic: whether a user or a contact is there. Each other node where
    /// they are counts for one.
    pub fn count(&self, topic: Topic) -> usize {
        let here = self.routing().subscribers.get(&topic).map_or(0, Vec::len);
        let elsewhere =
            self.0.relay.as_ref().zip(sign_of(topic)).map_or(0, |(relay, sign)| relay.elsewhere(sign));
        here + elsewhere
    }

    /// Whether a user or a contact is connected to this process.
    pub fn is_here(&self, topic: Topic) -> bool {
        self.routing().subscribers.contains_key(&topic)
    }

    /// Waits, at most a few seconds, until it is known who is connected to other nodes.
    pub async fn acquainted(&self) {
        if let Some(relay) = &self.0.relay {
            relay.acquainted().await;
        }
    }

    /// A connection here shows a sign that the other nodes are to know of, until it hides it.
    pub fn show(&self, sign: Sign) {
        if let Some(relay) = &self.0.relay {
            relay.show(sign);
        }
    }

    /// A connection here shows a sign no more.
    pub fn hide(&self, sign: Sign) {
        if let Some(relay) = &self.0.relay {
            relay.hide(sign);
        }
    }

    /// The users who have a thing on the screen, as connections to other nodes show it.
    pub fn lookers_elsewhere(&self, thing: Uuid) -> Vec<Uuid> {
        self.0.relay.as_ref().map(|relay| relay.lookers(thing)).unwrap_or_default()
    }

    /// Sends a frame that is not in the log (typing, viewing) to whom it concerns on all nodes, except the connection
    /// that it came from. Who is not there or is slow never gets it, nor does another node when it is longer than
    /// about 7,500 bytes.
    pub fn publish(&self, topics: &[Topic], frame: &impl Serialize, except: Option<ConnectionId>) {
        let frame = frame::text(frame);
        if let Some(relay) = &self.0.relay {
            relay.frame(topics, &frame);
        }
        self.hand_out(topics, &frame, except);
    }

    /// Sends a frame that is not in the log to connections of this process only: what every node finds out by itself.
    pub fn publish_here(&self, topics: &[Topic], frame: &impl Serialize, except: Option<ConnectionId>) {
        self.hand_out(topics, &frame::text(frame), except);
    }

    fn hand_out(&self, topics: &[Topic], frame: &Frame, except: Option<ConnectionId>) {
        let mut concerned: Vec<Arc<Mailbox>> = {
            let routing = self.routing();
            topics.iter().filter_map(|topic| routing.subscribers.get(topic)).flatten().cloned().collect()
        };
        if topics.len() > 1 {
            concerned.sort_unstable_by_key(|mailbox| mailbox.id);
            concerned.dedup_by_key(|mailbox| mailbox.id);
        }
        for mailbox in concerned.iter().filter(|mailbox| Some(mailbox.id) != except) {
            mailbox.ephemeral(frame);
        }
    }

    /// Tells the slices what changed on another node.
    pub(super) async fn tell_observers(&self, change: &Change) {
        let Ok(registry) = self.registry() else { return };
        for observer in &registry.observers {
            observer.elsewhere(self, change).await;
        }
    }

    /// Serves a connection until it ends. The caller has read its first frame and knows who it is.
    pub async fn serve(&self, socket: WebSocket, client: Client, door: Arc<dyn Door>) {
        connection::serve(self, socket, client, door).await;
    }

    pub(super) fn ctx(&self) -> &Ctx {
        &self.0.ctx
    }

    /// What the slices brought.
    ///
    /// # Errors
    /// `overloaded` before the start and after the stop.
    pub(super) fn registry(&self) -> Result<&Arc<Registry>> {
        let stopping = *self.0.stop.borrow();
        self.0
            .registry
            .get()
            .filter(|_| !stopping)
            .ok_or_else(|| Error::new(kernel_codes::OVERLOADED).with("retry_after", 2))
    }

    /// Enters a connection. Events after the returned start will be in its mailbox.
    ///
    /// # Errors
    /// `too_many_connections`; `user_required` when neither a user nor a contact connects; the storage codes.
    pub(super) async fn register(&self, client: Client) -> Result<(Registration, Start)> {
        self.registry()?;
        let personal = personal_topic(&client.actor)?;
        let after = self.plausible(client.after).await?;
        let topics = Topics::new(client.topics.into_iter().chain([personal]).collect());
        let id = ConnectionId(self.0.next_connection.fetch_add(1, Ordering::Relaxed));
        let mailbox = Arc::new(Mailbox::new(id));
        let mut routing = self.routing();
        if routing.subscribers.get(&personal).map_or(0, Vec::len) >= MAX_PER_PERSON {
            return Err(Error::new(codes::TOO_MANY_CONNECTIONS).with("max", MAX_PER_PERSON));
        }
        let seq = routing.seq;
        let start = match after {
            After::Now => Start::Now { seq },
            After::Impossible => Start::Resync { seq },
            After::Seq(after) if after >= seq => Start::Now { seq: after },
            After::Seq(after) => match routing.ring.after(after, &topics) {
                Some(frames) => Start::Frames { seq: after, frames },
                None => Start::Log { after, end: seq },
            },
        };
        mailbox.start_after(start.known().max(seq));
        routing.enter(&mailbox, &topics);
        drop(routing);
        sign_of(personal).into_iter().for_each(|sign| self.show(sign));
        self.0.open.inc();
        let person = Person { connection: id, actor: client.actor };
        Ok((Registration { hub: self.clone(), mailbox, topics, personal, person }, start))
    }

    /// A place beyond the end of the log is from another database, such as one before a restore.
    async fn plausible(&self, after: Option<i64>) -> Result<After> {
        Ok(match after {
            None => After::Now,
            Some(after) if after < 0 => After::Impossible,
            Some(after) if after > self.position() && after > self.0.ctx.log_end().await? => {
                After::Impossible
            }
            Some(after) => After::Seq(after),
        })
    }

    fn routing(&self) -> MutexGuard<'_, Routing> {
        self.0.routing.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Hands out the next events of the log and tells how many there were.
    async fn step(&self, registry: &Registry) -> Result<usize> {
        let events = self.0.ctx.next_events(self.position(), GROUP).await?;
        let mut deliveries = Vec::with_capacity(events.len());
        for event in &events {
            let mut stale = Vec::new();
            registry.memberships.iter().for_each(|membership| membership.refresh(event, &mut stale));
            deliveries.push((Arc::new(registry.delivery(event).await), stale));
        }
        let mut routing = self.routing();
        for (delivery, stale) in deliveries {
            routing.deliver(delivery, &stale);
        }
        Ok(events.len())
    }
}

/// Where a client wants to begin.
enum After {
    Now,
    Seq(i64),
    Impossible,
}

impl Routing {
    fn deliver(&mut self, delivery: Arc<Delivery>, stale: &[Topic]) {
        self.seq = delivery.seq;
        for (topics, frame) in &delivery.routes {
            for mailbox in topics.iter().filter_map(|topic| self.subscribers.get(topic)).flatten() {
                mailbox.event(delivery.seq, frame);
            }
        }
        for mailbox in stale.iter().filter_map(|topic| self.subscribers.get(topic)).flatten() {
            mailbox.mark_stale();
        }
        if !delivery.routes.is_empty() {
            self.ring.push(delivery);
        }
    }

    fn enter(&mut self, mailbox: &Arc<Mailbox>, topics: &Topics) {
        for topic in topics.iter() {
            self.subscribers.entry(topic).or_insert_with(|| Vec::with_capacity(1)).push(Arc::clone(mailbox));
        }
    }

    fn leave(&mut self, mailbox: &Arc<Mailbox>, topics: &Topics) {
        for topic in topics.iter() {
            let Some(subscribers) = self.subscribers.get_mut(&topic) else { continue };
            if let Some(place) = subscribers.iter().position(|other| Arc::ptr_eq(other, mailbox)) {
                subscribers.swap_remove(place);
            }
            if subscribers.is_empty() {
                self.subscribers.remove(&topic);
            }
        }
    }
}

/// A connection that is entered; leaving undoes it, however the connection ends.
pub(super) struct Registration {
    hub: Hub,
    pub(super) mailbox: Arc<Mailbox>,
    pub(super) topics: Topics,
    personal: Topic,
    pub(super) person: Person,
}

impl Registration {
    /// The connections of the same person, with this one.
    pub(super) fn count(&self) -> usize {
        self.hub.count(self.personal)
    }

    /// Hears about these from now on. The client must resync when that is not what it heard about before.
    pub(super) fn change(&mut self, actor: Actor, topics: Vec<Topic>) {
        self.person.actor = actor;
        let topics = Topics::new(topics.into_iter().chain([self.personal]).collect());
        if topics == self.topics {
            return;
        }
        let mut routing = self.hub.routing();
        routing.leave(&self.mailbox, &self.topics);
        routing.enter(&self.mailbox, &topics);
        self.mailbox.resync(routing.seq);
        self.topics = topics;
    }

    /// Leaves and tells how many connections of the person remain.
    pub(super) fn leave(&mut self) -> usize {
        let topics = std::mem::take(&mut self.topics);
        if topics.iter().next().is_some() {
            self.hub.routing().leave(&self.mailbox, &topics);
            sign_of(self.personal).into_iter().for_each(|sign| self.hub.hide(sign));
        }
        self.count()
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.leave();
        self.hub.0.open.dec();
    }
}

fn personal_topic(actor: &Actor) -> Result<Topic> {
    match (actor.kind, actor.id) {
        (ActorKind::User, Some(id)) => Ok(Topic::User(id)),
        (ActorKind::Contact, Some(id)) => Ok(Topic::Contact(id)),
        _ => Err(Error::new(kernel_codes::USER_REQUIRED)),
    }
}

/// What other nodes know a person's own topic by.
fn sign_of(personal: Topic) -> Option<Sign> {
    match personal {
        Topic::User(id) => Some(Sign::User(id)),
        Topic::Contact(id) => Some(Sign::Contact(id)),
        _ => None,
    }
}

/// Hands out the log until the hub stops.
async fn follow(hub: Hub, registry: Arc<Registry>) {
    let mut changed = hub.0.ctx.log_watch();
    let mut stop = hub.0.stop.subscribe();
    while !*stop.borrow() {
        changed.mark_unchanged();
        let pause = match hub.step(&registry).await {
            Ok(0) => LONGEST_SLEEP,
            Ok(_) => continue,
            Err(error) => {
                tracing::warn!(%error, "the log cannot be followed for live connections; trying again");
                Duration::from_secs(1)
            }
        };
        tokio::select! {
            _ = changed.changed() => {}
            _ = stop.changed() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}
