//! Who may connect, and what ends a connection.

use std::time::Duration;

use heard_kernel::Actor;
use heard_runtime::Ctx;
use heard_web::realtime::Topic;
use serde_json::{Value, json};
use uuid::Uuid;

use super::site::{Moved, Site, database, emit, reached, user_id};

async fn moved(ctx: &Ctx, user: u128) {
    let event = Moved { user: user_id(user) };
    ctx.tx(&Actor::system(), async move |tx| tx.emit(&event)).await.unwrap();
}

#[tokio::test]
async fn strangers_and_other_sites_are_refused() {
    let (_db, ctx) = database().await;
    let site = Site::start(&ctx).await;
    let refused = |user, origin: &'static str| {
        let site = &site;
        async move { site.dial(user, origin).await.err().unwrap() }
    };
    assert!(refused(1, "http://evil.example").await.contains("403"));
    site.state.site.set_public_url(Some("https://help.example/"));
    assert!(site.dial(1, "https://help.example").await.is_ok());
    let answer = plain_get(&site, "/api/v1/realtime").await;
    assert!(answer.starts_with("HTTP/1.1 426") && answer.contains("websocket_required"), "{answer}");
}

/// A plain GET by cookie, without the upgrade.
async fn plain_get(site: &Site, path: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = tokio::net::TcpStream::connect(site.address).await.unwrap();
    let host = site.address;
    let head = format!(
        "GET {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\ncookie: heard_session=1\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn the_first_frame_is_a_hello() {
    let (_db, ctx) = database().await;
    let site = Site::start(&ctx).await;
    let mut client = site.dial(1, &format!("http://{}", site.address)).await.unwrap();
    client.send(json!({"type": "ping"})).await;
    assert_eq!(client.until_closed().await, (4400, "hello_expected".to_owned()));
}

#[tokio::test]
async fn a_change_of_memberships_leads_to_a_resync() {
    let (_db, ctx) = database().await;
    let site = Site::start(&ctx).await;
    let team = Uuid::from_u128(99);
    let mut client = site.connect(1, None).await;
    moved(&ctx, 1).await;
    reached(&site, ctx.log_end().await.unwrap()).await;
    assert_eq!(client.pending().await, Vec::<Value>::new(), "nothing changed for the user");
    site.slice.0.lock().unwrap().teams.push(team);
    moved(&ctx, 2).await;
    moved(&ctx, 1).await;
    let frame = client.next().await.unwrap();
    assert_eq!(frame, json!({"type": "resync", "seq": ctx.log_end().await.unwrap()}));
    assert_eq!(site.state.hub.count(Topic::Team(team)), 1);
    drop(client);
    for _ in 0..500 {
        if site.state.hub.count(Topic::Team(team)) == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("a client that went away is still counted");
}

#[tokio::test]
async fn a_session_that_ended_is_disconnected() {
    let (_db, ctx) = database().await;
    let site = Site::start(&ctx).await;
    let mut client = site.connect(1, None).await;
    site.slice.0.lock().unwrap().revoked = true;
    moved(&ctx, 1).await;
    assert_eq!(client.until_closed().await, (4401, "session_expired".to_owned()));
}

#[tokio::test]
async fn passing_frames_reach_the_others_once() {
    let (_db, ctx) = database().await;
    let site = Site::start(&ctx).await;
    let (mut one, mut two) = (site.connect(1, None).await, site.connect(2, None).await);
    let typing = json!({"type": "typing", "on": true});
    one.send(typing.clone()).await;
    assert_eq!(two.next().await.unwrap(), typing);
    one.send(json!({"type": "unheard of"})).await;
    one.socket.flush_text("not json").await;
    assert_eq!(one.pending().await, Vec::<Value>::new());
    assert_eq!(two.pending().await, Vec::<Value>::new());
}

#[tokio::test]
async fn coming_and_going_is_seen() {
    let (_db, ctx) = database().await;
    let site = Site::start(&ctx).await;
    let one = site.connect(1, None).await;
    let two = site.connect(1, None).await;
    let _other = site.connect(2, None).await;
    drop((one, two));
    for _ in 0..500 {
        if site.state.hub.count(Topic::User(user_id(1))) == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    let mut seen = site.slice.0.lock().unwrap().seen.clone();
    seen.sort();
    assert_eq!(seen, ["connected 1", "connected 1", "connected 2", "disconnected 0", "disconnected 1"]);
}

#[tokio::test]
async fn one_person_cannot_take_all_connections() {
    let (_db, ctx) = database().await;
    let site = Site::start(&ctx).await;
    let mut held = Vec::new();
    for _ in 0..20 {
        held.push(site.connect(1, None).await);
    }
    let mut client = site.dial(1, &format!("http://{}", site.address)).await.unwrap();
    client.send(json!({"type": "hello"})).await;
    assert_eq!(client.until_closed().await, (4429, "too_many_connections".to_owned()));
    site.connect(2, None).await;
}

#[tokio::test]
async fn a_defect_ends_only_its_connection() {
    let (_db, ctx) = database().await;
    let site = Site::start(&ctx).await;
    let mut client = site.connect(1, None).await;
    client.send(json!({"type": "typing", "on": "never"})).await;
    assert_eq!(client.until_closed().await, (1011, "internal".to_owned()));
    for _ in 0..500 {
        if site.slice.0.lock().unwrap().seen == ["connected 1", "disconnected 0"] {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(site.slice.0.lock().unwrap().seen.len(), 2);
    site.connect(1, None).await;
}

#[tokio::test]
async fn a_flood_of_frames_ends_the_connection() {
    let (_db, ctx) = database().await;
    let site = Site::start(&ctx).await;
    let mut client = site.connect(1, None).await;
    for _ in 0..80 {
        client.send(json!({"type": "typing"})).await;
    }
    assert_eq!(client.until_closed().await, (1008, "rate_limited".to_owned()));
}

#[tokio::test]
async fn a_large_frame_ends_the_connection_and_the_site_lives_on() {
    let (_db, ctx) = database().await;
    let site = Site::start(&ctx).await;
    let mut client = site.connect(1, None).await;
    client.socket.flush_text(&"x".repeat(200_000)).await;
    while client.next().await.is_some() {}
    let mut client = site.connect(1, None).await;
    emit(&ctx, 1, 1, None, "").await;
    assert_eq!(client.next().await.unwrap()["type"], "event");
}

trait FlushText {
    /// Sends a text as it is; the server may have hung up meanwhile.
    async fn flush_text(&mut self, text: &str);
}

impl<S> FlushText for tokio_tungstenite::WebSocketStream<S>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    async fn flush_text(&mut self, text: &str) {
        use futures_util::SinkExt as _;
        let _ = self.send(tokio_tungstenite::tungstenite::Message::text(text)).await;
    }
}
