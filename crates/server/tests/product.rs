//! The binary as it is delivered: its description, and people who talk while it is killed.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write as _,
    path::Path,
};

use heard_testkit::{
    TestDb,
    soak::{Plan, Server, run},
};
use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_heard");

/// The description of the API is reviewed like code: what changes it shows in the diff.
#[test]
fn the_api_is_described_as_it_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let now = heard_web::openapi(heard_server::features::routes());
    if std::env::var_os("HEARD_UPDATE").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == now,
        "docs/openapi.json is not what the code says: HEARD_UPDATE=1 cargo nextest run -p heard-server"
    );
}

/// Generated clients name calls and types by these, so each stands for one thing.
#[test]
fn operations_and_schemas_have_names_of_their_own() {
    let mut operations = BTreeSet::new();
    let mut schemas = BTreeMap::new();
    for slice in heard_server::features::routes() {
        let components = slice.get_openapi().components.clone().unwrap_or_default();
        for (name, schema) in components.schemas {
            let schema = serde_json::to_value(&schema).unwrap();
            let other = schemas.insert(name.clone(), schema.clone()).unwrap_or_else(|| schema.clone());
            assert_eq!(other, schema, "two crates describe different things as {name}: #[schema(as = …)]");
        }
    }
    let document: Value =
        serde_json::from_str(&heard_web::openapi(heard_server::features::routes())).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    for operation in paths.flat_map(|path| path.as_object().unwrap().values()) {
        let id = operation["operationId"].as_str().unwrap();
        assert!(operations.insert(id.to_owned()), "two operations are called {id}");
    }
}

/// Runs `heard clock eval` on one question with a file of calendars; answers what it wrote and what it complained of.
fn clock_eval(calendars: &Path) -> (bool, String, String) {
    let mut child = std::process::Command::new(BINARY)
        .args(["clock", "eval", "--calendars"])
        .arg(calendars)
        .env("LC_ALL", "C")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let question =
        r#"{"kind":"add_working_days","calendar":"support","start":"2026-12-23T10:00:00+08:00","days":1}"#;
    // A command that refuses its file does not read the question.
    let _ = child.stdin.take().unwrap().write_all(question.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_file_of_calendars_that_cannot_be_used_is_named_with_the_reason() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("calendars.toml");
    let (done, _, complaint) = clock_eval(&file);
    assert!(
        !done && complaint.contains("calendars.toml") && complaint.contains("No such file"),
        "{complaint}"
    );
    assert!(!complaint.contains("request id"), "{complaint}");

    let write = |week: &str| {
        let head =
            "[[calendar]]\nname = \"support\"\ntime_zone = \"Asia/Shanghai\"\nholidays = [\"2026-12-24\"]\n";
        std::fs::write(&file, format!("{head}[calendar.week]\n{week}\n")).unwrap();
    };
    write(r#"mon-fri = ["9 to 5"]"#);
    let (done, _, complaint) = clock_eval(&file);
    assert!(!done && complaint.contains("calendars.toml") && complaint.contains("week.mon"), "{complaint}");

    write(r#"mon-fri = ["09:00-17:00"]"#);
    let (done, answer, complaint) = clock_eval(&file);
    assert!(done, "{complaint}");
    assert_eq!(answer, "{\"due\":\"2026-12-25T10:00:00+08:00\"}\n");
}

const PLAN: Plan = Plan { visitors: 12, agents: 3, messages: 12, kills: 3 };

async fn talk_through_kills(database: Option<String>) {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::of_product(BINARY.into(), dir.path().into(), database).unwrap();
    let report = run(server, PLAN).await.unwrap();
    assert_eq!(report.messages, (PLAN.visitors * PLAN.messages * 2) as u64);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_doubled_when_killed_on_sqlite() {
    talk_through_kills(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_doubled_when_killed_on_postgres() {
    let db = TestDb::postgres().await;
    talk_through_kills(db.url()).await;
}
