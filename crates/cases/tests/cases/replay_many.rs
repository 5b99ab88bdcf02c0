//! How long a replay of 20,000 cases takes; run by hand: `cargo nextest run -p heard-cases --run-ignored only many_cases --no-capture`.

use heard_cases::plans::Plan;
use heard_kernel::{Actor, Result};
use heard_runtime::Tx;
use heard_store::params;
use heard_testkit::TestDb;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{replay, world::world};

const CASES: i64 = 20_000;

/// Copies a case with its events under another id and number.
async fn copy(tx: &Tx<'_>, from: Uuid, columns: &str, no: i64) -> Result<()> {
    let id: Uuid = tx.new_id();
    let sql =
        format!("INSERT INTO cases (id, no, {columns}) SELECT $1, $2, {columns} FROM cases WHERE id = $3");
    tx.execute(&sql, &params![id, 20_000 + no, from]).await?;
    let rest = "kind, version, subject_kind, actor_kind, actor_id, address, at, data";
    let sql = format!(
        "INSERT INTO events (id, subject_id, {rest}) SELECT id, $1, {rest} FROM events WHERE subject_id = $2 ORDER BY seq"
    );
    tx.execute(&sql, &params![id, from]).await.map(drop)
}

#[ignore = "a measurement"]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[allow(clippy::disallowed_methods, clippy::print_stdout, reason = "it measures real time and tells it")]
async fn many_cases() {
    let w = world(TestDb::sqlite().await).await;
    let plan = crate::plan::plan(w.products);
    let newer = replay::put(&w, plan.clone()).await;
    replay::put(&w, plan.clone()).await;
    let path = replay::eventful(&w, newer).await;
    let from: Uuid = path.rsplit('/').next().unwrap().parse().unwrap();
    let names: Vec<(String,)> = w
        .ctx
        .read(async |tx| tx.query("SELECT name FROM pragma_table_info('cases')", &[]).await)
        .await
        .unwrap();
    let names: Vec<&str> =
        names.iter().map(|(name,)| name.as_str()).filter(|name| !["id", "no"].contains(name)).collect();
    let columns = names.join(", ");
    for start in (0..CASES).step_by(1_000) {
        let columns = columns.clone();
        w.ctx
            .tx(&Actor::system(), async move |tx| {
                for no in start..start + 1_000 {
                    copy(tx, from, &columns, no).await?;
                }
                Ok(())
            })
            .await
            .unwrap();
    }
    // What is copied happened to nobody: it is only read.
    let pass = async |tx: &Tx<'_>| {
        tx.execute("UPDATE cursors SET position = (SELECT max(seq) FROM events)", &[]).await.map(drop)
    };
    w.ctx.tx(&Actor::system(), pass).await.unwrap();
    for (what, candidate) in
        [("the same rules", plan.clone()), ("no rules", Plan { clocks: Vec::new(), ..plan })]
    {
        let version = replay::put(&w, candidate).await;
        let body = json!({"from": "2026-09-01T00:00:00Z", "to": "2026-11-01T00:00:00Z"});
        let asked = w.ok("chen", &format!("POST /plan_versions/{}/replay", version.0), body).await;
        let begun = std::time::Instant::now();
        w.settle().await;
        let took = begun.elapsed();
        let done =
            w.ok("chen", &format!("GET /plan_replays/{}", asked["id"].as_str().unwrap()), Value::Null).await;
        println!(
            "{what}: {} cases in {took:?}, {} changed",
            done["result"]["cases"], done["result"]["changed_cases"]
        );
    }
}
