//! Measures the floor and the product in one run and prints the ratios: `make bench`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that cannot go on stops")]

use std::{path::PathBuf, process::Command, sync::Arc};

use heard_kernel::{Clock, SystemClock};
use heard_store::{Db, DbConfig, Sizing};
use heard_testkit::{
    bench::{Load, Served, floor, quantile, say},
    seed,
    soak::{Prepared, prepare},
};

/// How much is done; `HEARD_BENCH_SCALE=10` does a tenth, for a quick look.
struct Sizes {
    requests: u64,
    small: u64,
    large: u64,
}

const CONNECTIONS: usize = 256;
const READERS: usize = 8;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.get(1).map(String::as_str) == Some("floor") {
        let dir = arguments.get(2).map(PathBuf::from).expect("a folder");
        floor::serve(dir, None).await.expect("the floor serves");
        return;
    }
    let scale = std::env::var("HEARD_BENCH_SCALE").ok().and_then(|s| s.parse().ok()).unwrap_or(1_u64).max(1);
    let sizes = Sizes { requests: 40_000 / scale, small: 10_000 / scale, large: 1_000_000 / scale };
    let (floor_cpu, floor_rate) = measure_floor(&sizes).await;
    let (cpu, rate) = measure_intake(&sizes).await;
    say(&format!(
        "message intake: {cpu:.0} µs CPU each, {rate:.0}/s; floor {floor_cpu:.0} µs, {floor_rate:.0}/s; ratio {:.1}",
        cpu / floor_cpu
    ));
    let small = measure_pages(sizes.small, &sizes).await;
    let large = measure_pages(sizes.large, &sizes).await;
    say(&format!(
        "inbox page of 50: {small:.0} µs CPU at {}, {large:.0} µs at {}; ratio {:.2}",
        sizes.small,
        sizes.large,
        large / small
    ));
}

/// CPU in microseconds for each request, and requests a second.
async fn run(served: &Served, load: Load) -> (f64, f64) {
    let (requests, before) = (load.requests, served.cpu().unwrap());
    let mut outcome = load.run().await.expect("the load runs");
    let used = served.cpu().unwrap().saturating_sub(before);
    assert_eq!(outcome.refused, 0, "requests were refused");
    say(&format!(
        "  {requests} requests, p50 {:.2} ms, p99 {:.2} ms",
        quantile(&mut outcome.latencies, 0.5),
        quantile(&mut outcome.latencies, 0.99)
    ));
    (used.as_secs_f64() * 1e6 / requests as f64, outcome.fine as f64 / outcome.took.as_secs_f64())
}

async fn measure_floor(sizes: &Sizes) -> (f64, f64) {
    let dir = tempfile::tempdir().unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg("floor").arg(dir.path());
    let served = Served::start(command).expect("the floor starts");
    let make = |_: u64| {
        (
            "POST",
            "/message".to_owned(),
            "content-type: application/json\r\n".to_owned(),
            br#"{"body":"hello"}"#.to_vec(),
        )
    };
    run(
        &served,
        Load {
            address: served.address,
            connections: CONNECTIONS,
            requests: sizes.requests,
            make: Arc::new(make),
        },
    )
    .await
}

/// `heard` beside this program, or what `HEARD_BIN` names.
fn heard(data: &std::path::Path) -> Command {
    let beside = std::env::current_exe().unwrap().with_file_name("heard");
    let mut command = Command::new(std::env::var_os("HEARD_BIN").map_or(beside, PathBuf::from));
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data).env("HEARD_LOG_LEVEL", "error");
    command.env("HEARD_LIMITS_VISITS_PER_ADDRESS_PER_MINUTE", "1000000");
    command
}

async fn measure_intake(sizes: &Sizes) -> (f64, f64) {
    let dir = tempfile::tempdir().unwrap();
    let served = Served::start(heard(dir.path())).expect("heard starts");
    say(&format!(
        "start to listening: {} ms; resident {} MB",
        served.started_in.as_millis(),
        served.rss().unwrap() / 1_000_000
    ));
    let Prepared { headers, conversations, .. } =
        prepare(served.address, CONNECTIONS).await.expect("heard is prepared");
    let headers = format!("content-type: application/json\r\n{headers}");
    let make = move |number: u64| {
        let conversation = &conversations[(number % conversations.len() as u64) as usize];
        let body = format!(r#"{{"kind":"text","body":"您好，马上帮您查看订单。","client_key":"b{number}"}}"#);
        ("POST", format!("/api/v1/conversations/{conversation}/messages"), headers.clone(), body.into_bytes())
    };
    run(
        &served,
        Load {
            address: served.address,
            connections: CONNECTIONS,
            requests: sizes.requests,
            make: Arc::new(make),
        },
    )
    .await
}

async fn measure_pages(conversations: u64, sizes: &Sizes) -> f64 {
    let dir = tempfile::tempdir().unwrap();
    let served = Served::start(heard(dir.path())).expect("heard starts");
    let Prepared { headers, inbox, user, .. } = prepare(served.address, 0).await.expect("heard is prepared");
    served.stop().expect("heard stops");
    let config = DbConfig::Sqlite { dir: dir.path().into(), sizing: Sizing::default() };
    let db = Db::open(&config).await.expect("the database opens");
    let plan = seed::Plan { inbox, agents: vec![user], conversations, messages: 1, now: SystemClock.now() };
    seed::fill(&db, &plan, |_| {}).await.expect("the database is filled");
    db.close().await;
    let served = Served::start(heard(dir.path())).expect("heard starts again");
    say(&format!("start with {conversations} conversations: {} ms", served.started_in.as_millis()));
    let make = move |_: u64| {
        ("GET", "/api/v1/conversations?view=all&limit=50".to_owned(), headers.clone(), Vec::new())
    };
    let requests = (sizes.requests / 20).max(100);
    run(&served, Load { address: served.address, connections: READERS, requests, make: Arc::new(make) })
        .await
        .0
}
