//! Whether the process lives, whether it can work, and what it counts.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use heard_kernel::{Error, codes as kernel_codes};
use heard_runtime::{Ctx, ReactorState, reactor_states, summary};
use prometheus_client::{encoding::EncodeLabelSet, metrics::family::Family, metrics::gauge::Gauge};
use serde::Serialize;
use subtle::ConstantTimeEq as _;

use crate::{Answer, AppState, ClientAddress, Metrics};

/// A reactor that fails and is this many events behind keeps the process from being ready.
const FAR_BEHIND: i64 = 1_000;

/// Whether the process is about to stop, and the gauges that are read from the database when somebody asks.
#[derive(Clone, Default)]
pub struct Health(Arc<Inner>);

#[derive(Default)]
struct Inner {
    draining: AtomicBool,
    jobs: Family<JobLabels, Gauge>,
    behind: Family<ReactorLabels, Gauge>,
    failing: Family<ReactorLabels, Gauge>,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct JobLabels {
    state: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ReactorLabels {
    name: String,
}

impl Health {
    pub(crate) fn new(metrics: &Metrics) -> Self {
        let health = Self::default();
        metrics.register(|registry| {
            let Inner { jobs, behind, failing, .. } = &*health.0;
            registry.register("jobs", "Jobs by state", Family::clone(jobs));
            registry.register("reactor_behind", "Events not yet seen", Family::clone(behind));
            registry.register("reactor_failing", "1 when the last attempt failed", Family::clone(failing));
        });
        health
    }

    /// Tells load balancers to send no more, before the process stops.
    pub fn drain(&self) {
        self.0.draining.store(true, Ordering::SeqCst);
    }

    /// Whether the process is about to stop.
    pub fn is_draining(&self) -> bool {
        self.0.draining.load(Ordering::SeqCst)
    }

    async fn read_gauges(&self, ctx: &Ctx) -> heard_kernel::Result<()> {
        let jobs = summary(ctx).await?;
        for (state, count) in [("queued", jobs.queued), ("running", jobs.running), ("dead", jobs.dead)] {
            self.0.jobs.get_or_create(&JobLabels { state }).set(i64::try_from(count).unwrap_or(i64::MAX));
        }
        for reactor in reactor_states(ctx).await? {
            let labels = ReactorLabels { name: reactor.name };
            self.0.behind.get_or_create(&labels).set(reactor.behind);
            self.0.failing.get_or_create(&labels).set(i64::from(reactor.failing.is_some()));
        }
        Ok(())
    }
}

/// The routes for those who look after the process.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/healthz", get(async || Json(Ready { ok: true, checks: Vec::new() })))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

#[derive(Serialize)]
struct Ready {
    ok: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    checks: Vec<Check>,
}

#[derive(Serialize)]
struct Check {
    name: String,
    ok: bool,
}

async fn ready(State(state): State<AppState>) -> (StatusCode, Json<Ready>) {
    let reactors = reactor_states(&state.ctx).await;
    let mut checks = vec![
        Check { name: "accepting".to_owned(), ok: !state.health.is_draining() },
        Check { name: "database".to_owned(), ok: reactors.is_ok() },
    ];
    checks.extend(
        reactors
            .unwrap_or_default()
            .into_iter()
            .map(|reactor| Check { ok: !is_stuck(&reactor), name: format!("reactor.{}", reactor.name) }),
    );
    let ok = checks.iter().all(|check| check.ok);
    let status = if ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Ready { ok, checks }))
}

fn is_stuck(reactor: &ReactorState) -> bool {
    reactor.failing.is_some() && reactor.behind > FAR_BEHIND
}

async fn metrics(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
) -> Answer<Response> {
    let token = state.ctx.config().server.metrics_token.as_deref();
    if !may_read(address, &headers, token) {
        return Err(Error::new(kernel_codes::UNAUTHENTICATED).because("metrics").into());
    }
    if let Err(error) = state.health.read_gauges(&state.ctx).await {
        tracing::warn!(%error, "gauges could not be read");
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], state.metrics.text()).into_response())
}

/// With a token everybody needs it; without one only this machine may read.
fn may_read(address: IpAddr, headers: &HeaderMap, token: Option<&str>) -> bool {
    match token.filter(|token| !token.is_empty()) {
        Some(token) => {
            let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
            given
                .and_then(|given| given.strip_prefix("Bearer "))
                .is_some_and(|given| given.as_bytes().ct_eq(token.as_bytes()).into())
        }
        None => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_for_this_machine_or_the_token() {
        let (here, away) = ("127.0.0.1".parse().unwrap(), "203.0.113.9".parse().unwrap());
        let none = HeaderMap::new();
        assert!(may_read(here, &none, None));
        assert!(!may_read(away, &none, None));
        assert!(!may_read(here, &none, Some("secret")));
        let with = |value: &str| HeaderMap::from_iter([(header::AUTHORIZATION, value.parse().unwrap())]);
        assert!(may_read(away, &with("Bearer secret"), Some("secret")));
        assert!(!may_read(away, &with("Bearer guess"), Some("secret")));
    }
}
