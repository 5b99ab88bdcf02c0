//! Figures of the archive equal counting case by case, whatever is asked and whatever happens to archived cases.

use std::collections::BTreeMap;

use heard_cases::{cases::recount_figures, plans::Plan};
use heard_kernel::Actor;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::{World, store_plan, world};

/// A dozen cases over three months; most of them archived, two opened again, one changed afterwards, one merged.
async fn archive(w: &World) -> Vec<String> {
    let mut paths = Vec::new();
    for (index, day) in
        ["07-31 23:50", "08-01 00:10", "08-10 10:00", "08-31 23:59", "09-01 00:00", "09-18 10:00"]
            .iter()
            .enumerate()
    {
        for round in 0..2 {
            w.at(day).await;
            let path = w.complaint("一件").await;
            let category = ["crash", "account", "product"][(index + round) % 3];
            let severity = ["severe", "general"][round];
            let kind = json!({"category_key": category, "severity_key": severity});
            w.ok("wang", &format!("POST {path}/classification"), kind).await;
            if round == 0 {
                let version = w.case(&path).await["version"].as_i64();
                let body = json!({"satisfaction": index % 5 + 1});
                assert_eq!(w.call("wang", &format!("PATCH {path}"), version, body).await.0, 200);
            }
            let outcome = if index % 2 == 0 { "withdrawn" } else { "solved" };
            let body = json!({"outcome": outcome, "reason": "了结"});
            w.ok("chen", &format!("POST {path}/archive"), body).await;
            paths.push(path);
        }
    }
    for path in &paths[..2] {
        w.ok("chen", &format!("POST {path}/reopen"), json!({"reason": "又来了"})).await;
    }
    // A record is changed only while the case is open.
    w.ok("chen", &format!("POST {}/reopen", paths[5]), json!({"reason": "补记"})).await;
    let version = w.case(&paths[5]).await["version"].as_i64();
    let late = json!({"satisfaction": 3});
    assert_eq!(w.call("wang", &format!("PATCH {}", paths[5]), version, late).await.0, 200);
    let again = json!({"outcome": "solved", "reason": "补记完毕"});
    w.ok("chen", &format!("POST {}/archive", paths[5]), again).await;
    paths
}

/// What counting case by case gives: every archived case that the asker sees, by the keys that the API shows.
async fn naive(
    w: &World,
    who: &str,
    group: &str,
    by: Option<&str>,
    query: &str,
) -> BTreeMap<(String, String), (i64, i64)> {
    let list = w.ok(who, &format!("GET /cases?view=archived&limit=200{query}"), Value::Null).await;
    let mut groups = BTreeMap::new();
    for case in list["items"].as_array().unwrap() {
        let key = |grouping: &str| match grouping {
            "month" => {
                let at: heard_kernel::Timestamp = case["received_at"].as_str().unwrap().parse().unwrap();
                at.plus_seconds(8 * 3600).to_string()[..7].to_owned()
            }
            "type" => case["type"]["key"].as_str().unwrap_or_default().to_owned(),
            "category" => case["category"]["key"].as_str().unwrap_or_default().to_owned(),
            "severity" => case["severity"]["key"].as_str().unwrap_or_default().to_owned(),
            other => case[other].as_str().unwrap_or_default().to_owned(),
        };
        let entry: &mut (i64, i64) = groups.entry((key(group), by.map(key).unwrap_or_default())).or_default();
        entry.0 += 1;
        entry.1 += i64::from(case["satisfaction"].is_i64());
    }
    groups
}

async fn reported(
    w: &World,
    who: &str,
    group: &str,
    by: Option<&str>,
    query: &str,
) -> BTreeMap<(String, String), (i64, i64)> {
    let by = by.map(|by| format!("&by={by}")).unwrap_or_default();
    let report = w.ok(who, &format!("GET /case_report?group={group}{by}{query}"), Value::Null).await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = report["rows"].as_array().unwrap().iter();
    rows.map(|row| {
        (
            (text(&row["key"]), text(&row["by_key"])),
            (row["count"].as_i64().unwrap(), row["rated"].as_i64().unwrap()),
        )
    })
    .collect()
}

async fn check(w: &World, total: i64) {
    let whole = "&from=2026-07-31T16:00:00Z&to=2026-08-31T16:00:00Z";
    let askew = "&from=2026-08-05T00:00:00Z";
    for query in
        ["", "&category=product", "&severity=general", "&outcome=solved", "&type_key=complaint", whole, askew]
    {
        for group in ["month", "type", "category", "severity", "outcome", "source"] {
            for by in [None, Some("outcome"), Some("category"), Some("month")] {
                let by = by.filter(|by| *by != group);
                let expected = naive(w, "chen", group, by, query).await;
                assert_eq!(reported(w, "chen", group, by, query).await, expected, "{group} {by:?} {query}");
            }
        }
    }
    let all: i64 = reported(w, "chen", "month", None, "").await.values().map(|(count, _)| count).sum();
    assert_eq!(all, total);
}

async fn figures_equal_counting_case_by_case(db: TestDb) {
    let w = world(db).await;
    archive(&w).await;
    check(&w, 10).await;
    let kept: Vec<(i64,)> = w
        .ctx
        .read(async |tx| tx.query("SELECT CAST(sum(n) AS BIGINT) FROM case_figures", &[]).await)
        .await
        .unwrap();
    assert_eq!(kept, [(10,)], "kept while they were archived");
    // Reckoned anew they are the same, also after they were spoilt.
    let spoil = async |tx: &heard_runtime::Tx<'_>| {
        tx.execute("UPDATE case_figures SET n = n + 1", &[]).await.map(drop)
    };
    w.ctx.tx(&Actor::system(), spoil).await.unwrap();
    recount_figures(&w.ctx).await.unwrap();
    check(&w, 10).await;
}

async fn another_time_zone_has_the_figures_reckoned_anew(db: TestDb) {
    let w = world(db).await;
    archive(&w).await;
    let other = async |tx: &heard_runtime::Tx<'_>| {
        tx.execute("UPDATE case_figure_zone SET time_zone = 'Europe/London'", &[]).await.map(drop)
    };
    w.ctx.tx(&Actor::system(), other).await.unwrap();
    // Months of another zone are not told: it is counted case by case, and a job is asked for.
    assert_eq!(reported(&w, "chen", "month", None, "").await, naive(&w, "chen", "month", None, "").await);
    w.settle().await;
    let zones: Vec<(String,)> =
        w.ctx.read(async |tx| tx.query("SELECT time_zone FROM case_figure_zone", &[]).await).await.unwrap();
    assert_eq!(zones, [("Asia/Shanghai".to_owned(),)]);
    check(&w, 10).await;
}

async fn who_is_recused_counts_without_the_case(db: TestDb) {
    let w = world(db).await;
    let paths = archive(&w).await;
    let id: heard_cases::cases::CaseId = paths[4].rsplit('/').next().unwrap().parse().unwrap();
    let chen = w.chen;
    w.ctx
        .tx(&Actor::system(), async move |tx| {
            let sql = "INSERT INTO case_people (case_id, user_id, role, since, reason) VALUES ($1, $2, 'recused', 0, '')";
            tx.execute(sql, &heard_store::params![id, chen]).await.map(drop)
        })
        .await
        .unwrap();
    check(&w, 9).await;
}

/// Cases keep the names of the plan that they follow, also after another plan became the one for new cases.
async fn names_outlive_the_default_plan(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("一件").await;
    w.ok("wang", &format!("POST {path}/classification"), json!({"category_key": "crash"})).await;
    w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &Plan::default()).await).await.unwrap();
    let report = w.ok("wang", "GET /case_report?group=category&view=all", Value::Null).await;
    assert_eq!((&report["rows"][0]["key"], &report["rows"][0]["name"]), (&json!("crash"), &json!("崩溃")));
}

on_both_engines!(
    names_outlive_the_default_plan,
    figures_equal_counting_case_by_case,
    another_time_zone_has_the_figures_reckoned_anew,
    who_is_recused_counts_without_the_case,
);
