//! Random lives of cases: whatever happens in whatever order, kept counts equal what counting anew gives, and lists are as
//! long as their counts say. A count that is wrong is found and put right.

use std::time::Duration;

use heard_cases::cases::{recounted, repair_counts};
use heard_kernel::Actor;
use heard_testkit::{TestDb, on_both_engines};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRng, TestRunner},
};
use serde_json::{Value, json};

use crate::world::{World, world};

/// Something that happens. Numbers pick one of the cases or users that there are.
#[derive(Clone, Debug)]
enum Step {
    Opens { take: bool },
    Takes { which: usize, who: usize },
    Assigns { which: usize, team: bool, owner: usize },
    Classifies { which: usize, category: usize },
    Waits { which: usize },
    Resumes { which: usize },
    Completes { which: usize },
    Archives { which: usize },
    Reopens { which: usize },
    Merges { which: usize, into: usize },
    Unmerges { which: usize },
    Passes { minutes: u64 },
}

fn step() -> impl Strategy<Value = Step> {
    let which = || 0_usize..8;
    prop_oneof![
        any::<bool>().prop_map(|take| Step::Opens { take }),
        (which(), 0_usize..3).prop_map(|(which, who)| Step::Takes { which, who }),
        (which(), any::<bool>(), 0_usize..4).prop_map(|(which, team, owner)| Step::Assigns {
            which,
            team,
            owner
        }),
        (which(), 0_usize..4).prop_map(|(which, category)| Step::Classifies { which, category }),
        which().prop_map(|which| Step::Waits { which }),
        which().prop_map(|which| Step::Resumes { which }),
        which().prop_map(|which| Step::Completes { which }),
        which().prop_map(|which| Step::Archives { which }),
        which().prop_map(|which| Step::Reopens { which }),
        (which(), which()).prop_map(|(which, into)| Step::Merges { which, into }),
        which().prop_map(|which| Step::Unmerges { which }),
        (1_u64..600).prop_map(|minutes| Step::Passes { minutes }),
    ]
}

const PEOPLE: [&str; 3] = ["wang", "li", "chen"];

/// Does a step. Refusals are part of life: what was refused must have changed nothing, which the counts show.
async fn act(w: &World, open: &mut Vec<String>, step: Step) {
    let pick = |which: usize| open.get(which % open.len().max(1)).cloned();
    let (which, who, command, body) = match step {
        Step::Opens { take } => {
            let body = json!({"classification": {"type_key": "complaint"}, "fields": {"title": "一件"}, "take": take});
            open.push(w.opened(body).await);
            return;
        }
        Step::Passes { minutes } => {
            w.db.clock.advance(Duration::from_secs(minutes * 60));
            w.settle().await;
            return;
        }
        Step::Takes { which, who } => (which, PEOPLE[who], "take", Value::Null),
        Step::Assigns { which, team, owner } => {
            let owner = [Some(w.wang), Some(w.li), Some(w.chen), None][owner];
            let team = team.then_some(w.products);
            (which, "chen", "assign", json!({"owner_id": owner, "team_id": team}))
        }
        Step::Classifies { which, category } => {
            let key = [Some("crash"), Some("account"), Some("product"), None][category];
            (which, "chen", "classification", json!({"category_key": key}))
        }
        Step::Waits { which } => (which, "chen", "wait", json!({"reason": "customer"})),
        Step::Resumes { which } => (which, "chen", "resume", Value::Null),
        Step::Completes { which } => (which, "chen", "complete_stage", json!({"stage_key": "record"})),
        Step::Archives { which } => {
            (which, "chen", "archive", json!({"outcome": "withdrawn", "reason": "撤回"}))
        }
        Step::Reopens { which } => (which, "chen", "reopen", json!({"reason": "又来了"})),
        Step::Merges { which, into } => {
            let Some(into) = pick(into) else { return };
            let body = json!({"into": into.rsplit('/').next().unwrap(), "reason": "同一件事"});
            (which, "chen", "merge", body)
        }
        Step::Unmerges { which } => (which, "chen", "unmerge", Value::Null),
    };
    let Some(path) = pick(which) else { return };
    let (status, answer) = w.call(who, &format!("POST {path}/{command}"), None, body).await;
    assert!(status < 500, "{command}: {answer}");
}

async fn check(w: &World) {
    let wrong = w.ctx.read(async |tx| recounted(tx).await).await.unwrap();
    assert_eq!(wrong, []);
    for who in PEOPLE {
        let counts = w.ok(who, "GET /case_counts", Value::Null).await;
        for (count, view) in [
            ("all", "all"),
            ("mine", "mine"),
            ("unassigned", "unassigned"),
            ("due_soon", "due_soon"),
            ("overdue", "overdue"),
        ] {
            // Those without the right to see all also see what they take part in, which the count of all leaves out.
            if who != "chen" && ["all", "due_soon", "overdue"].contains(&view) {
                continue;
            }
            let list = w.ok(who, &format!("GET /cases?view={view}&limit=200"), Value::Null).await;
            assert_eq!(counts[count], list["items"].as_array().unwrap().len(), "{view} of {who}");
        }
    }
}

async fn kept_counts_equal_counting_anew(db: TestDb) {
    let w = world(db).await;
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        TestRng::from_seed(prop::test_runner::RngAlgorithm::ChaCha, &[7; 32]),
    );
    let mut open = Vec::new();
    for _ in 0..6 {
        let steps = prop::collection::vec(step(), 25..26).new_tree(&mut runner).unwrap().current();
        for step in steps {
            act(&w, &mut open, step).await;
        }
        check(&w).await;
    }
    assert!(open.len() > 3, "the history holds something");
}

async fn wrong_counts_are_found_and_put_right(db: TestDb) {
    let w = world(db).await;
    w.complaint("一件").await;
    w.complaint("又一件").await;
    assert_eq!(repair_counts(&w.ctx).await.unwrap(), []);
    let spoil = async |tx: &heard_runtime::Tx<'_>| {
        tx.execute("UPDATE case_view_counts SET n = n + 5 WHERE view_name = 'all'", &[]).await?;
        tx.execute("DELETE FROM case_view_counts WHERE view_name = 'team'", &[]).await.map(drop)
    };
    w.ctx.tx(&Actor::system(), spoil).await.unwrap();
    assert_eq!(w.ok("chen", "GET /case_counts", Value::Null).await["all"], 7);
    let wrong = repair_counts(&w.ctx).await.unwrap();
    let mut found: Vec<(i64, i64)> = wrong.iter().map(|count| (count.kept, count.counted)).collect();
    found.sort_unstable();
    assert_eq!(found, [(0, 2), (7, 2)]);
    assert_eq!(w.ok("chen", "GET /case_counts", Value::Null).await["all"], 2);
    check(&w).await;
}

on_both_engines!(kept_counts_equal_counting_anew, wrong_counts_are_found_and_put_right);
