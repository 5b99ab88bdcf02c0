//! The binary as it is delivered: its description, and people who talk while it is killed.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::{
    collections::{BTreeMap, BTreeSet},
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
