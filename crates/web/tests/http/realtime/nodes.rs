//! Two processes on one database.

use std::time::Duration;

use heard_testkit::TestDb;
use heard_web::realtime::{Sign, Topic};
use serde_json::{Value, json};

use super::site::{Client, Site, user_id};

/// Two nodes that know of each other.
async fn two_nodes() -> (TestDb, Site, Site) {
    let db = TestDb::postgres().await;
    let one = Site::start(&db.ctx(heard_runtime::MIGRATIONS).await).await;
    let two = Site::start(&db.second_ctx(43).await).await;
    one.state.hub.acquainted().await;
    two.state.hub.acquainted().await;
    (db, one, two)
}

async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..2_000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what}");
}

fn texts(frames: &[Value]) -> Vec<&str> {
    frames.iter().filter_map(|frame| frame["on"].as_str()).collect()
}

async fn type_and_wait(from: &mut Client, to: &mut Client, text: &str) {
    from.send(json!({"type": "typing", "on": text})).await;
    assert_eq!(to.next().await.unwrap()["on"], text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn passing_frames_reach_the_other_node_once_and_in_order() {
    let (_db, one, two) = two_nodes().await;
    let (mut anna, mut bo, mut cai) =
        (one.connect(1, None).await, two.connect(2, None).await, one.connect(3, None).await);
    type_and_wait(&mut anna, &mut bo, "from one to two").await;
    assert_eq!(cai.next().await.unwrap()["on"], "from one to two");
    type_and_wait(&mut bo, &mut anna, "from two to one").await;
    for n in 0..20 {
        bo.send(json!({"type": "typing", "on": n.to_string()})).await;
    }
    // Longer than one word between nodes may be: it stays on its node, and nothing breaks.
    bo.send(json!({"type": "typing", "on": "长".repeat(3_000)})).await;
    bo.send(json!({"type": "typing", "on": "last"})).await;
    let mut heard = Vec::new();
    while heard.last().is_none_or(|frame: &Value| frame["on"] != "last") {
        heard.push(anna.next().await.unwrap());
    }
    let sent: Vec<String> = (0..20).map(|n| n.to_string()).chain(["last".to_owned()]).collect();
    assert_eq!(texts(&heard), sent);
    assert_eq!(bo.pending().await, Vec::<Value>::new(), "nobody hears what they said themselves");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_there_and_what_they_look_at_is_known_on_every_node() {
    let (db, one, two) = two_nodes().await;
    let anna = Topic::User(user_id(1));
    let (here, there) = (one.connect(1, None).await, two.connect(1, None).await);
    until("both nodes count both", || one.state.hub.count(anna) == 2 && two.state.hub.count(anna) == 2).await;
    let (thing, looks) = (user_id(77), Sign::Looks(user_id(77), user_id(1)));
    one.state.hub.show(looks);
    one.state.hub.show(looks);
    until("the look is seen", || two.state.hub.lookers_elsewhere(thing) == [user_id(1)]).await;
    assert!(one.state.hub.lookers_elsewhere(thing).is_empty(), "only others' looks");
    // A node that starts later is told.
    let late = Site::start(&db.second_ctx(44).await).await;
    late.state.hub.acquainted().await;
    assert_eq!((late.state.hub.count(anna), late.state.hub.is_here(anna)), (2, false));
    one.state.hub.hide(looks);
    assert_eq!(late.state.hub.lookers_elsewhere(thing), [user_id(1)], "one connection still shows it");
    one.state.hub.hide(looks);
    until("nobody looks", || two.state.hub.lookers_elsewhere(thing).is_empty()).await;
    drop(here);
    until("the first left", || two.state.hub.count(anna) == 1).await;
    until("the first node knows", || one.state.hub.count(anna) == 1).await;
    drop(there);
    until("nobody is there", || one.state.hub.count(anna) == 0).await;
    let told = one.slice.0.lock().unwrap().elsewhere.clone();
    let last = told.iter().rfind(|change| change.sign == Sign::User(user_id(1))).unwrap();
    assert!(!last.shown && last.settled, "the other node acted as the last: {last:?}");
    let seen = two.slice.0.lock().unwrap().seen.clone();
    assert_eq!(seen.last().map(String::as_str), Some("disconnected 0"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_stops_takes_its_people_along() {
    let (_db, one, two) = two_nodes().await;
    let _anna = two.connect(1, None).await;
    let user = Topic::User(user_id(1));
    until("she is there", || one.state.hub.count(user) == 1).await;
    two.stop();
    until("she is gone", || one.state.hub.count(user) == 0).await;
}
