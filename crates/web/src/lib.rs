//! HTTP glue: extractors, problem responses, OpenAPI, realtime hub, static files.
//!
//! A handler takes what it needs as extractors, calls one service and answers: `async fn get(State(state):
//! State<AppState>, Auth(actor): Auth, PathParams(id): PathParams<TeamId>) -> Answer<Json<Team>>`.

mod app;
mod assets;
mod auth;
pub mod codes;
mod extract;
mod gateway;
mod health;
mod metrics;
mod openapi;
mod problem;
mod rate;
pub mod realtime;
mod request;
mod serve;
mod state;
pub mod texts;
pub mod wire;

pub use app::application;
pub use assets::{Assets, CONSOLE_POLICY, console};
pub use auth::{Auth, Authenticated, Authenticator, CSRF_HEADER, MaybeAuth, Session, SignedIn};
pub use extract::{BodyLimit, IfMatch, JsonBody, OnceBody, PathParams, QueryParams, etag};
pub use gateway::gateway;
pub use health::Health;
pub use metrics::Metrics;
pub use openapi::{API, SESSION_COOKIE, openapi};
pub use problem::{Answer, FieldProblem, PROBLEM_JSON, Problem, ProblemBody};
pub use rate::{Allowance, Rate, RateLimiter};
pub use request::{ClientAddress, Lang, RequestId, RequestInfo};
pub use serve::serve;
pub use state::{AppState, Site};
