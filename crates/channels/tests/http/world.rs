//! A shop with a web chat and an API inbox, and callers.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, request},
};
use futures_util::future::BoxFuture;
use heard_desk::{
    conversations::{self, ConversationId},
    inboxes::{self, InboxId, InboxKind},
    messages::{self, MessageKind, Words},
};
use heard_kernel::{Actor, Error, Locale, Result, codes};
use heard_platform::directory::{self, NewUser};
use heard_runtime::Ctx;
use heard_testkit::TestDb;
use heard_web::{AppState, Authenticated, Authenticator, application};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// Knows a program by the word `Program`, and nobody else.
struct Programs(Actor);

impl Authenticator for Programs {
    fn authenticate<'a>(&'a self, parts: &'a request::Parts) -> BoxFuture<'a, Result<Authenticated>> {
        let known = parts.headers.get("authorization").is_some_and(|value| value == "Program");
        let answer = if known {
            Ok(Authenticated { actor: self.0.clone(), session: None })
        } else {
            Err(Error::new(codes::UNAUTHENTICATED))
        };
        Box::pin(std::future::ready(answer))
    }

    fn refresh<'a>(&'a self, actor: &'a Actor) -> BoxFuture<'a, Result<Option<Actor>>> {
        Box::pin(std::future::ready(Ok(Some(actor.clone()))))
    }
}

pub(crate) struct World {
    app: Router,
    pub(crate) ctx: Ctx,
    pub(crate) agent: Actor,
    pub(crate) shop_key: String,
    pub(crate) feedback: InboxId,
    pub(crate) db: TestDb,
}

/// An answer: status, headers, JSON (null when it is none).
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) json: Value,
}

impl Got {
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.json);
        self.json
    }

    /// A refusal with a code that is written for people.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) {
        assert_eq!((self.status, self.json["code"].as_str()), (status, Some(code)), "{}", self.json);
        let kind = self.headers.get("content-type").and_then(|value| value.to_str().ok());
        assert_eq!(kind, Some("application/problem+json"));
        assert!(self.json["title"].as_str().is_some_and(|title| !title.is_empty()), "{}", self.json);
    }
}

impl World {
    pub(crate) async fn new(db: TestDb) -> Self {
        let tables = [
            heard_runtime::MIGRATIONS,
            heard_platform::MIGRATIONS,
            heard_desk::MIGRATIONS,
            heard_channels::MIGRATIONS,
        ];
        let ctx = db.ctx(&tables.concat()).await;
        let rights = heard_desk::RIGHTS.iter().map(|def| def.right.0).collect();
        let (user, shop_key, feedback) = ctx
            .tx(&Actor::system(), async |tx| {
                let user = NewUser {
                    id: tx.new_id(),
                    name: "王芳".to_owned(),
                    email: "wang@x.cn".to_owned(),
                    locale: Locale::ZhCn,
                    time_zone: "Asia/Shanghai".to_owned(),
                };
                directory::add_user(tx, &user).await?;
                let shop = inboxes::create(tx, InboxKind::WebChat, "商店").await?;
                let feedback = inboxes::create(tx, InboxKind::Api, "应用内反馈").await?;
                Ok((user.id, shop.key, feedback.id))
            })
            .await
            .unwrap();
        let program =
            Actor::user(ctx.new_id(), heard_channels::RIGHTS.iter().map(|def| def.right.0).collect());
        let state = AppState::new(ctx.clone(), Arc::new(Programs(program)));
        let app = application(state, [heard_channels::routes()], Router::new());
        Self { app, ctx, agent: Actor::user(user.0, rights), shop_key, feedback, db }
    }

    /// Sends `METHOD /path` with bytes.
    pub(crate) async fn send(&self, who: &str, line: &str, kind: &str, bytes: impl Into<Body>) -> Got {
        self.send_with(who, line, &[("content-type", kind)], bytes).await
    }

    /// Sends `METHOD /path` with headers and bytes.
    pub(crate) async fn send_with(
        &self,
        who: &str,
        line: &str,
        headers: &[(&str, &str)],
        bytes: impl Into<Body>,
    ) -> Got {
        let (method, path) = line.split_once(' ').unwrap();
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header("authorization", who)
            .header("accept-language", "zh-CN");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(bytes.into()).unwrap();
        let (parts, body) = self.app.clone().oneshot(request).await.unwrap().into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Got {
            status: parts.status.as_u16(),
            headers: parts.headers,
            json: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
        }
    }

    /// Sends `METHOD /path` with JSON; null is no body.
    pub(crate) async fn call(&self, who: &str, line: &str, body: Value) -> Got {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.send(who, line, "application/json", body).await
    }

    /// A new visitor; what to send as `Authorization`.
    pub(crate) async fn visitor(&self) -> String {
        let line = format!("POST /widget/{}/session", self.shop_key);
        let session = self.call("", &line, json!({})).await.expect(200);
        format!("Visitor {}", session["token"].as_str().unwrap())
    }

    /// A conversation that the visitor begins.
    pub(crate) async fn opened(&self, who: &str, body: &str) -> String {
        let opening = json!({"client_key": "first", "message": {"body": body}});
        let opened = self.call(who, "POST /widget/conversations", opening).await.expect(201);
        opened["conversation"]["id"].as_str().unwrap().to_owned()
    }

    /// The agent answers.
    pub(crate) async fn answers(&self, conversation: &str, kind: MessageKind, body: &str) {
        let id: ConversationId = conversation.parse().unwrap();
        let words = Words { body: body.to_owned(), ..Words::default() };
        let post = async move |tx: &heard_runtime::Tx<'_>| {
            messages::post(tx, id, kind, words.clone(), None).await.map(drop)
        };
        self.ctx.tx(&self.agent, post).await.unwrap();
    }

    /// The agent asks for technical details.
    pub(crate) async fn asks_for_diagnosis(&self, conversation: &str) -> Result<()> {
        let id: ConversationId = conversation.parse().unwrap();
        let ask =
            async move |tx: &heard_runtime::Tx<'_>| conversations::request_diagnosis(tx, id).await.map(drop);
        self.ctx.tx(&self.agent, ask).await
    }

    /// The web chat takes files of these kinds only, from now on.
    pub(crate) async fn takes_only(&self, kinds: &'static [&'static str]) {
        let change = async move |tx: &heard_runtime::Tx<'_>| {
            let inbox = inboxes::first_web_chat(tx).await?.unwrap();
            let wanted = kinds.iter().map(|kind| (*kind).to_owned()).collect();
            let patch = inboxes::Patch { attachment_kinds: Some(wanted), ..Default::default() };
            inboxes::update(tx, inbox.id, inbox.version, patch).await.map(drop)
        };
        self.ctx.tx(&Actor::system(), change).await.unwrap();
    }

    /// The visitor uploads a file for a conversation; the id of the attachment.
    pub(crate) async fn uploads(
        &self,
        who: &str,
        conversation: &str,
        name: &str,
        text: &'static str,
    ) -> String {
        let new = json!({"name": name, "size": text.len(), "conversation_id": conversation});
        let upload = self.call(who, "POST /widget/uploads", new).await.expect(201);
        let line = format!("PATCH /widget/uploads/{}", upload["id"].as_str().unwrap());
        let headers = [("content-type", "application/octet-stream"), ("upload-offset", "0")];
        let done = self.send_with(who, &line, &headers, text).await.expect(200);
        done["attachment"]["id"].as_str().unwrap().to_owned()
    }
}
