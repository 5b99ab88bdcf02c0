//! Two processes on one database: a visitor on the one and agents on the other see each other's signs of life.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::{process::Command, time::Duration};

use futures_util::{SinkExt as _, StreamExt as _};
use heard_testkit::{
    TestDb,
    bench::Client,
    soak::{Server, prepare},
};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest as _, http::HeaderValue},
};

const BINARY: &str = env!("CARGO_BIN_EXE_heard");

struct Line(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Line {
    /// Connects with the header lines of a session, or with a visitor's token.
    async fn open(server: &Server, path: &str, session: &str, token: Option<&str>) -> Self {
        let address = server.address();
        let mut request = format!("ws://{address}/api/v1{path}").into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("origin", HeaderValue::try_from(format!("http://{address}")).unwrap());
        if let Some(cookie) = session.lines().find_map(|line| line.strip_prefix("cookie: ")) {
            headers.insert("cookie", HeaderValue::try_from(cookie).unwrap());
        }
        let (socket, _) = connect_async(request).await.unwrap();
        let mut line = Self(socket);
        line.send(json!({"type": "hello", "token": token})).await;
        line.until(|frame| frame["type"] == "welcome").await;
        line
    }

    async fn send(&mut self, frame: Value) {
        self.0.send(Message::text(frame.to_string())).await.unwrap();
    }

    /// The next frame that is wanted.
    async fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        let searching = async {
            loop {
                if let Message::Text(text) = self.0.next().await.unwrap().unwrap() {
                    let frame: Value = serde_json::from_str(&text).unwrap();
                    if wanted(&frame) {
                        return frame;
                    }
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(20), searching).await.expect("the frame comes")
    }
}

async fn get(server: &Server, path: &str, headers: &str) -> Value {
    let mut client = Client::connect(server.address()).await.unwrap();
    let answer = client.send("GET", &format!("/api/v1{path}"), headers, b"").await.unwrap();
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    serde_json::from_slice(&answer.body).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_and_an_agent_on_different_nodes_see_each_other() {
    let db = TestDb::postgres().await;
    let dir = tempfile::tempdir().unwrap();
    let start = |name: &str| {
        let (data, url) = (dir.path().join(name), db.url().unwrap());
        let command = move |address: std::net::SocketAddr| {
            let mut command = Command::new(BINARY);
            command
                .args(["serve", "--listen", &address.to_string(), "--database", &url, "--data"])
                .arg(&data);
            // The nodes read each other's secrets.
            command.env("HEARD_STORAGE_SECRET_KEY", "5a".repeat(32)).env("HEARD_LOG_LEVEL", "error");
            command
        };
        Server::start(command).unwrap()
    };
    let (one, two) = (start("one"), start("two"));
    let stage = prepare(one.address(), 1).await.unwrap();
    let (conversation, user) = (stage.conversations[0].clone(), stage.user.to_string());
    let token = stage.visitors[0].trim().strip_prefix("authorization: Visitor ").unwrap().to_owned();

    let mut agent = Line::open(&two, "/realtime", &stage.headers, None).await;
    let mut beside = Line::open(&one, "/realtime", &stage.headers, None).await;
    let mut visitor = Line::open(&one, "/widget/realtime", "", Some(&token)).await;
    let online = agent.until(|frame| frame["type"] == "contact_online").await;
    assert_eq!(online["online"], true);
    let shown = get(&two, &format!("/conversations/{conversation}"), &stage.headers).await;
    assert_eq!(shown["contact"]["online"], true, "the other node knows that the visitor is there");

    // The agent's node hears of the visitor, the visitor's node of the agent.
    visitor
        .send(json!({"type": "typing", "conversation_id": conversation, "on": true, "preview": "我想"}))
        .await;
    let typing = agent.until(|frame| frame["type"] == "typing").await;
    assert_eq!((typing["who"].as_str(), typing["on"].as_bool()), (Some("contact"), Some(true)));
    agent.send(json!({"type": "typing", "conversation_id": conversation, "on": true})).await;
    let typing = visitor.until(|frame| frame["type"] == "typing").await;
    assert_eq!(typing["who"], "user");

    // Who looks on the one node is seen on the other, and asked for there.
    agent.send(json!({"type": "viewing", "conversation_id": conversation})).await;
    let viewing = beside.until(|frame| frame["type"] == "viewing" && frame["users"] != json!([])).await;
    assert_eq!(viewing["users"][0]["id"], user);
    let viewers = get(&one, &format!("/conversations/{conversation}/viewers"), &stage.headers).await;
    assert_eq!(viewers["items"][0]["id"], user);

    // Whoever leaves one node and is still on the other stays there.
    drop(agent);
    beside.until(|frame| frame["type"] == "viewing" && frame["users"] == json!([])).await;
    let presence = get(&two, "/presence", &stage.headers).await;
    assert_eq!(presence["items"][0]["presence"]["connected"], true, "{presence}");
    drop(visitor);
    let offline = beside.until(|frame| frame["type"] == "contact_online" && frame["online"] == false).await;
    assert_eq!(offline["contact_id"], online["contact_id"]);
    for server in [one, two] {
        server.stop().unwrap();
    }
}
