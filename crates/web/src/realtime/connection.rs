//! One task for one socket.

use std::{future::Future, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use futures_util::{FutureExt as _, future::BoxFuture};
use heard_kernel::{Actor, Result};
use heard_runtime::SendFuture;
use serde_json::Value;
use tokio::time::{Instant, sleep_until, timeout};

use super::{
    Client, Hub, Person, Topic,
    catch_up::{self, Start},
    frame::{self, Frame},
    hub::Registration,
    mailbox::{Ending, Waiting},
};
use crate::{codes, extract::check_json};

/// Bytes that a client may send at once.
pub const MAX_FRAME: usize = 64 * 1024;
/// Silence after which the client is asked whether it is still there.
const SILENCE: Duration = Duration::from_secs(40);
/// How long a frame may take to leave. A client that takes nothing for so long is gone.
const SEND_PATIENCE: Duration = Duration::from_secs(20);
/// How long the first frame may take to come.
const HELLO_PATIENCE: Duration = Duration::from_secs(10);
/// Frames that a client may send at once, and how many more a second.
const FLOOD_BURST: f32 = 60.0;
const FLOOD_PER_SECOND: f32 = 10.0;

/// What happens at the other side of a connection: the console's or the visitors'.
pub trait Door: Send + Sync + 'static {
    /// The person's present standing; `None` when they may no longer connect.
    fn refresh<'a>(&'a self, person: &'a Person) -> SendFuture<'a, Option<Standing>>;
    /// Acts on a frame that the client sent.
    fn frame<'a>(
        &'a self,
        hub: &'a Hub,
        person: &'a Person,
        kind: &'a str,
        frame: &'a Value,
    ) -> BoxFuture<'a, ()>;
    /// A connection was opened; `count` are open now for this person.
    fn connected<'a>(&'a self, hub: &'a Hub, person: &'a Person, count: usize) -> BoxFuture<'a, ()>;
    /// A connection was closed; `count` are still open for this person.
    fn disconnected<'a>(&'a self, hub: &'a Hub, person: &'a Person, count: usize) -> BoxFuture<'a, ()>;
}

/// What a person may do and hears about at present.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The person with present rights.
    pub actor: Actor,
    /// What they hear about beside their own topic.
    pub topics: Vec<Topic>,
}

/// The first frame of a client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hello {
    /// The last event that the client knows.
    pub after: Option<i64>,
    /// The visitor's token.
    pub token: Option<String>,
}

/// Sets the sizes of a socket's buffers: with the defaults an idle connection costs 136 KB, with these 8 KB.
pub fn tune(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(4096)
        .write_buffer_size(0)
        .max_write_buffer_size(4 * 1024 * 1024)
        .max_message_size(MAX_FRAME)
        .max_frame_size(MAX_FRAME)
}

/// Reads the first frame. Without a proper one the socket is closed and `None` returned.
pub async fn hello(socket: &mut WebSocket) -> Option<Hello> {
    let first = timeout(HELLO_PATIENCE, socket.recv()).await;
    let read = match &first {
        Ok(Some(Ok(Message::Text(text)))) => parse(text),
        _ => None,
    };
    match read {
        Some((kind, frame)) if kind == "hello" => Some(Hello {
            after: frame.get("after").and_then(Value::as_i64),
            token: frame.get("token").and_then(Value::as_str).map(str::to_owned),
        }),
        _ => {
            close(socket, 4400, "hello_expected").await;
            None
        }
    }
}

/// Closes a socket with a code of RFC 6455 or of 4000 and more, and a stable word.
pub async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let frame = CloseFrame { code, reason: reason.into() };
    let _ = timeout(SEND_PATIENCE, socket.send(Message::Close(Some(frame)))).await;
}

/// Why a connection ends.
enum End {
    /// The client went away, or takes nothing any more.
    Gone,
    /// The client is told so.
    Close(u16, &'static str),
}

pub(super) async fn serve(hub: &Hub, mut socket: WebSocket, client: Client, door: Arc<dyn Door>) {
    let (mut registration, start) = match hub.register(client).await {
        Ok(registered) => registered,
        Err(error) => {
            let code = if error.is(codes::TOO_MANY_CONNECTIONS) { 4429 } else { 1013 };
            close(&mut socket, code, error.code().id).await;
            return;
        }
    };
    let count = registration.count();
    door.connected(hub, &registration.person, count).await;
    // A defect ends the connection as every other end does, so that nobody seems to be there who is not.
    let talking = AssertUnwindSafe(talk(hub, &mut socket, &mut registration, start, &*door)).catch_unwind();
    match talking.await {
        Ok(Err(End::Close(code, reason))) => close(&mut socket, code, reason).await,
        Ok(Err(End::Gone)) => {}
        Err(_) => {
            tracing::error!("a live connection ended in a defect");
            close(&mut socket, 1011, "internal").await;
        }
    }
    let count = registration.leave();
    door.disconnected(hub, &registration.person, count).await;
}

/// Everything between the welcome and the end.
async fn talk(
    hub: &Hub,
    socket: &mut WebSocket,
    registration: &mut Registration,
    start: Start,
    door: &dyn Door,
) -> Result<std::convert::Infallible, End> {
    // Boxed, so that what is needed once does not make every idle connection larger.
    Box::pin(begin(hub, socket, registration, start.too_much())).await?;
    let mut budget = Budget { left: FLOOD_BURST, at: Instant::now() };
    let mut heard_at = Instant::now();
    let mut asked = false;
    loop {
        let patience = if asked { SILENCE * 2 } else { SILENCE };
        tokio::select! {
            received = socket.recv() => {
                heard_at = Instant::now();
                asked = false;
                match received {
                    Some(Ok(Message::Text(text))) => {
                        budget.spend(heard_at)?;
                        act(hub, socket, registration, door, &text).await?;
                    }
                    Some(Ok(Message::Binary(_))) => return Err(End::Close(1003, "text_expected")),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => budget.spend(heard_at)?,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(End::Gone),
                }
            }
            () = registration.mailbox.arrived() => deliver(socket, registration, door).await?,
            () = sleep_until(heard_at + patience) => {
                if asked {
                    return Err(End::Close(4408, "silent"));
                }
                asked = true;
                leave_in_time(socket.send(Message::Ping(bytes::Bytes::new()))).await?;
            }
        }
    }
}

/// Says welcome and sends what the client missed.
async fn begin(
    hub: &Hub,
    socket: &mut WebSocket,
    registration: &Registration,
    start: Start,
) -> Result<(), End> {
    send(socket, frame::welcome(start.known())).await?;
    match start {
        Start::Now { .. } => {}
        Start::Resync { seq } => send(socket, frame::resync(seq)).await?,
        Start::Frames { frames, .. } => send_all(socket, frames).await?,
        Start::Log { mut after, end } => loop {
            match catch_up::next(hub, &registration.topics, after, end).await {
                Ok(Some((seq, frames))) => {
                    send_all(socket, frames).await?;
                    after = seq;
                }
                Ok(None) => break,
                Err(error) => {
                    tracing::warn!(%error, "what a client missed cannot be read");
                    return Err(End::Close(1013, error.code().id));
                }
            }
        },
    }
    Ok(())
}

/// Sends what waits in the mailbox.
async fn deliver(
    socket: &mut WebSocket,
    registration: &mut Registration,
    door: &dyn Door,
) -> Result<(), End> {
    let Waiting { frames, resync, stale, ending, .. } = registration.mailbox.take();
    if let Some(seq) = resync {
        send(socket, frame::resync(seq)).await?;
    }
    send_all(socket, frames).await?;
    if let Some(Ending::Stopping) = ending {
        return Err(End::Close(1012, "stopping"));
    }
    if stale {
        match door.refresh(&registration.person).await {
            Ok(Some(Standing { actor, topics })) => registration.change(actor, topics),
            Ok(None) => return Err(End::Close(4401, "session_expired")),
            Err(error) => {
                tracing::warn!(%error, "a connection's person cannot be looked up");
                return Err(End::Close(1013, error.code().id));
            }
        }
    }
    Ok(())
}

/// Acts on a frame of the client. One that cannot be read is left alone: the next may be better.
async fn act(
    hub: &Hub,
    socket: &mut WebSocket,
    registration: &mut Registration,
    door: &dyn Door,
    text: &str,
) -> Result<(), End> {
    match parse(text) {
        Some((kind, _)) if kind == "ping" => {
            let seq = hub.position();
            deliver(socket, registration, door).await?;
            send(socket, frame::pong(seq)).await
        }
        Some((kind, frame)) => {
            door.frame(hub, &registration.person, &kind, &frame).await;
            Ok(())
        }
        None => Ok(()),
    }
}

/// The kind of a frame and the frame.
fn parse(text: &str) -> Option<(String, Value)> {
    check_json(text.as_bytes()).ok()?;
    let frame: Value = serde_json::from_str(text).ok()?;
    Some((frame.get("type")?.as_str()?.to_owned(), frame))
}

async fn send_all(socket: &mut WebSocket, frames: impl IntoIterator<Item = Frame>) -> Result<(), End> {
    for frame in frames {
        send(socket, frame).await?;
    }
    Ok(())
}

async fn send(socket: &mut WebSocket, frame: Frame) -> Result<(), End> {
    leave_in_time(socket.send(Message::Text(frame))).await
}

async fn leave_in_time<E>(sending: impl Future<Output = Result<(), E>>) -> Result<(), End> {
    match timeout(SEND_PATIENCE, sending).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(End::Gone),
    }
}

/// What a client may still send.
struct Budget {
    left: f32,
    at: Instant,
}

impl Budget {
    fn spend(&mut self, now: Instant) -> Result<(), End> {
        let gained = (now - self.at).as_secs_f32() * FLOOD_PER_SECOND;
        self.left = (self.left + gained).min(FLOOD_BURST);
        self.at = now;
        if self.left < 1.0 {
            return Err(End::Close(1008, "rate_limited"));
        }
        self.left -= 1.0;
        Ok(())
    }
}
