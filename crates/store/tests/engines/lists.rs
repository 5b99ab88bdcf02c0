//! Lists page over row values without losing or repeating anything.

use heard_store::{Direction, List, Value, params};
use uuid::Uuid;

use crate::world::{World, insert, on_both};

async fn page(
    world: &World,
    direction: Direction,
    after: Option<(i64, Uuid)>,
    limit: usize,
) -> Vec<(i64, Uuid)> {
    let after: Option<Vec<Value>> = after.map(|(at, id)| params![at, id].to_vec());
    let (sql, values) = List::new("SELECT at, id FROM things")
        .filter("lower(name) LIKE lower(?) ESCAPE '!'", &["%THING%".into()])
        .filter_some("n <> ?", Some(13))
        .filter_in("done", [false])
        .page(&["at", "id"], direction, after.as_deref(), limit);
    world.db.read(async move |tx| tx.query(&sql, &values).await).await.unwrap()
}

async fn every_row_is_seen_once_and_in_order(world: World) {
    for n in 0..60 {
        insert(&world.db, n).await.unwrap();
    }
    // Many rows share a time, so the id decides among them.
    world.db.tx(async |tx| tx.execute("UPDATE things SET at = n / 10", &[]).await).await.unwrap();
    for direction in [Direction::Ascending, Direction::Descending] {
        for limit in [1, 7, 10, 59, 200] {
            let mut seen: Vec<(i64, Uuid)> = Vec::new();
            loop {
                let mut rows = page(&world, direction, seen.last().copied(), limit).await;
                let more = rows.len() > limit;
                rows.truncate(limit);
                seen.append(&mut rows);
                if !more {
                    break;
                }
            }
            let mut expected: Vec<(i64, Uuid)> =
                (0..60).filter(|n| *n != 13).map(|n| (n / 10, Uuid::from_u128(n as u128))).collect();
            if direction == Direction::Descending {
                expected.reverse();
            }
            assert_eq!(seen, expected, "{direction:?} by {limit}");
        }
    }
}

async fn a_pattern_from_outside_is_taken_literally(world: World) {
    for (n, name) in [(1, "100%"), (2, "1000"), (3, "a_b"), (4, "aXb")] {
        insert(&world.db, n).await.unwrap();
        let name = name.to_owned();
        let sql = "UPDATE things SET name = $1 WHERE n = $2";
        world.db.tx(async move |tx| tx.execute(sql, &params![name.clone(), n]).await).await.unwrap();
    }
    for (typed, expected) in [("100!%", 1), ("A!_B", 3)] {
        let sql = "SELECT n FROM things WHERE lower(name) LIKE lower($1) ESCAPE '!'";
        let found =
            world.db.read(async move |tx| tx.query::<(i64,)>(sql, &params![typed]).await).await.unwrap();
        assert_eq!(found, [(expected,)]);
    }
}

async fn an_empty_set_matches_nothing(world: World) {
    insert(&world.db, 1).await.unwrap();
    let (sql, values) = List::new("SELECT n FROM things").filter_in("id", Vec::<Uuid>::new()).all();
    let found = world.db.read(async move |tx| tx.query::<(i64,)>(&sql, &values).await).await.unwrap();
    assert!(found.is_empty());
}

on_both!(
    every_row_is_seen_once_and_in_order,
    a_pattern_from_outside_is_taken_literally,
    an_empty_set_matches_nothing
);
