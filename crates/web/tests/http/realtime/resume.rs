//! Nothing is lost and nothing comes twice.

use std::time::Duration;

use heard_kernel::Actor;
use heard_testkit::TestDb;
use serde_json::{Value, json};

use super::site::{Happened, Site, database, emit, reached, user_id};

fn numbers(frames: &[Value]) -> Vec<u64> {
    frames.iter().map(|frame| frame["data"]["number"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn an_event_comes_as_it_was_agreed() {
    let (_db, ctx) = database().await;
    let site = Site::start(&ctx).await;
    let mut client = site.connect(1, None).await;
    let seq = emit(&ctx, 1, 1, None, "x").await;
    let frame = client.next().await.unwrap();
    let expected = json!({
        "type": "event", "seq": seq, "kind": "thing.happened", "at": "2026-09-18T08:30:00.000Z",
        "subject": {"kind": "thing", "id": "00000000-0000-0000-0000-000000000001"},
        "data": {"number": 1, "user": null, "text": "x"},
    });
    assert_eq!(frame, expected);
    assert_eq!(client.pending().await, Vec::<Value>::new());
}

heard_testkit::on_both_engines!(each_event_comes_once_and_in_order_through_reconnects_under_load);

async fn each_event_comes_once_and_in_order_through_reconnects_under_load(db: TestDb) {
    const PRODUCERS: u64 = 4;
    const EACH: u64 = 150;
    let ctx = db.ctx(heard_runtime::MIGRATIONS).await;
    let site = Site::start(&ctx).await;
    let mut producers = tokio::task::JoinSet::new();
    for producer in 0..PRODUCERS {
        let ctx = ctx.clone();
        producers.spawn(async move {
            for number in 0..EACH {
                // Every third event is for user 1 alone.
                let user = (number % 3 == 0).then(|| user_id(1));
                let event = Happened { number: producer * 1_000 + number, user, text: String::new() };
                ctx.tx(&Actor::system(), async move |tx| tx.emit(&event)).await.unwrap();
                tokio::time::sleep(Duration::from_micros(300)).await;
            }
        });
    }
    let wanted = [PRODUCERS * EACH, PRODUCERS * EACH * 2 / 3];
    let mut readers = tokio::task::JoinSet::new();
    let site = std::sync::Arc::new(site);
    for reader in 0..16_u64 {
        let site = std::sync::Arc::clone(&site);
        let user = 1 + u128::from(reader % 2);
        let wanted = wanted[usize::from(user == 2)];
        readers.spawn(async move {
            let (mut last, mut got) = (0, Vec::new());
            let mut turn = reader;
            while (got.len() as u64) < wanted {
                let mut client = site.connect(user, Some(last)).await;
                turn = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                // Reads some and goes away without a word.
                for _ in 0..1 + (turn >> 33) % 90 {
                    if got.len() as u64 == wanted {
                        break;
                    }
                    let frame = client.next().await.unwrap();
                    assert_eq!(frame["type"], "event", "{frame}");
                    let seq = frame["seq"].as_i64().unwrap();
                    assert!(seq > last, "{seq} came after {last}");
                    last = seq;
                    got.push(seq);
                }
            }
            (user, got)
        });
    }
    producers.join_all().await;
    let log = ctx.events_after(0, 10_000).await.unwrap();
    for (user, got) in readers.join_all().await {
        let visible = log.iter().filter(|event| event.id_of("user").is_none_or(|id| id == user_id(user)));
        assert_eq!(got, visible.map(|event| event.seq).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn after_a_restart_the_log_fills_the_gap() {
    let (_db, ctx) = database().await;
    let site = Site::start(&ctx).await;
    let mut client = site.connect(1, None).await;
    let seq = emit(&ctx, 1, 3, None, "").await;
    for _ in 0..3 {
        client.next().await.unwrap();
    }
    let stopping = site.state.hub.clone();
    stopping.stop();
    assert_eq!(client.until_closed().await, (1012, "stopping".to_owned()));
    site.stop();
    emit(&ctx, 4, 1_200, None, "").await;
    emit(&ctx, 9_000, 5, Some(user_id(2)), "").await;
    let site = Site::start(&ctx).await;
    let mut client = site.connect(1, Some(seq)).await;
    emit(&ctx, 5_000, 1, None, "").await;
    let mut got = Vec::new();
    for _ in 0..1_201 {
        got.push(client.next().await.unwrap());
    }
    assert_eq!(numbers(&got), (4..1_204).chain([5_000]).collect::<Vec<_>>());
    assert_eq!(client.pending().await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_place_of_another_database_leads_to_a_resync() {
    let (_db, ctx) = database().await;
    let end = emit(&ctx, 1, 3, None, "").await;
    let site = Site::start(&ctx).await;
    let mut client = site.connect(1, Some(end + 1_000)).await;
    assert_eq!(client.next().await.unwrap(), json!({"type": "resync", "seq": end}));
    emit(&ctx, 7, 1, None, "").await;
    assert_eq!(numbers(&[client.next().await.unwrap()]), [7]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_client_is_told_to_resync_and_the_others_do_not_wait() {
    let (_db, ctx) = database().await;
    let site = Site::start(&ctx).await;
    let mut slow = site.connect(1, None).await;
    let mut quick = site.connect(2, None).await;
    let reading = tokio::spawn(async move {
        let mut count = 0;
        while count < 900 {
            let frame = quick.next().await.unwrap();
            assert_eq!(frame["type"], "event");
            count += 1;
        }
    });
    // More than the kernel holds for a socket.
    let end = emit(&ctx, 0, 900, None, &"x".repeat(30_000)).await;
    reached(&site, end).await;
    reading.await.unwrap();
    let (mut last, mut resyncs, mut events) = (0, 0, 0);
    while last < end {
        let frame = slow.next().await.unwrap();
        let seq = frame["seq"].as_i64().unwrap();
        match frame["type"].as_str().unwrap() {
            "resync" => resyncs += 1,
            "event" => {
                events += 1;
                assert_eq!(seq, last + 1, "only a resync may skip events");
            }
            other => panic!("{other}"),
        }
        last = seq;
    }
    assert!(resyncs >= 1 && events < 900, "{resyncs} resyncs, {events} events");
}
