//! A service team and a product department with a plan, an inbox, a customer, and the API.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, request},
};
use futures_util::future::BoxFuture;
use heard_cases::plans::{Plan, PlanVersionId};
use heard_desk::{
    contacts::{self, Claim, ContactId, IdentityKind, Profile},
    conversations::ConversationId,
    inbound::{Destination, Inbound, receive},
    inboxes::{self, InboxId, InboxKind},
    messages::Words,
};
use heard_kernel::{Actor, Error, Locale, Result, Timestamp, codes};
use heard_platform::directory::{self, NewTeam, NewUser, TeamId, TeamKind, UserId};
use heard_runtime::{Ctx, Registry, Spine};
use heard_store::{Json, params};
use heard_testkit::TestDb;
use heard_web::{AppState, Authenticated, Authenticator, application};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use uuid::Uuid;

/// Knows users by the name in `Authorization`.
struct Names(Vec<(&'static str, Actor)>);

impl Authenticator for Names {
    fn authenticate<'a>(&'a self, parts: &'a request::Parts) -> BoxFuture<'a, Result<Authenticated>> {
        let given = parts.headers.get("authorization").and_then(|value| value.to_str().ok());
        let known = self.0.iter().find(|(name, _)| Some(*name) == given);
        let answer = match known {
            Some((_, actor)) => Ok(Authenticated { actor: actor.clone(), session: None }),
            None => Err(Error::new(codes::UNAUTHENTICATED)),
        };
        Box::pin(std::future::ready(answer))
    }

    fn refresh<'a>(&'a self, actor: &'a Actor) -> BoxFuture<'a, Result<Option<Actor>>> {
        Box::pin(std::future::ready(Ok(Some(actor.clone()))))
    }
}

/// Wang serves, Li is in the product department, Chen leads, Zhao looks on from elsewhere.
pub(crate) struct World {
    pub(crate) db: TestDb,
    pub(crate) ctx: Ctx,
    pub(crate) spine: Spine,
    pub(crate) app: Router,
    pub(crate) state: AppState,
    pub(crate) wang: UserId,
    pub(crate) li: UserId,
    pub(crate) chen: UserId,
    pub(crate) products: TeamId,
    pub(crate) inbox: InboxId,
    pub(crate) contact: ContactId,
    pub(crate) version: PlanVersionId,
}

fn user(id: UserId, teams: &[TeamId], without: &[&str]) -> Actor {
    let all = heard_cases::RIGHTS.iter().chain(heard_desk::RIGHTS).map(|def| def.right.0);
    let mut actor = Actor::user(id.0, all.filter(|right| !without.contains(right)).collect());
    actor.team_ids = teams.iter().map(|team| team.0).collect();
    actor
}

const AGENT: [&str; 3] = ["case.read_all", "case.assign", "case.manage"];

pub(crate) async fn world(db: TestDb) -> World {
    let tables = [
        heard_runtime::MIGRATIONS,
        heard_platform::MIGRATIONS,
        heard_desk::MIGRATIONS,
        heard_cases::MIGRATIONS,
    ];
    let ctx = db.ctx(&tables.concat()).await;
    let spine = spine(&ctx);
    let (users, teams) = ctx.tx(&Actor::system(), async |tx| people(tx).await).await.unwrap();
    let (wang, li, chen, zhao) = (users[0], users[1], users[2], users[3]);
    let (service, products) = (teams[0], teams[1]);
    let plan = super::plan::plan(products);
    let (inbox, contact, version) = ctx
        .tx(&Actor::system(), async move |tx| {
            let inbox = inboxes::create(tx, InboxKind::WebChat, "商店").await?.id;
            let claim = Claim::in_inbox(IdentityKind::Visitor, "v1", inbox);
            let contact = contacts::resolve(tx, vec![claim], Profile::default()).await?.id;
            Ok((inbox, contact, store_plan(tx, &plan).await?))
        })
        .await
        .unwrap();
    let names = vec![
        ("wang", user(wang, &[service], &AGENT)),
        ("li", user(li, &[products], &AGENT)),
        ("chen", user(chen, &[service], &[])),
        ("clerk", user(chen, &[service], &["conversation.export"])),
        ("zhao", user(zhao, &[], &AGENT)),
        ("nobody", Actor::user(ctx.new_id(), Default::default())),
    ];
    let state = AppState::new(ctx.clone(), Arc::new(Names(names)));
    let app = application(state.clone(), [heard_desk::routes(), heard_cases::routes()], Router::new());
    World { db, ctx, spine, app, state, wang, li, chen, products, inbox, contact, version }
}

fn spine(ctx: &Ctx) -> Spine {
    let mut registry = Registry::default();
    heard_desk::register(&mut registry);
    heard_cases::register(&mut registry);
    registry.job(heard_platform::files::Sweep);
    Spine::new(ctx.clone(), registry)
}

/// Sends requests, also while the world is in use elsewhere.
#[derive(Clone)]
pub(crate) struct Caller(Router);

async fn people(tx: &heard_runtime::Tx<'_>) -> Result<(Vec<UserId>, Vec<TeamId>)> {
    let (mut users, mut teams) = (Vec::new(), Vec::new());
    for (name, email) in
        [("王芳", "wang@x.cn"), ("李娜", "li@x.cn"), ("陈主管", "chen@x.cn"), ("赵六", "zhao@x.cn")]
    {
        let user = NewUser {
            id: tx.new_id(),
            name: name.to_owned(),
            email: email.to_owned(),
            locale: Locale::ZhCn,
            time_zone: "Asia/Shanghai".to_owned(),
        };
        directory::add_user(tx, &user).await?;
        users.push(user.id);
    }
    for (name, kind, member) in
        [("客服组", TeamKind::Team, users[0]), ("产品部", TeamKind::Department, users[1])]
    {
        let team = NewTeam {
            id: tx.new_id(),
            name: name.to_owned(),
            kind,
            description: String::new(),
            lead_id: None,
            member_ids: vec![member],
        };
        directory::add_team(tx, &team).await?;
        teams.push(team.id);
    }
    Ok((users, teams))
}

/// Puts a version of a plan in place that is active, and makes it the one that new cases follow.
pub(crate) async fn store_plan(tx: &heard_runtime::Tx<'_>, plan: &Plan) -> Result<PlanVersionId> {
    let (plan_id, version): (Uuid, Uuid) = (tx.new_id(), tx.new_id());
    tx.execute("UPDATE plans SET is_default = FALSE", &[]).await?;
    let sql = "INSERT INTO plans (id, key, name, pack, is_default, active_version_id, last_no, created_at, updated_at, version) \
               VALUES ($1, $2, '{}', 'test', TRUE, $3, 1, $4, $4, 1)";
    tx.execute(sql, &params![plan_id, plan_id.to_string(), version, tx.now()]).await?;
    let sql = "INSERT INTO plan_versions (id, plan_id, no, state, note, content, created_at, updated_at, version) \
               VALUES ($1, $2, 1, 'active', '', $3, $4, $4, 1)";
    tx.execute(sql, &params![version, plan_id, Json(plan), tx.now()]).await?;
    Ok(PlanVersionId(version))
}

impl Caller {
    /// Sends `METHOD /path` as somebody, with a body, and gives status and JSON.
    pub(crate) async fn call(&self, who: &str, line: &str, body: Value) -> (u16, Value) {
        let (status, _, bytes) = self.raw(who, line, None, body).await;
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    async fn raw(
        &self,
        who: &str,
        line: &str,
        version: Option<i64>,
        body: Value,
    ) -> (u16, HeaderMap, Vec<u8>) {
        let (method, path) = line.split_once(' ').unwrap();
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header("authorization", who)
            .header("accept-language", "zh-CN")
            .header("content-type", "application/json");
        if let Some(version) = version {
            request = request.header("if-match", format!("\"{version}\""));
        }
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        let answer = self.0.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = answer.into_parts();
        (parts.status.as_u16(), parts.headers, to_bytes(body, usize::MAX).await.unwrap().to_vec())
    }
}

impl World {
    /// Sends `METHOD /path` as somebody, with a body and perhaps a version, and gives status and JSON.
    pub(crate) async fn call(
        &self,
        who: &str,
        line: &str,
        version: Option<i64>,
        body: Value,
    ) -> (u16, Value) {
        let (status, _, bytes) = self.raw(who, line, version, body).await;
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    pub(crate) async fn raw(
        &self,
        who: &str,
        line: &str,
        version: Option<i64>,
        body: Value,
    ) -> (u16, HeaderMap, Vec<u8>) {
        self.caller().raw(who, line, version, body).await
    }

    pub(crate) fn caller(&self) -> Caller {
        Caller(self.app.clone())
    }

    /// What runs behind the services of another process on the same database. PostgreSQL only.
    pub(crate) async fn spine_of_another_process(&self, seed: u64) -> Spine {
        spine(&self.db.second_ctx(seed).await)
    }

    pub(crate) async fn ok(&self, who: &str, line: &str, body: Value) -> Value {
        let (status, json) = self.call(who, line, None, body).await;
        assert!((200..300).contains(&status), "{line}: {status} {json}");
        json
    }

    /// The code with which something is refused.
    pub(crate) async fn refused(&self, who: &str, line: &str, body: Value) -> (u16, String) {
        let (status, json) = self.call(who, line, None, body).await;
        let code = json["errors"][0]["code"].as_str().or(json["code"].as_str());
        (status, code.unwrap_or_default().to_owned())
    }

    /// Wang opens a complaint and gets its path.
    pub(crate) async fn complaint(&self, title: &str) -> String {
        let body = json!({
            "classification": {"type_key": "complaint"},
            "fields": {"title": title, "facts": "点开课程就闪退", "contact_id": self.contact, "source": "phone"},
        });
        self.opened(body).await
    }

    pub(crate) async fn opened(&self, body: Value) -> String {
        let case = self.ok("wang", "POST /cases", body).await;
        format!("/cases/{}", case["id"].as_str().unwrap())
    }

    pub(crate) async fn case(&self, path: &str) -> Value {
        self.ok("chen", &format!("GET {path}"), Value::Null).await
    }

    /// Moves the time and lets everything happen that is due then.
    pub(crate) async fn at(&self, wall: &str) {
        self.db.clock.set(at(wall));
        self.settle().await;
    }

    pub(crate) async fn settle(&self) {
        self.spine.settle().await.unwrap();
    }

    /// Uploads a file that will be evidence, in chunks, and gets its id.
    pub(crate) async fn upload(&self, who: &str, name: &str, bytes: &[u8]) -> Value {
        let upload = self.ok(who, "POST /evidence_uploads", json!({"name": name, "size": bytes.len()})).await;
        let path = format!("/api/v1/uploads/{}", upload["id"].as_str().unwrap());
        let mut last = Value::Null;
        for (index, chunk) in bytes.chunks(8 << 20).enumerate() {
            let request = Request::patch(&path)
                .header("authorization", who)
                .header("upload-offset", (index * (8 << 20)).to_string())
                .body(Body::from(chunk.to_vec()));
            let answer = self.app.clone().oneshot(request.unwrap()).await.unwrap();
            last = serde_json::from_slice(&to_bytes(answer.into_body(), usize::MAX).await.unwrap()).unwrap();
        }
        last["attachment"]["id"].clone()
    }

    /// The customer writes, in a new conversation or in one.
    pub(crate) async fn writes(&self, to: Destination, body: &str) -> ConversationId {
        let words = Words { body: body.to_owned(), ..Words::default() };
        let inbound = Inbound::new(self.inbox, self.contact, to, words);
        let actor = Actor::contact(self.contact.0);
        let received = self.ctx.tx(&actor, async move |tx| receive(tx, inbound.clone()).await).await.unwrap();
        received.conversation_id
    }

    /// The kinds of events about cases so far.
    pub(crate) async fn told(&self) -> Vec<String> {
        let events = self.ctx.events_after(0, 10_000).await.unwrap();
        events.into_iter().filter(|event| event.subject_kind == "case").map(|event| event.kind).collect()
    }

    /// Counts something that other slices count, as they would.
    pub(crate) async fn tally(&self, path: &str, what: heard_cases::cases::Tally, step: i64) {
        let id: heard_cases::cases::CaseId = path.rsplit('/').next().unwrap().parse().unwrap();
        self.ctx
            .tx(&Actor::system(), async move |tx| heard_cases::cases::tally(tx, id, what, None, step).await)
            .await
            .unwrap();
    }

    /// The open clocks of a case with the time when each is due, as `handle_product 09-28 16:30`.
    pub(crate) async fn clocks(&self, path: &str) -> Vec<String> {
        let id: Uuid = path.rsplit('/').next().unwrap().parse().unwrap();
        let now = self.ctx.now();
        let found =
            self.ctx.read(async move |tx| heard_cases::clocks::of_case(tx, id, now).await).await.unwrap();
        let shown = serde_json::to_value(&found).unwrap();
        let open = shown["clocks"].as_array().unwrap().iter().filter(|clock| {
            !["met", "met_late", "cancelled"].contains(&clock["assessment"]["state"].as_str().unwrap())
        });
        let mut all: Vec<String> = open
            .map(|clock| {
                format!(
                    "{} {}",
                    clock["key"].as_str().unwrap(),
                    clock["assessment"]["due"].as_str().map_or("-".to_owned(), wall)
                )
            })
            .collect();
        all.sort();
        all
    }
}

/// An instant by the wall clock of Shanghai, as `09-18 16:30`.
pub(crate) fn at(wall: &str) -> Timestamp {
    let (day, time) = wall.split_once(' ').unwrap();
    format!("2026-{day}T{time}:00+08:00").parse().unwrap()
}

/// The wall clock of Shanghai, as `09-18 16:30`.
pub(crate) fn wall(text: &str) -> String {
    let at: Timestamp = text.parse().unwrap();
    let local = Timestamp::from_millis(at.millis() + 8 * 3_600_000).to_string();
    format!("{} {}", &local[5..10], &local[11..16])
}
