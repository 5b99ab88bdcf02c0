//! The routes of this crate with people who call them.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, request},
};
use futures_util::future::BoxFuture;
use heard_cases::clocks::{self, ClockId, ClockTerms, NewClock, Subject, SubjectKind};
use heard_kernel::{Actor, Error, Locale, Result, Timestamp, codes};
use heard_platform::directory::{self, NewUser, UserId};
use heard_testkit::TestDb;
use heard_web::{AppState, Authenticated, Authenticator, application};
use serde_json::Value;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::world::{World, world};

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

pub(crate) struct Api {
    app: Router,
    pub(crate) w: World,
    pub(crate) wang: UserId,
}

impl Api {
    /// `wang` and `li` work on cases, `boss` may do everything here, `nobody` nothing.
    pub(crate) async fn new() -> Self {
        let w = world(TestDb::sqlite().await).await;
        let users = w
            .ctx
            .tx(&Actor::system(), async |tx| {
                let mut users = Vec::new();
                for (name, email) in [("王芳", "wang@x.cn"), ("李娜", "li@x.cn"), ("陈主管", "chen@x.cn")]
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
                Ok(users)
            })
            .await
            .unwrap();
        heard_cases::install(&w.ctx);
        let calendars = ["calendar.read", "calendar.manage"];
        let all = || heard_cases::RIGHTS.iter().map(|def| def.right.0).chain(calendars);
        let some = || ["case.read", "case.work"].into_iter();
        let names = vec![
            ("wang", Actor::user(users[0].0, some().collect())),
            ("li", Actor::user(users[1].0, some().collect())),
            ("boss", Actor::user(users[2].0, all().collect())),
            ("nobody", Actor::user(w.ctx.new_id(), Default::default())),
        ];
        let state = AppState::new(w.ctx.clone(), Arc::new(Names(names)));
        let app = application(
            state,
            [heard_cases::routes(), heard_platform::calendars::http::routes()],
            Router::new(),
        );
        Self { app, w, wang: users[0] }
    }

    /// Starts a clock that `wang` has to keep.
    pub(crate) async fn start(&self, terms: ClockTerms, started_at: Timestamp) -> ClockId {
        let subject = Subject::new(SubjectKind::Task, Uuid::from_u128(8));
        let new = NewClock { subject, case_id: None, owner_id: Some(self.wang), started_at, terms };
        let system = Actor::system();
        self.w.ctx.tx(&system, async move |tx| clocks::start(tx, new.clone()).await).await.unwrap()
    }

    /// Sends `METHOD /path` as somebody and gives status and JSON.
    pub(crate) async fn call(&self, who: &str, line: &str, body: Value) -> (u16, Value) {
        let (method, path) = line.split_once(' ').unwrap();
        let request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header("authorization", who)
            .header("if-match", "\"1\"")
            .header("accept-language", "zh-CN");
        let request = match &body {
            Value::Null => request.body(Body::empty()),
            body => request.header("content-type", "application/json").body(Body::from(body.to_string())),
        };
        let answer = self.app.clone().oneshot(request.unwrap()).await.unwrap();
        let status = answer.status().as_u16();
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }
}
