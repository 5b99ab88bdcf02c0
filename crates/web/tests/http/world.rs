//! An application with a few calls that show what the glue does.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header, request},
};
use futures_util::future::BoxFuture;
use heard_kernel::{Actor, Error, Page, PageRequest, Result, Right, codes};
use heard_testkit::TestDb;
use heard_web::{
    Answer, AppState, Auth, Authenticated, Authenticator, ClientAddress, IfMatch, JsonBody, MaybeAuth,
    OnceBody, PathParams, QueryParams, Session, application, etag,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower::ServiceExt as _;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub(crate) const USER: Uuid = Uuid::from_u128(7);

/// Knows one user: by the cookie `heard_session=good` or the token `token`.
pub(crate) struct Door;

impl Authenticator for Door {
    fn authenticate<'a>(&'a self, parts: &'a request::Parts) -> BoxFuture<'a, Result<Authenticated>> {
        let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let actor = Actor::user(USER, ["thing.write"].into_iter().collect());
        let answer = match (header(header::COOKIE), header(header::AUTHORIZATION)) {
            ("heard_session=good", _) => {
                Ok(Authenticated { actor, session: Some(Session { id: Uuid::nil(), csrf: "c5".to_owned() }) })
            }
            (_, "Bearer token") => Ok(Authenticated { actor, session: None }),
            _ => Err(Error::new(codes::UNAUTHENTICATED)),
        };
        Box::pin(std::future::ready(answer))
    }

    fn refresh<'a>(&'a self, actor: &'a Actor) -> BoxFuture<'a, Result<Option<Actor>>> {
        Box::pin(std::future::ready(Ok(Some(actor.clone()))))
    }
}

#[derive(Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub(crate) struct Thing {
    name: String,
    count: Option<u8>,
}

#[utoipa::path(post, path = "/things", request_body = Thing, responses((status = 201, body = Thing)))]
async fn create(Auth(actor): Auth, once: OnceBody<Thing>) -> Answer<(StatusCode, Json<Value>)> {
    actor.require(Right("thing.write"))?;
    let key = once.key.map(|key| format!("{}/{}", key.key, key.fingerprint.len()));
    let answer = serde_json::json!({"name": once.body.name, "key": key, "address": actor.address});
    Ok((StatusCode::CREATED, Json(answer)))
}

#[utoipa::path(patch, path = "/things/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = Thing)))]
async fn change(
    Auth(actor): Auth,
    PathParams(_id): PathParams<Uuid>,
    IfMatch(version): IfMatch,
    JsonBody(thing): JsonBody<Thing>,
) -> Answer<([(header::HeaderName, header::HeaderValue); 1], Json<Thing>)> {
    actor.require(Right("thing.manage"))?;
    Ok(([(header::ETAG, etag(version + 1))], Json(thing)))
}

#[utoipa::path(get, path = "/things", params(PageRequest), responses((status = 200, body = Page<Thing>)))]
async fn list(
    MaybeAuth(actor): MaybeAuth,
    ClientAddress(address): ClientAddress,
    QueryParams(page): QueryParams<PageRequest>,
) -> Answer<Json<Page<Thing>>> {
    let who = if actor.is_some() { "user" } else { "nobody" };
    let name = format!("{who} at {address} {}", "x".repeat(page.limit() * 20));
    Ok(Json(Page { items: vec![Thing { name, count: None }], next_cursor: None }))
}

#[utoipa::path(get, path = "/defect", responses((status = 204)))]
async fn defect() {
    panic!("password=hunter2");
}

#[utoipa::path(get, path = "/busy", responses((status = 204)))]
async fn busy() -> Answer<StatusCode> {
    Err(Error::new(codes::OVERLOADED).with("retry_after", 2).because("queue of 256").into())
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(create, list))
        .routes(routes!(change))
        .routes(routes!(defect))
        .routes(routes!(busy))
}

pub(crate) struct World {
    pub(crate) state: AppState,
    app: Router,
    _db: TestDb,
}

/// What came back.
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) text: String,
}

impl Got {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with_pages(Router::new()).await
    }

    pub(crate) async fn with_pages(pages: Router<AppState>) -> Self {
        let db = TestDb::sqlite().await;
        let ctx = db.ctx(heard_runtime::MIGRATIONS).await;
        let state = AppState::new(ctx, Arc::new(Door));
        let app = application(state.clone(), [routes()], pages);
        Self { state, app, _db: db }
    }

    /// Sends `METHOD /path` with headers and a body.
    pub(crate) async fn send(&self, line: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Got {
        let (method, path) = line.split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.call(request.body(body.into()).unwrap()).await
    }

    pub(crate) async fn call(&self, request: Request<Body>) -> Got {
        let answer = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let text = String::from_utf8_lossy(&to_bytes(body, usize::MAX).await.unwrap()).into_owned();
        Got { status: parts.status.as_u16(), headers: parts.headers, text }
    }
}
