//! Start, idle live connections, and how soon news arrives.

use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use heard_testkit::{
    bench::{Client, Served, quantile, say},
    soak::{Prepared, prepare, visits},
};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{Message, client::IntoClientRequest},
};

use super::{
    Sizes,
    place::{Place, quiet},
};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How long after the start the memory is that of a process at rest: what only the start needed is given back then.
const RESTED: Duration = Duration::from_secs(5);

/// Start of an empty database, and memory at rest.
pub(crate) async fn start(place: &Place) {
    let served = place.heard();
    let first = served.started_in;
    quiet(&served).await;
    tokio::time::sleep(RESTED).await;
    let fresh = served.rss().unwrap();
    served.stop().expect("heard stops");
    let served = place.heard();
    quiet(&served).await;
    tokio::time::sleep(RESTED).await;
    say(&format!(
        "start to listening: {} ms the first time, {} ms again; resident at rest {} MB the first time, {} MB again \
         (of which {} MB are its own, the rest are pages of the program's file)",
        first.as_millis(),
        served.started_in.as_millis(),
        fresh / 1_000_000,
        served.rss().unwrap() / 1_000_000,
        served.anonymous().unwrap() / 1_000_000
    ));
}

/// Memory of connected visitors who say nothing.
pub(crate) async fn idle(place: &Place, sizes: &Sizes) {
    let served = place.heard();
    let Prepared { inbox_key, .. } = prepare(served.address, 0).await.expect("heard is prepared");
    let tokens = visits(served.address, &inbox_key, sizes.idle).await.expect("visits begin");
    // The first few bring in what all share.
    let (first, others) = tokens.split_at(tokens.len() / 10);
    let mut open = connect_all(&served, first).await;
    quiet(&served).await;
    tokio::time::sleep(RESTED).await;
    let before = served.rss().unwrap();
    open.extend(connect_all(&served, others).await);
    quiet(&served).await;
    let grown = served.rss().unwrap().saturating_sub(before);
    say(&format!(
        "idle visitor connections: {:.1} KB each over {} of them",
        grown as f64 / 1e3 / others.len() as f64,
        others.len()
    ));
}

async fn connect_all(served: &Served, tokens: &[String]) -> Vec<Socket> {
    let mut open = Vec::with_capacity(tokens.len());
    for token in tokens {
        open.push(connect(served, "/api/v1/widget/realtime", "", Some(token)).await);
    }
    open
}

async fn connect(served: &Served, path: &str, headers: &str, token: Option<&String>) -> Socket {
    let mut request = format!("ws://{}{path}", served.address).into_client_request().unwrap();
    if let Some(cookie) = headers.lines().find_map(|line| line.strip_prefix("cookie: ")) {
        request.headers_mut().insert("cookie", cookie.parse().unwrap());
    }
    request.headers_mut().insert("origin", format!("http://{}", served.address).parse().unwrap());
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.expect("a live connection");
    socket.send(Message::text(json!({"type": "hello", "token": token}).to_string())).await.unwrap();
    let welcome = socket.next().await.expect("a welcome").unwrap();
    assert!(welcome.to_text().unwrap().contains("welcome"), "{welcome}");
    socket
}

/// From a visitor's message to the agent who hears of it.
pub(crate) async fn fan_out(place: &Place, sizes: &Sizes) {
    let served = place.heard();
    let Prepared { headers, conversations, visitors, .. } =
        prepare(served.address, 1).await.expect("heard is prepared");
    let mut agent = connect(&served, "/api/v1/realtime", &headers, None).await;
    quiet(&served).await;
    let mut visitor = Client::connect(served.address).await.unwrap();
    let visitor_headers = format!("content-type: application/json\r\n{}", visitors[0]);
    let path = format!("/api/v1/widget/conversations/{}/messages", conversations[0]);
    let (mut after_sending, mut after_answer) = (Vec::new(), Vec::new());
    for number in 0..sizes.requests {
        let body = json!({"client_key": format!("f{number}"), "body": "在吗？"}).to_string();
        let sent = Instant::now();
        let sending = async {
            let answer = visitor.send("POST", &path, &visitor_headers, body.as_bytes()).await.unwrap();
            assert!(answer.status < 300, "{}", answer.status);
            Instant::now()
        };
        let hearing = async {
            while !is_message(agent.next().await.expect("an event").unwrap()) {}
            Instant::now()
        };
        let (answered, heard) = tokio::join!(sending, hearing);
        after_sending.push((heard - sent).as_secs_f64() * 1e3);
        after_answer.push(heard.saturating_duration_since(answered).as_secs_f64() * 1e3);
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    say(&format!(
        "fan-out to one subscriber: p50 {:.2} ms, p99 {:.2} ms from sending the request; p50 {:.2} ms after its answer",
        quantile(&mut after_sending, 0.5),
        quantile(&mut after_sending, 0.99),
        quantile(&mut after_answer, 0.5)
    ));
}

fn is_message(frame: Message) -> bool {
    let Message::Text(text) = frame else { return false };
    serde_json::from_str::<Value>(&text).is_ok_and(|frame| frame["kind"] == "message.posted")
}
