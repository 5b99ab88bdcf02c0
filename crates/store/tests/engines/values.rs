//! Values go in and come out the same on both engines.

use heard_kernel::{Timestamp, codes};
use heard_store::{Json, Value, params};
use uuid::Uuid;

use crate::world::{World, new_id, on_both};

type Row = (Uuid, String, i64, Option<f64>, bool, Option<Vec<u8>>, Json<Vec<String>>, Timestamp);

const INSERT: &str =
    "INSERT INTO things (id, name, n, ratio, done, body, doc, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const SELECT: &str = "SELECT id, name, n, ratio, done, body, doc, at FROM things WHERE id = $1";

async fn values_round_trip(world: World) {
    let row = |name: &str, n, ratio, done, body, at| -> Row {
        (
            new_id(),
            name.to_owned(),
            n,
            ratio,
            done,
            body,
            Json(vec!["a".to_owned()]),
            Timestamp::from_millis(at),
        )
    };
    let rows = [
        row("倾听 👂🏽 ' \" \\ %", 7, Some(0.1 + 0.2), true, Some(vec![0, 255, 39]), 9),
        row("", i64::MAX, Some(f64::MAX), false, Some(vec![]), -62_135_596_800_000),
        row("\u{1}\n\t\u{10FFFF}", i64::MIN, Some(f64::MIN_POSITIVE), true, None, 253_402_207_200_000),
        row("null", 0, None, false, None, 0),
        row("far", -1, Some(f64::INFINITY), false, None, 0),
        row("zero", -1, Some(-0.0), false, None, 0),
    ];
    for row in rows {
        let (id, name, n, ratio, done, body, doc, at) = row.clone();
        let stored = world
            .db
            .tx(async move |tx| {
                let params = params![id, name.clone(), n, ratio, done, body.clone(), &doc, at];
                assert_eq!(tx.execute(INSERT, &params).await?, 1);
                tx.one::<Row>(SELECT, &params![id]).await
            })
            .await
            .unwrap();
        assert_eq!(stored, row);
    }
}

async fn null_is_typed(world: World) {
    let found = |name: Option<&'static str>| {
        let db = world.db.clone();
        async move {
            db.read(async move |tx| {
                let sql =
                    "SELECT count(*) FROM things WHERE CAST($1 AS TEXT) IS NULL OR name = CAST($1 AS TEXT)";
                tx.scalar::<i64>(sql, &params![name]).await
            })
            .await
            .unwrap()
        }
    };
    crate::world::insert(&world.db, 1).await.unwrap();
    assert_eq!(
        (found(None).await, found(Some("thing 1")).await, found(Some("x")).await),
        (Some(1), Some(1), Some(0))
    );
}

async fn what_one_engine_could_not_keep_is_refused_by_both(world: World) {
    let bad: [(&str, Value); 3] =
        [("nul", "a\0b".into()), ("nan", f64::NAN.into()), ("null in a required column", Value::Null)];
    for (what, value) in bad {
        let refused = world
            .db
            .tx(async move |tx| {
                let (name, ratio) = match &value {
                    Value::Real(_) => (Value::from("x"), value.clone()),
                    other => (other.clone(), Value::Null),
                };
                let params = [new_id().into(), name, 1.into(), ratio];
                tx.execute(
                    "INSERT INTO things (id, name, n, ratio, doc, at) VALUES ($1, $2, $3, $4, '', 0)",
                    &params,
                )
                .await
            })
            .await
            .unwrap_err();
        assert!(refused.is(codes::INTERNAL), "{what}: {refused:?}");
        assert!(!refused.to_string().contains("a\0b"), "values stay out of errors");
    }
    assert_eq!(crate::world::count(&world.db).await, 0);
}

async fn a_wrong_number_of_values_is_a_defect(world: World) {
    for params in [vec![], vec![Value::Int(1)], vec![Value::Int(1); 3]] {
        let sql = "SELECT count(*) FROM things WHERE n > $1 AND n < $2";
        let refused = world.db.read(async move |tx| tx.scalar::<i64>(sql, &params).await).await.unwrap_err();
        assert!(refused.is(codes::INTERNAL), "{refused:?}");
    }
}

async fn a_wrong_type_is_a_defect_that_names_the_place(world: World) {
    crate::world::insert(&world.db, 1).await.unwrap();
    let wrong =
        world.db.read(async |tx| tx.scalar::<i64>("SELECT name FROM things", &[]).await).await.unwrap_err();
    assert!(wrong.is(codes::INTERNAL));
    assert!(wrong.to_string().contains("values.rs"), "{wrong}");
    let missing =
        world.db.read(async |tx| tx.one::<(i64, i64)>("SELECT n FROM things", &[]).await).await.unwrap_err();
    assert!(missing.is(codes::INTERNAL));
    let null =
        world.db.read(async |tx| tx.scalar::<f64>("SELECT ratio FROM things", &[]).await).await.unwrap_err();
    assert!(null.is(codes::INTERNAL));
}

async fn statements_tell_what_they_changed(world: World) {
    for n in 1..=3 {
        crate::world::insert(&world.db, n).await.unwrap();
    }
    let counts = world
        .db
        .tx(async |tx| {
            let id = Uuid::from_u128(1);
            Ok([
                tx.execute("UPDATE things SET done = true WHERE n > $1", &params![1]).await?,
                tx.execute("UPDATE things SET done = true WHERE n > $1", &params![100]).await?,
                tx.execute("DELETE FROM things WHERE n = 3 RETURNING id", &[]).await?,
                tx.execute(
                    "INSERT INTO things (id, name, n, doc, at) VALUES ($1, '', 1, '', 0) ON CONFLICT (id) DO NOTHING",
                    &params![id],
                )
                .await?,
            ])
        })
        .await
        .unwrap();
    assert_eq!(counts, [2, 0, 1, 0]);
    let returned = world
        .db
        .tx(async |tx| tx.query::<(i64,)>("UPDATE things SET n = n * 10 WHERE n > 0 RETURNING n", &[]).await)
        .await
        .unwrap();
    assert_eq!(returned.len(), 2);
}

on_both!(
    values_round_trip,
    null_is_typed,
    what_one_engine_could_not_keep_is_refused_by_both,
    a_wrong_number_of_values_is_a_defect,
    a_wrong_type_is_a_defect_that_names_the_place,
    statements_tell_what_they_changed,
);
