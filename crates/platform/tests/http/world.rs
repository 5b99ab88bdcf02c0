//! An application with its people, and browsers that talk to it.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request},
};
use heard_platform::{rights::Catalogue, sessions::Gate};
use heard_runtime::{Ctx, Registry, Spine};
use heard_testkit::TestDb;
use heard_web::{AppState, application};
use serde_json::{Value, json};
use tower::ServiceExt as _;

pub(crate) const PASSWORD: &str = "一个足够长的密码 2026";

pub(crate) struct World {
    pub(crate) ctx: Ctx,
    pub(crate) db: TestDb,
    app: Router,
}

/// What came back.
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) json: Value,
    pub(crate) text: String,
}

impl Got {
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json
    }

    /// The code of a problem, or of its first wrong field.
    pub(crate) fn code(&self) -> String {
        let code = if self.json["code"] == "validation_failed" {
            &self.json["errors"][0]["code"]
        } else {
            &self.json["code"]
        };
        code.as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    pub(crate) fn refused(self, code: &str) -> Value {
        assert_eq!(self.code(), code, "{} {}", self.status, self.text);
        self.json
    }
}

/// A browser: keeps its cookie and its token against forged requests.
#[derive(Default)]
pub(crate) struct Browser {
    pub(crate) cookie: Mutex<Option<String>>,
    pub(crate) csrf: Mutex<Option<String>>,
    pub(crate) bearer: Option<String>,
    pub(crate) forwarded: Option<&'static str>,
}

impl World {
    pub(crate) async fn bare(db: TestDb) -> Self {
        let migrations = [heard_runtime::MIGRATIONS, heard_platform::MIGRATIONS].concat();
        let ctx = db.ctx(&migrations).await;
        Catalogue::install(&ctx, &[heard_platform::RIGHTS]);
        let state = AppState::new(ctx.clone(), Arc::new(Gate::new(ctx.clone())));
        let app = application(state, [heard_platform::routes()], Router::new());
        Self { ctx, db, app }
    }

    /// After the first run, with the administrator's browser.
    pub(crate) async fn new(db: TestDb) -> (Self, Browser) {
        let world = Self::bare(db).await;
        let admin = Browser::default();
        world.send(&admin, "POST /setup", Some(setup()), &[]).await.expect(201);
        (world, admin)
    }

    pub(crate) fn spine(&self) -> Spine {
        let mut registry = Registry::default();
        heard_platform::register(&mut registry);
        Spine::new(self.ctx.clone(), registry)
    }

    pub(crate) async fn get(&self, browser: &Browser, path: &str) -> Got {
        self.send(browser, &format!("GET {path}"), None, &[]).await
    }

    pub(crate) async fn post(&self, browser: &Browser, path: &str, body: Value) -> Got {
        self.send(browser, &format!("POST {path}"), Some(body), &[]).await
    }

    pub(crate) async fn delete(&self, browser: &Browser, path: &str) -> Got {
        self.send(browser, &format!("DELETE {path}"), None, &[]).await
    }

    pub(crate) async fn patch(&self, browser: &Browser, path: &str, version: i64, body: Value) -> Got {
        let version = format!("\"{version}\"");
        self.send(browser, &format!("PATCH {path}"), Some(body), &[("if-match", &version)]).await
    }

    pub(crate) async fn send(
        &self,
        browser: &Browser,
        line: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> Got {
        let (method, path) = line.split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        if let Some(cookie) = &*browser.cookie.lock().unwrap() {
            request = request.header("cookie", format!("theme=dark; heard_session={cookie}"));
        }
        if let Some(csrf) = &*browser.csrf.lock().unwrap() {
            request = request.header("x-csrf-token", csrf);
        }
        if let Some(token) = &browser.bearer {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some(address) = browser.forwarded {
            request = request
                .header("x-forwarded-for", address)
                .extension(axum::extract::ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 9))));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let bytes = body.as_ref().map(|body| body.to_string()).unwrap_or_default();
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let answer = self.app.clone().oneshot(request.body(Body::from(bytes)).unwrap()).await.unwrap();
        let (parts, body) = answer.into_parts();
        let text = String::from_utf8_lossy(&to_bytes(body, usize::MAX).await.unwrap()).into_owned();
        let json: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
        if let Some(set) = parts.headers.get("set-cookie").and_then(|value| value.to_str().ok()) {
            let token = set.strip_prefix("heard_session=").unwrap().split(';').next().unwrap();
            *browser.cookie.lock().unwrap() = Some(token.to_owned()).filter(|token| !token.is_empty());
            let me = if json["me"].is_null() { &json } else { &json["me"] };
            *browser.csrf.lock().unwrap() = me["csrf_token"].as_str().map(str::to_owned);
        }
        Got { status: parts.status.as_u16(), headers: parts.headers, json, text }
    }

    /// Makes a user with built-in roles and signs them in.
    pub(crate) async fn user(&self, admin: &Browser, name: &str, roles: &[&str]) -> (String, Browser) {
        let ids = self.role_ids(admin, roles).await;
        let email = format!("{name}@example.com");
        let body = json!({"name": name, "email": email, "password": PASSWORD, "role_ids": ids});
        let user = self.post(admin, "/users", body).await.expect(201);
        let browser = self.sign_in(&email).await;
        (user["id"].as_str().unwrap().to_owned(), browser)
    }

    pub(crate) async fn role_ids(&self, admin: &Browser, keys: &[&str]) -> Vec<Value> {
        let roles = self.get(admin, "/roles").await.expect(200);
        let all = roles["items"].as_array().unwrap();
        keys.iter().map(|key| all.iter().find(|role| role["key"] == **key).unwrap()["id"].clone()).collect()
    }

    pub(crate) async fn sign_in(&self, email: &str) -> Browser {
        let browser = Browser::default();
        let got = self.post(&browser, "/session", json!({"email": email, "password": PASSWORD})).await;
        assert_eq!(got.expect(200)["state"], "signed_in");
        browser
    }

    /// The kinds of all events so far.
    pub(crate) async fn kinds(&self) -> Vec<String> {
        let events = self.ctx.events_after(0, 10_000).await.unwrap();
        events.into_iter().map(|event| event.kind).collect()
    }
}

pub(crate) fn setup() -> Value {
    json!({
        "locale": "zh-CN", "organization": "青藤软件", "time_zone": "Asia/Shanghai",
        "name": "陈经理", "email": "admin@example.com", "password": PASSWORD,
    })
}
