//! What the process counts, for Prometheus.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::http::{Method, StatusCode};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

/// The counters of the process. Cheap to clone.
#[derive(Clone)]
pub struct Metrics(Arc<Inner>);

struct Inner {
    registry: Mutex<Registry>,
    requests: Family<RequestLabels, Counter>,
    seconds: Family<RouteLabels, Histogram, fn() -> Histogram>,
    panics: Counter,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: Arc<str>,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RouteLabels {
    route: Arc<str>,
}

impl Default for Metrics {
    fn default() -> Self {
        let requests = Family::default();
        let new_histogram: fn() -> Histogram = || Histogram::new(exponential_buckets(0.0005, 2.5, 12));
        let seconds = Family::new_with_constructor(new_histogram);
        let panics = Counter::default();
        let mut registry = Registry::with_prefix("heard");
        registry.register("http_requests", "Requests by method, route and status", Family::clone(&requests));
        registry.register("http_request_seconds", "Time to answer by route", Family::clone(&seconds));
        registry.register("http_panics", "Requests that ended in a defect", panics.clone());
        Self(Arc::new(Inner { registry: Mutex::new(registry), requests, seconds, panics }))
    }
}

impl Metrics {
    /// Adds counters of a slice: `metrics.register(|registry| registry.register("messages", "…", counter.clone()))`.
    pub fn register(&self, add: impl FnOnce(&mut Registry)) {
        add(&mut self.0.registry.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
    }

    /// Counts an answered request.
    pub(crate) fn answered(&self, method: &Method, route: &Arc<str>, status: StatusCode, took: Duration) {
        let labels =
            RequestLabels { method: word(method), route: Arc::clone(route), status: status.as_u16() };
        self.0.requests.get_or_create(&labels).inc();
        let labels = RouteLabels { route: labels.route };
        self.0.seconds.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// Counts a request that ended in a defect.
    pub(crate) fn panicked(&self) {
        self.0.panics.inc();
    }

    /// Everything in the text format of OpenMetrics.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let registry = self.0.registry.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        // Writing into a string does not fail.
        let _ = encode(&mut text, &registry);
        text
    }
}

/// The method as a label. Invented ones share one, so that a caller cannot fill the memory with names.
fn word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
