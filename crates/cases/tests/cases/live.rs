//! Live connections: who hears of what happens to a case, and of plans.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use heard_kernel::Actor;
use heard_testkit::{TestDb, on_both_engines};
use heard_web::realtime::Registry;
use serde_json::{Value, json};
use tokio::{net::TcpStream, task::JoinHandle, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest as _, http::HeaderValue},
};

use crate::world::{World, store_plan, world};

/// A process that serves the world.
struct Site {
    w: World,
    address: String,
    server: JoinHandle<()>,
}

impl Drop for Site {
    fn drop(&mut self) {
        self.w.state.hub.stop();
        self.server.abort();
    }
}

async fn site(db: TestDb) -> Site {
    let w = world(db).await;
    let mut registry = Registry::default();
    heard_platform::register_realtime(&w.ctx, &mut registry);
    heard_cases::register_realtime(&w.ctx, &mut registry);
    w.state.hub.start(registry).await.unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let app = w.app.clone();
    let server = tokio::spawn(async move {
        heard_web::serve(listener, app, std::future::pending(), Duration::ZERO).await.unwrap();
    });
    Site { w, address, server }
}

struct Console(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Site {
    /// Somebody looks at the console, perhaps again after a place in the log.
    async fn opens(&self, who: &'static str, after: Option<i64>) -> Console {
        self.follows().await;
        let mut request = format!("ws://{}/api/v1/realtime", self.address).into_client_request().unwrap();
        request.headers_mut().insert("authorization", HeaderValue::from_static(who));
        let (socket, _) = connect_async(request).await.unwrap();
        let mut console = Console(socket);
        console.send(json!({"type": "hello", "after": after})).await;
        assert_eq!(console.next().await["type"], "welcome");
        console
    }

    /// Everything that happened so far has been handed out.
    async fn follows(&self) {
        let end = self.w.ctx.log_end().await.unwrap();
        while self.w.state.hub.position() < end {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// What a console was told of the log so far, as `case.opened`.
    async fn told(&self, console: &mut Console) -> Vec<String> {
        self.follows().await;
        console.send(json!({"type": "ping"})).await;
        let mut kinds = Vec::new();
        loop {
            let frame = console.next().await;
            match frame["type"].as_str() {
                Some("pong") => return kinds,
                Some("event") => kinds.push(frame["kind"].as_str().unwrap().to_owned()),
                _ => {}
            }
        }
    }
}

impl Console {
    async fn send(&mut self, frame: Value) {
        self.0.send(Message::text(frame.to_string())).await.unwrap();
    }

    async fn next(&mut self) -> Value {
        loop {
            let got = timeout(Duration::from_secs(20), self.0.next()).await.expect("a frame in time");
            if let Message::Text(text) = got.unwrap().unwrap() {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }
}

fn of_cases(kinds: &[String]) -> Vec<&str> {
    kinds.iter().map(String::as_str).filter(|kind| kind.starts_with("case.")).collect()
}

async fn who_sees_a_case_hears_of_it_and_nobody_else(db: TestDb) {
    let site = site(db).await;
    let w = &site.w;
    let mut wang = site.opens("wang", None).await;
    let mut chen = site.opens("chen", None).await;
    let mut li = site.opens("li", None).await;
    let mut zhao = site.opens("zhao", None).await;
    let mut nobody = site.opens("nobody", None).await;
    let path = w.complaint("课程闪退").await;
    for (who, console) in [("of the team", &mut wang), ("who sees all", &mut chen)] {
        let told = site.told(console).await;
        assert_eq!(of_cases(&told)[..1], ["case.opened"], "{who}");
        assert!(told.iter().any(|kind| kind == "clock.started"), "{who} {told:?}");
    }
    for console in [&mut li, &mut zhao, &mut nobody] {
        assert_eq!(of_cases(&site.told(console).await), Vec::<&str>::new());
    }
    // The department gets the case, and hears of it from then on.
    let team = json!({"team_id": w.products});
    w.ok("chen", &format!("POST {path}/assign"), team).await;
    assert_eq!(of_cases(&site.told(&mut li).await), ["case.assigned"]);
    assert_eq!(
        of_cases(&site.told(&mut wang).await),
        ["case.assigned"],
        "the former team hears that it is gone"
    );
    w.ok("li", &format!("POST {path}/take"), Value::Null).await;
    assert_eq!(of_cases(&site.told(&mut li).await), ["case.assigned"]);
    assert!(of_cases(&site.told(&mut wang).await).is_empty());
    assert_eq!(of_cases(&site.told(&mut chen).await).len(), 2);
    assert!(of_cases(&site.told(&mut zhao).await).is_empty());
}

async fn who_is_recused_hears_nothing(db: TestDb) {
    let site = site(db).await;
    let w = &site.w;
    let path = w.complaint("投诉陈主管").await;
    let id: heard_cases::cases::CaseId = path.rsplit('/').next().unwrap().parse().unwrap();
    let chen = w.chen;
    w.ctx
        .tx(&Actor::system(), async move |tx| {
            let sql = "INSERT INTO case_people (case_id, user_id, role, since, reason) VALUES ($1, $2, 'recused', 0, '')";
            tx.execute(sql, &heard_store::params![id, chen]).await.map(drop)
        })
        .await
        .unwrap();
    let mut wang = site.opens("wang", None).await;
    let mut chen = site.opens("chen", None).await;
    w.ok("wang", &format!("POST {path}/take"), Value::Null).await;
    assert_eq!(of_cases(&site.told(&mut wang).await), ["case.assigned"]);
    assert!(of_cases(&site.told(&mut chen).await).is_empty(), "who sees all others does not see this one");
}

async fn who_was_away_gets_what_was_missed(db: TestDb) {
    let site = site(db).await;
    let w = &site.w;
    w.complaint("第一件").await;
    let before = w.ctx.log_end().await.unwrap();
    w.complaint("第二件").await;
    let mut chen = site.opens("chen", Some(before)).await;
    let told = site.told(&mut chen).await;
    assert_eq!(of_cases(&told).iter().filter(|kind| **kind == "case.opened").count(), 1, "{told:?}");
    let mut zhao = site.opens("zhao", Some(before)).await;
    assert!(of_cases(&site.told(&mut zhao).await).is_empty(), "what was missed goes by the same rule");
}

async fn consoles_hear_that_a_plan_changed(db: TestDb) {
    let site = site(db).await;
    let w = &site.w;
    let plan = crate::plan::plan(w.products);
    let version = w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &plan).await).await.unwrap();
    let mut zhao = site.opens("zhao", None).await;
    let found = w.ok("chen", &format!("GET /plan_versions/{}", version.0), Value::Null).await;
    let plan_id = found["info"]["plan_id"].as_str().unwrap();
    let draft = json!({"based_on_id": version, "note": "收紧时限"});
    let (status, answer) = w.call("chen", &format!("POST /plans/{plan_id}/versions"), None, draft).await;
    assert!(status < 300, "{answer}");
    let told = site.told(&mut zhao).await;
    assert!(told.contains(&"plan.version_drafted".to_owned()), "{told:?}");
}

on_both_engines!(
    who_sees_a_case_hears_of_it_and_nobody_else,
    who_is_recused_hears_nothing,
    who_was_away_gets_what_was_missed,
    consoles_hear_that_a_plan_changed,
);
