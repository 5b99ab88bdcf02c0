//! What a visitor may do over HTTP with their token.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, request},
};
use futures_util::future::BoxFuture;
use heard_desk::{
    conversations::ConversationId,
    inboxes::{self, InboxKind},
    messages::{self, MessageId, MessageKind, Words},
};
use heard_kernel::{Actor, Error, Locale, Result, codes};
use heard_platform::directory::{self, NewUser};
use heard_runtime::Ctx;
use heard_testkit::{TestDb, on_both_engines};
use heard_web::{AppState, Authenticated, Authenticator, application};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// Knows nobody: visitors come with tokens of their own.
struct Nobody;

impl Authenticator for Nobody {
    fn authenticate<'a>(&'a self, _: &'a request::Parts) -> BoxFuture<'a, Result<Authenticated>> {
        Box::pin(std::future::ready(Err(Error::new(codes::UNAUTHENTICATED))))
    }

    fn refresh<'a>(&'a self, _: &'a Actor) -> BoxFuture<'a, Result<Option<Actor>>> {
        Box::pin(std::future::ready(Ok(None)))
    }
}

struct Site {
    app: Router,
    ctx: Ctx,
    agent: Actor,
    inbox: inboxes::Inbox,
    _db: TestDb,
}

impl Site {
    async fn new(db: TestDb) -> Self {
        let ctx = tables(&db).await;
        let (agent, inbox) = ctx
            .tx(&Actor::system(), async |tx| {
                let user = NewUser {
                    id: tx.new_id(),
                    name: "王芳".to_owned(),
                    email: "wang@example.com".to_owned(),
                    locale: Locale::ZhCn,
                    time_zone: "Asia/Shanghai".to_owned(),
                };
                directory::add_user(tx, &user).await?;
                Ok((user.id, inboxes::create(tx, InboxKind::WebChat, "拾光茶铺").await?))
            })
            .await
            .unwrap();
        let rights = heard_desk::RIGHTS.iter().map(|def| def.right.0).collect();
        let app = application(
            AppState::new(ctx.clone(), Arc::new(Nobody)),
            [heard_channels::routes()],
            Router::new(),
        );
        Self { app, ctx, agent: Actor::user(agent.0, rights), inbox, _db: db }
    }

    async fn ok(&self, token: &str, line: &str, body: Value) -> Value {
        let (status, text) = call(&self.app, token, line, body).await;
        assert!((200..300).contains(&status), "{line}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// A new visitor's token.
    async fn visitor(&self) -> String {
        let line = format!("POST /widget/{}/session", self.inbox.key);
        self.ok("", &line, json!({})).await["token"].as_str().unwrap().to_owned()
    }

    async fn opened(&self, token: &str, body: &str) -> ConversationId {
        let opening = json!({"client_key": "first", "message": {"body": body}});
        let opened = self.ok(token, "POST /widget/conversations", opening).await;
        opened["conversation"]["id"].as_str().unwrap().parse().unwrap()
    }

    async fn says(
        &self,
        id: ConversationId,
        kind: MessageKind,
        body: &str,
        quote: Option<MessageId>,
    ) -> MessageId {
        let words = Words { body: body.to_owned(), quote_id: quote, ..Words::default() };
        let post =
            async move |tx: &heard_runtime::Tx<'_>| messages::post(tx, id, kind, words.clone(), None).await;
        self.ctx.tx(&self.agent, post).await.unwrap().message.id
    }

    async fn hide_names(&self) {
        let mut chat = self.inbox.config.web_chat.clone().unwrap();
        chat.show_agent_name = false;
        let (id, patch) = (self.inbox.id, inboxes::Patch { web_chat: Some(chat), ..Default::default() });
        self.ctx
            .tx(&Actor::system(), async move |tx| inboxes::update(tx, id, 1, patch.clone()).await)
            .await
            .unwrap();
    }
}

async fn call(app: &Router, token: &str, line: &str, body: Value) -> (u16, String) {
    let (method, path) = line.split_once(' ').unwrap();
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/v1{path}"))
        .header("authorization", format!("Visitor {token}"))
        .header("accept-language", "zh-CN")
        .header("content-type", "application/json");
    let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
    let answer = app.clone().oneshot(request.body(body).unwrap()).await.unwrap();
    let status = answer.status().as_u16();
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

async fn tables(db: &TestDb) -> Ctx {
    let tables = [
        heard_runtime::MIGRATIONS,
        heard_platform::MIGRATIONS,
        heard_desk::MIGRATIONS,
        heard_channels::MIGRATIONS,
    ];
    db.ctx(&tables.concat()).await
}

async fn the_first_run_makes_an_inbox_that_customers_can_write_to(db: TestDb) {
    let ctx = tables(&db).await;
    heard_desk::install(&ctx);
    let routes = [heard_platform::routes(), heard_channels::routes()];
    let app = application(AppState::new(ctx, Arc::new(Nobody)), routes, Router::new());
    let setup = json!({
        "locale": "en", "organization": "Tea & Time", "time_zone": "Europe/Berlin",
        "name": "Ann", "email": "ann@example.com", "password": "correct-horse-2026",
    });
    let (status, text) = call(&app, "", "POST /setup", setup).await;
    assert_eq!(status, 201, "{text}");
    let (_, demo) = call(&app, "", "GET /demo", Value::Null).await;
    let key = serde_json::from_str::<Value>(&demo).unwrap()["inbox_key"].as_str().unwrap().to_owned();
    let (_, config) = call(&app, "", &format!("GET /widget/{key}/config"), Value::Null).await;
    assert_eq!(serde_json::from_str::<Value>(&config).unwrap()["brand_name"], "Tea & Time");
}

async fn visitors_get_the_transcript_of_their_own_conversation(db: TestDb) {
    let site = Site::new(db).await;
    let (own, other) = (site.visitor().await, site.visitor().await);
    let id = site.opened(&own, "龙井<b>有货吗").await;
    site.opened(&other, "别人的").await;
    let note = site.says(id, MessageKind::Note, "老客户", None).await;
    site.says(id, MessageKind::Text, "有的", Some(note)).await;
    let line = format!("GET /widget/conversations/{id}/transcript");

    let (status, text) = call(&site.app, &own, &format!("{line}?format=text"), Value::Null).await;
    assert_eq!(status, 200, "{text}");
    for said in ["龙井<b>有货吗", "有的", "王芳", "服务方: 拾光茶铺"] {
        assert!(text.contains(said), "{said} is missing in {text}");
    }
    assert!(!text.contains("老客户"), "what stays inside is in {text}");
    let (_, page) = call(&site.app, &own, &line, Value::Null).await;
    assert!(page.contains("龙井&lt;b&gt;有货吗"), "{page}");

    site.hide_names().await;
    let (_, text) = call(&site.app, &own, &format!("{line}?format=text"), Value::Null).await;
    assert!(!text.contains("王芳") && text.contains("拾光茶铺\n  有的"), "{text}");

    for stranger in [other.as_str(), "forged", ""] {
        let (status, text) = call(&site.app, stranger, &line, Value::Null).await;
        assert!(matches!(status, 401 | 404) && !text.contains("龙井"), "{status} {text}");
    }
}

on_both_engines!(
    visitors_get_the_transcript_of_their_own_conversation,
    the_first_run_makes_an_inbox_that_customers_can_write_to,
);
