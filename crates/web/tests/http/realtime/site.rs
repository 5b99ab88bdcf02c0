//! A served application whose events go to everyone or to one user, and a client for its socket.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Router, http::request};
use futures_util::{SinkExt as _, StreamExt as _, future::BoxFuture};
use heard_kernel::{Actor, Error, Result, codes};
use heard_runtime::{Ctx, Event, StoredEvent, Subject};
use heard_testkit::TestDb;
use heard_web::{
    AppState, Authenticated, Authenticator, Session, application,
    realtime::{Audience, Change, FrameHandler, Hub, Membership, Observer, Person, Registry, Route, Topic},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::{net::TcpStream, task::JoinHandle, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest as _, http::HeaderValue},
};
use uuid::Uuid;

/// Something happened, for everyone or for one user.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Happened {
    pub(super) number: u64,
    pub(super) user: Option<Uuid>,
    pub(super) text: String,
}

impl Event for Happened {
    const KIND: &'static str = "thing.happened";
    fn subject(&self) -> Subject {
        Subject::new("thing", Uuid::from_u128(1))
    }
}

/// A user's teams changed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Moved {
    pub(super) user: Uuid,
}

impl Event for Moved {
    const KIND: &'static str = "user.moved";
    fn subject(&self) -> Subject {
        Subject::new("user", self.user)
    }
}

/// What the test decides about users, and what it sees of them.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) revoked: bool,
    pub(super) teams: Vec<Uuid>,
    pub(super) seen: Vec<String>,
    pub(super) elsewhere: Vec<Change>,
}

#[derive(Clone, Default)]
pub(super) struct Slice(pub(super) Arc<Mutex<Facts>>);

impl Audience for Slice {
    fn routes<'a>(&'a self, event: &'a StoredEvent) -> BoxFuture<'a, Vec<Route>> {
        let to = match event.id_of("user") {
            Some(user) => Topic::User(user),
            None => Topic::Everyone,
        };
        // Two routes reach whoever is both: only the first counts.
        let routes = match event.kind.as_str() {
            "thing.happened" => vec![Route::to([to]), Route::to([Topic::Everyone, to]).with(json!("twice"))],
            _ => Vec::new(),
        };
        let routes =
            if event.id_of("user").is_some() { routes.into_iter().take(1).collect() } else { routes };
        Box::pin(std::future::ready(routes))
    }
}

impl Membership for Slice {
    fn topics<'a>(&'a self, _: &'a Actor) -> BoxFuture<'a, Result<Vec<Topic>>> {
        let teams = self.0.lock().unwrap().teams.iter().copied().map(Topic::Team).collect();
        Box::pin(std::future::ready(Ok(teams)))
    }

    fn refresh(&self, event: &StoredEvent, stale: &mut Vec<Topic>) {
        if event.kind == Moved::KIND {
            stale.extend(event.id_of("user").map(Topic::User));
        }
    }
}

impl FrameHandler for Slice {
    fn handle<'a>(&'a self, hub: &'a Hub, person: &'a Person, frame: &'a Value) -> BoxFuture<'a, Result<()>> {
        assert_ne!(frame["on"], "never", "a defect");
        hub.publish(
            &[Topic::Everyone, Topic::User(person.actor.id.unwrap())],
            frame,
            Some(person.connection),
        );
        Box::pin(std::future::ready(Ok(())))
    }
}

impl Observer for Slice {
    fn connected<'a>(&'a self, _: &'a Hub, _: &'a Person, count: usize) -> BoxFuture<'a, ()> {
        self.0.lock().unwrap().seen.push(format!("connected {count}"));
        Box::pin(std::future::ready(()))
    }
    fn disconnected<'a>(&'a self, _: &'a Hub, _: &'a Person, count: usize) -> BoxFuture<'a, ()> {
        self.0.lock().unwrap().seen.push(format!("disconnected {count}"));
        Box::pin(std::future::ready(()))
    }
    fn elsewhere<'a>(&'a self, _: &'a Hub, change: &'a Change) -> BoxFuture<'a, ()> {
        self.0.lock().unwrap().elsewhere.push(*change);
        Box::pin(std::future::ready(()))
    }
}

/// `heard_session=N` is user N.
impl Authenticator for Slice {
    fn authenticate<'a>(&'a self, parts: &'a request::Parts) -> BoxFuture<'a, Result<Authenticated>> {
        let cookie = parts.headers.get("cookie").and_then(|value| value.to_str().ok());
        let user = cookie.and_then(|text| text.strip_prefix("heard_session=")?.parse().ok());
        let answer = user.map(|number| Authenticated {
            actor: Actor::user(user_id(number), ["x"].into_iter().collect()),
            session: Some(Session { id: Uuid::nil(), csrf: "c".to_owned() }),
        });
        Box::pin(std::future::ready(answer.ok_or_else(|| Error::new(codes::UNAUTHENTICATED))))
    }

    fn refresh<'a>(&'a self, actor: &'a Actor) -> BoxFuture<'a, Result<Option<Actor>>> {
        let good = !self.0.lock().unwrap().revoked;
        Box::pin(std::future::ready(Ok(good.then(|| actor.clone()))))
    }
}

pub(super) fn user_id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A process that serves.
pub(super) struct Site {
    pub(super) state: AppState,
    pub(super) address: SocketAddr,
    pub(super) slice: Slice,
    server: JoinHandle<()>,
}

impl Site {
    pub(super) async fn start(ctx: &Ctx) -> Self {
        let slice = Slice::default();
        let state = AppState::new(ctx.clone(), Arc::new(slice.clone()));
        let mut registry = Registry::default();
        registry.audience(slice.clone()).membership(slice.clone()).observer(slice.clone());
        registry.on("typing", slice.clone());
        state.hub.start(registry).await.unwrap();
        let app = application(state.clone(), [], Router::new());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(async move {
            heard_web::serve(listener, app, std::future::pending(), Duration::ZERO).await.unwrap();
        });
        Self { state, address, slice, server }
    }

    /// Ends connections and the listener, as a stopping process does.
    pub(super) fn stop(self) {
        self.state.hub.stop();
        self.server.abort();
    }

    pub(super) async fn connect(&self, user: u128, after: Option<i64>) -> Client {
        let mut client = self.dial(user, &format!("http://{}", self.address)).await.unwrap();
        client.send(json!({"type": "hello", "after": after})).await;
        let welcome = client.next().await.unwrap();
        assert_eq!(welcome["type"], "welcome", "{welcome}");
        client
    }

    pub(super) async fn dial(&self, user: u128, origin: &str) -> std::result::Result<Client, String> {
        let mut request = format!("ws://{}/api/v1/realtime", self.address).into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("cookie", HeaderValue::try_from(format!("heard_session={user}")).unwrap());
        headers.insert("origin", HeaderValue::try_from(origin).unwrap());
        let (socket, _) = connect_async(request).await.map_err(|error| error.to_string())?;
        Ok(Client { socket, closed: None })
    }
}

pub(super) struct Client {
    pub(super) socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Code and word of the server's close.
    pub(super) closed: Option<(u16, String)>,
}

impl Client {
    pub(super) async fn send(&mut self, frame: Value) {
        self.socket.send(Message::text(frame.to_string())).await.unwrap();
    }

    /// The next frame; `None` when the server closed.
    pub(super) async fn next(&mut self) -> Option<Value> {
        loop {
            let got = timeout(Duration::from_secs(20), self.socket.next()).await.expect("a frame in time");
            match got {
                Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(frame))) => {
                    self.closed = frame.map(|frame| (u16::from(frame.code), frame.reason.to_string()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// The frames up to the answer to a ping.
    pub(super) async fn pending(&mut self) -> Vec<Value> {
        self.send(json!({"type": "ping"})).await;
        let mut frames = Vec::new();
        loop {
            let frame = self.next().await.unwrap();
            if frame["type"] == "pong" {
                return frames;
            }
            frames.push(frame);
        }
    }

    /// Everything that still comes until the server closes.
    pub(super) async fn until_closed(&mut self) -> (u16, String) {
        while self.next().await.is_some() {}
        self.closed.take().expect("a close frame")
    }
}

pub(super) async fn database() -> (TestDb, Ctx) {
    let db = TestDb::sqlite().await;
    let ctx = db.ctx(heard_runtime::MIGRATIONS).await;
    (db, ctx)
}

/// Emits events numbered from `from`, each in a transaction of its own, and tells the last place in the log.
pub(super) async fn emit(ctx: &Ctx, from: u64, count: u64, user: Option<Uuid>, text: &str) -> i64 {
    for number in from..from + count {
        let event = Happened { number, user, text: text.to_owned() };
        ctx.tx(&Actor::system(), async move |tx| tx.emit(&event)).await.unwrap();
    }
    ctx.log_end().await.unwrap()
}

/// Waits until the hub has handed out an event.
pub(super) async fn reached(site: &Site, seq: i64) {
    let waiting = async {
        while site.state.hub.position() < seq {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    timeout(Duration::from_secs(20), waiting).await.expect("the hub follows the log");
}
