//! Measures the floor and the product in one run and prints the ratios: `make bench`, or `bench PART…`.
//!
//! CPU time per operation is the steady figure: it counts all that the process does for it, also afterwards (search,
//! audit, live connections). Rates and latencies include the load generator, which shares the machine.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that cannot go on stops")]

mod cases;
mod intake;
mod live;
mod pages;
mod place;
mod search;

use std::path::PathBuf;

use heard_testkit::bench::{floor, say};

use self::place::Place;

/// How much is done; `HEARD_BENCH_SCALE=10` does a tenth, for a quick look.
pub(crate) struct Sizes {
    /// Messages that are sent.
    pub(crate) messages: u64,
    /// Conversations of a small inbox.
    pub(crate) small: u64,
    /// Conversations of a large inbox.
    pub(crate) large: u64,
    /// Deadlines that fall due together.
    pub(crate) together: u64,
    /// Messages that are searched.
    pub(crate) searched: u64,
    /// Visitors who are connected and silent.
    pub(crate) idle: u64,
    /// Requests one after the other.
    pub(crate) requests: u64,
}

impl Sizes {
    fn read() -> Self {
        let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
        let scale = number("HEARD_BENCH_SCALE").unwrap_or(1).max(1);
        Self {
            messages: 40_000 / scale,
            small: 10_000 / scale,
            large: 1_000_000 / scale,
            together: 10_000 / scale,
            searched: number("HEARD_BENCH_SEARCHED").unwrap_or(1_000_000 / scale),
            idle: 5_000 / scale,
            requests: (2_000 / scale).max(100),
        }
    }
}

const PARTS: [&str; 8] = ["intake", "pages", "cases", "idle", "fanout", "search", "start", "postgres"];

#[tokio::main]
async fn main() {
    let parts: Vec<String> = std::env::args().skip(1).collect();
    if parts.first().map(String::as_str) == Some("floor") {
        let folder = parts.get(1).map(PathBuf::from).expect("a folder");
        floor::serve(folder, parts.get(2).cloned()).await.expect("the floor serves");
        return;
    }
    if let Some(unknown) = parts.iter().find(|part| !PARTS.contains(&part.as_str())) {
        say(&format!("there is no part {unknown}; the parts are {}", PARTS.join(", ")));
        return;
    }
    let sizes = Sizes::read();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    if wanted("start") {
        live::start(&Place::embedded()).await;
    }
    if wanted("intake") {
        intake::measure(&Place::embedded, &sizes).await;
    }
    if wanted("idle") {
        live::idle(&Place::embedded(), &sizes).await;
    }
    if wanted("fanout") {
        live::fan_out(&Place::embedded(), &sizes).await;
    }
    if wanted("pages") {
        pages::measure(&Place::embedded, &sizes).await;
    }
    if wanted("cases") {
        cases::measure(&Place::embedded, &sizes).await;
    }
    if wanted("search") {
        search::measure(&Place::embedded(), &sizes).await;
    }
    if wanted("postgres") {
        match Place::server().await {
            None => say("PostgreSQL: HEARD_BENCH_POSTGRES names no server; left out"),
            Some(settings) => {
                say(&format!("PostgreSQL, {settings}; its own CPU is not counted"));
                intake::measure(&Place::postgres, &sizes).await;
                pages::measure(&Place::postgres, &sizes).await;
                cases::measure(&Place::postgres, &sizes).await;
            }
        }
    }
}
