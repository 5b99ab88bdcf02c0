//! Cases: their list, what starting and moving a clock costs beside a million running ones, deadlines that fall due
//! together, and the calculation of working time.
//!
//! What a clock costs is the difference between cases that have some and cases that have none or one, divided by how many
//! they have more. What it costs to show them in the answer is measured by reading the same cases, and taken off.

use std::time::{Duration, Instant};

use heard_kernel::{
    Clock, SystemClock, Timestamp,
    calendar::{Calendars, DayMode, Demand},
};
use heard_testkit::{
    bench::{Client, Served, say},
    seed::{self, CLOCKS, CasePlan},
    soak::{Prepared, prepare},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Sizes,
    place::{Cost, Place, load, quiet},
};

/// Connections that ask for pages.
const READERS: usize = 8;
/// Connections that change cases.
const WRITERS: usize = 64;
/// Working minutes of a clock that does not run out while it is measured: twenty working days.
const LONG: i64 = 9_600;

/// Lists, each with three filters.
const LISTS: [&str; 3] = [
    "type_key=complaint&severity=serious&state=open",
    "category=payment&priority=high&clock=running",
    "type_key=refund&severity=general&priority=low&sort=newest",
];

pub(crate) async fn measure(place: &dyn Fn() -> Place, sizes: &Sizes) {
    working_time();
    let small = Filled::new(place(), sizes.small).await;
    let served = small.place.heard();
    let of_small = small.list(&served, sizes).await;
    served.stop().expect("heard stops");
    let large = Filled::new(place(), sizes.large).await;
    let served = large.place.heard();
    say(&format!("start to listening with {} cases: {} ms", sizes.large, served.started_in.as_millis()));
    let of_large = large.list(&served, sizes).await;
    say(&format!(
        "case list page of 50 with three filters: {:.0} µs CPU at {} cases (p50 {:.2} ms), {:.0} µs at {} (p50 {:.2} ms); \
         ratio {:.2} (at most 1.5; at most 2,000 µs)",
        of_small.cpu,
        sizes.small,
        of_small.p50,
        of_large.cpu,
        sizes.large,
        of_large.p50,
        of_large.cpu / of_small.cpu
    ));
    large.report(&served).await;
    large.clocks(&served, sizes).await;
    served.stop().expect("heard stops");
    large.together(sizes.together).await;
}

/// A database with cases.
struct Filled {
    place: Place,
    headers: String,
    plan: CasePlan,
}

impl Filled {
    async fn new(place: Place, cases: u64) -> Self {
        let served = place.heard();
        let Prepared { headers, user, .. } = prepare(served.address, 0).await.expect("heard is prepared");
        let headers = format!("content-type: application/json\r\n{headers}");
        let version = activate_plan(&served, &headers).await;
        served.stop().expect("heard stops");
        let plan = CasePlan {
            version,
            owners: vec![user],
            first: 0,
            cases,
            many_of: MANY_OF,
            started_at: None,
            minutes: LONG,
            now: SystemClock.now(),
        };
        let db = place.open().await;
        seed::fill_cases(&db, &plan).await.expect("the database is filled");
        db.close().await;
        Self { place, headers, plan }
    }

    async fn list(&self, served: &Served, sizes: &Sizes) -> Cost {
        let headers = self.headers.clone();
        load(served, READERS, sizes.requests, move |number| {
            let filters = LISTS[(number % LISTS.len() as u64) as usize];
            ("GET", format!("/api/v1/cases?{filters}&limit=50"), headers.clone(), Vec::new())
        })
        .await
    }

    /// Counts the cases by two things: no figures are kept of those that are not archived, so each is looked at.
    async fn report(&self, served: &Served) {
        let headers = self.headers.clone();
        let cost = load(served, 1, 5, move |_| {
            let path = "/api/v1/case_report?group=category&by=severity&view=all".to_owned();
            ("GET", path, headers.clone(), Vec::new())
        })
        .await;
        say(&format!("counting {} cases by category and severity: p50 {:.0} ms", self.plan.cases, cost.p50));
    }

    /// Sends a request for each of some cases.
    async fn each(&self, served: &Served, cases: &[Uuid], line: (&'static str, &'static str, Value)) -> f64 {
        let (headers, cases, (method, action, body)) = (self.headers.clone(), cases.to_vec(), line);
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let requests = cases.len() as u64;
        let make = move |number: u64| {
            let path = format!("/api/v1/cases/{}{action}", cases[number as usize]);
            (method, path, headers.clone(), body.clone())
        };
        load(served, WRITERS, requests, make).await.cpu
    }

    async fn clocks(&self, served: &Served, sizes: &Sizes) {
        let count = sizes.requests.min(self.plan.cases / MANY_OF);
        let of = |place: u64| (0..count).map(|n| self.plan.case(n * MANY_OF + place)).collect::<Vec<_>>();
        let (many, one) = (of(0), of(1));
        let more = (CLOCKS - 1) as f64;
        let wait = json!({"reason": "customer"});
        // Each is a difference of two large figures on a machine with company: the median of some rounds says more.
        let mut rounds: [Vec<f64>; 4] = Default::default();
        let mut base = 0.0;
        for _ in 0..ROUNDS {
            let read = self.each(served, &many, ("GET", "", Value::Null)).await
                - self.each(served, &one, ("GET", "", Value::Null)).await;
            let shown = read / more;
            let opened =
                self.open(served, sizes, "complaint").await - self.open(served, sizes, "enquiry").await;
            rounds[0].push(shown);
            rounds[1].push(opened / CLOCKS as f64 - shown);
            for (place, action, body) in [(2, "/wait", wait.clone()), (3, "/resume", json!({}))] {
                let of_many = self.each(served, &many, ("POST", action, body.clone())).await;
                base = self.each(served, &one, ("POST", action, body)).await;
                rounds[place].push((of_many - base) / more - shown);
            }
        }
        let [shown, started, held, moved] = rounds.map(median);
        say(&format!(
            "beside {} running clocks (at most 100 µs CPU each; medians of {ROUNDS} rounds): starting one {started:.0} µs, \
             holding {held:.0} µs, moving {moved:.0} µs; showing it in an answer {shown:.0} µs; moving a case with one \
             {base:.0} µs",
            self.plan.cases
        ));
    }

    /// Opens cases of a type.
    async fn open(&self, served: &Served, sizes: &Sizes, type_key: &str) -> f64 {
        let body = json!({
            "classification": {"type_key": type_key, "severity_key": "general"}, "fields": {"title": "耳机没有声音"},
        });
        let (headers, body) = (self.headers.clone(), body.to_string().into_bytes());
        let make = move |_| ("POST", "/api/v1/cases".to_owned(), headers.clone(), body.clone());
        load(served, WRITERS, sizes.requests, make).await.cpu
    }

    /// Clocks that ran out while nobody looked: from the start of the process until all their cases show it.
    async fn together(&self, count: u64) {
        let begun = SystemClock.now().plus_seconds(-30 * 24 * 3_600);
        let plan = CasePlan {
            first: self.plan.cases,
            cases: count,
            many_of: 0,
            started_at: Some(begun),
            minutes: 60,
            ..self.plan.clone()
        };
        let db = self.place.open().await;
        seed::fill_cases(&db, &plan).await.expect("the database is filled");
        db.close().await;
        let begun = Instant::now();
        let served = self.place.heard();
        // What is due first fires first. The version of a clock rises when it has fired.
        let last = format!("/clocks/{}", plan.clock(count - 1));
        while ask(&served, &self.headers, "GET", &last, &Value::Null).await["version"] == 1 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let fired = begun.elapsed();
        while overdue(&served, &self.headers).await < count {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let shown = begun.elapsed();
        quiet(&served).await;
        say(&format!(
            "{count} deadlines due together: fired {:.2} s after the process was started (at most 5), all cases show it after \
             {:.2} s; {:.0} µs CPU each with all that follows",
            fired.as_secs_f64(),
            shown.as_secs_f64(),
            served.cpu().unwrap().as_secs_f64() * 1e6 / count as f64
        ));
    }
}

/// How often the cost of a clock is measured.
const ROUNDS: usize = 5;

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Each so many-th case has many clocks.
const MANY_OF: u64 = 500;

/// How many cases are late.
async fn overdue(served: &Served, headers: &str) -> u64 {
    ask(served, headers, "GET", "/case_counts", &Value::Null).await["overdue"].as_u64().unwrap_or(0)
}

/// Makes and activates the plan that is measured with: complaints have some clocks, enquiries none, and beside that they are
/// alike.
async fn activate_plan(served: &Served, headers: &str) -> Uuid {
    let pack = ask(served, headers, "GET", "/plan_packs/general", &Value::Null).await;
    let mut content = pack["plan"].clone();
    let rule = |number: u64| {
        json!({
            "key": format!("handle-{number}"), "name": {"zh": "处理", "en": "Handling"},
            "when": {"case_types": ["complaint"]},
            "start": {"on": "received"}, "stop": {"on": "stage_done", "stage": "handle"},
            "policy": {"unit": "working_minutes", "minutes": LONG}, "calendar": "cn-workday",
        })
    };
    content["clocks"] = (0..CLOCKS).map(rule).collect();
    for list in ["playbooks", "alarms", "escalations"] {
        content[list] = json!([]);
    }
    content["chains"] = json!({});
    for kind in content["case_types"].as_array_mut().expect("types") {
        kind["flow"] = json!("complaint");
    }
    let made = ask(served, headers, "POST", "/plans", &json!({"pack": "general", "key": "measured"})).await;
    let version = &made["versions"][0];
    let id = version["id"].as_str().expect("a version").to_owned();
    let path = format!("/plan_versions/{id}");
    let mut counter = version["version"].as_i64().expect("a counter");
    let mut step = async |method: &'static str, path: String, body: Value| {
        let headers = format!("{headers}if-match: \"{counter}\"\r\n");
        let answer = ask(served, &headers, method, &path, &body).await;
        counter = answer["version"].as_i64().unwrap_or(counter + 1);
    };
    step("PATCH", path.clone(), json!({"content": content})).await;
    for action in ["submit", "approve", "activate"] {
        step("POST", format!("{path}/{action}"), json!({"reason": ""})).await;
    }
    let plan = made["plan"]["id"].as_str().expect("a plan");
    let headers = format!("{headers}if-match: \"{}\"\r\n", plan_counter(served, headers, plan).await);
    ask(served, &headers, "PATCH", &format!("/plans/{plan}"), &json!({"is_default": true})).await;
    id.parse().expect("an id")
}

async fn plan_counter(served: &Served, headers: &str, plan: &str) -> i64 {
    let found = ask(served, headers, "GET", &format!("/plans/{plan}"), &Value::Null).await;
    found["plan"]["version"].as_i64().expect("a counter")
}

async fn ask(served: &Served, headers: &str, method: &str, path: &str, body: &Value) -> Value {
    let mut client = Client::connect(served.address).await.unwrap();
    let bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    let answer = client.send(method, &format!("/api/v1{path}"), headers, &bytes).await.unwrap();
    let text = String::from_utf8_lossy(&answer.body);
    assert!(answer.status < 300, "{method} {path}: {} {text}", answer.status);
    serde_json::from_slice(&answer.body).unwrap_or_default()
}

/// Working time, as fast as it is asked for.
fn working_time() {
    let calendars = Calendars::builtin();
    let calendar = calendars.get("cn-workday").unwrap();
    let first: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let rounds = 200_000_i64;
    let asked = [
        ("40 working hours", Demand::WorkingMinutes { minutes: 2_400 }),
        ("5 working days", Demand::WorkingDays { days: 5, mode: DayMode::SameTime }),
    ];
    for (what, demand) in asked {
        let (begun, mut sum) = (Instant::now(), 0);
        for round in 0..rounds {
            let start = first.plus_seconds(round * 131 % 31_000_000);
            sum ^= calendar.due(start, demand, &[]).unwrap().unwrap().millis();
        }
        let micros = begun.elapsed().as_secs_f64() * 1e6 / rounds as f64;
        std::hint::black_box(sum);
        say(&format!("deadline after {what}: {micros:.2} µs (at most 5)"));
    }
}
