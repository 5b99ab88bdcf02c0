//! A live connection that is taken up again after the last event that was heard.

use std::{net::SocketAddr, time::Duration};

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{Message, client::IntoClientRequest, http::HeaderValue},
};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Something new to look at.
pub(crate) enum News {
    /// A conversation has a new message.
    Message(String),
    /// Too much was missed, or the line was cut: look at everything once.
    Everything,
    /// Nothing that matters here.
    Quiet,
    /// Nothing at all for a while, on a connection that is up.
    Silence,
}

/// A follower of the log over a WebSocket.
pub(crate) struct Follower {
    address: SocketAddr,
    path: &'static str,
    headers: String,
    token: Option<String>,
    seq: Option<i64>,
    socket: Option<Socket>,
}

impl Follower {
    pub(crate) fn new(
        address: SocketAddr,
        path: &'static str,
        headers: String,
        token: Option<String>,
    ) -> Self {
        Self { address, path, headers, token, seq: None, socket: None }
    }

    /// The next news. Connects when there is no connection.
    pub(crate) async fn next(&mut self) -> Result<News, String> {
        let Some(socket) = &mut self.socket else {
            match self.connect().await {
                Some(socket) => self.socket = Some(socket),
                None => tokio::time::sleep(Duration::from_millis(50)).await,
            }
            return Ok(if self.seq.is_none() { News::Everything } else { News::Quiet });
        };
        match tokio::time::timeout(Duration::from_millis(500), socket.next()).await {
            Err(_) => Ok(News::Silence),
            Ok(Some(Ok(Message::Text(text)))) => self.hear(&text),
            Ok(Some(Ok(_))) => Ok(News::Quiet),
            Ok(Some(Err(_)) | None) => {
                self.socket = None;
                Ok(News::Quiet)
            }
        }
    }

    fn hear(&mut self, text: &str) -> Result<News, String> {
        let frame: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let seq = frame["seq"].as_i64();
        match frame["type"].as_str() {
            Some("event") => {
                if seq <= self.seq {
                    return Err(format!("event {seq:?} came after {:?}", self.seq));
                }
                self.seq = seq;
                match (frame["kind"].as_str(), frame["data"]["conversation_id"].as_str()) {
                    (Some("message.posted"), Some(id)) => Ok(News::Message(id.to_owned())),
                    _ => Ok(News::Quiet),
                }
            }
            Some("welcome") if self.seq.is_none() => {
                self.seq = seq;
                Ok(News::Everything)
            }
            Some("resync") => {
                self.seq = seq;
                Ok(News::Everything)
            }
            _ => Ok(News::Quiet),
        }
    }

    async fn connect(&self) -> Option<Socket> {
        let mut request = format!("ws://{}{}", self.address, self.path).into_client_request().ok()?;
        for line in self.headers.lines() {
            if let Some(value) = line.strip_prefix("cookie: ") {
                request.headers_mut().insert("cookie", HeaderValue::from_str(value).ok()?);
            }
        }
        let origin = format!("http://{}", self.address);
        request.headers_mut().insert("origin", HeaderValue::from_str(&origin).ok()?);
        let (mut socket, _) = tokio_tungstenite::connect_async(request).await.ok()?;
        let hello = json!({"type": "hello", "after": self.seq, "token": self.token});
        socket.send(Message::text(hello.to_string())).await.ok()?;
        Some(socket)
    }
}
