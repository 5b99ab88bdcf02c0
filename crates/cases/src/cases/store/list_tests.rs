//! Lists are read from indexes, whatever is asked.

use heard_testkit::{TestDb, on_both_engines};

use super::*;

fn scopes() -> Vec<Scope> {
    let (user, teams) =
        (UserId(Uuid::from_u128(1)), vec![TeamId(Uuid::from_u128(2)), TeamId(Uuid::from_u128(3))]);
    vec![
        Scope::All,
        Scope::Seen(user, teams.clone()),
        Scope::Seen(user, Vec::new()),
        Scope::Owner(user),
        Scope::Teams(teams.clone()),
        Scope::Teams(Vec::new()),
        Scope::Unowned(None),
        Scope::Unowned(Some(teams)),
        Scope::Role(user, Role::Watcher),
        Scope::Categories(vec!["a".to_owned(), "b".to_owned()]),
    ]
}

fn queries() -> Vec<Query> {
    let mut all = Vec::new();
    for scope in scopes() {
        for order in [Order::Due, Order::Newest, Order::Priority, Order::Archived] {
            let shelf = if order == Order::Archived { Shelf::Archived } else { Shelf::Active };
            let plain = Query {
                scope: scope.clone(),
                shelf,
                filters: Filters::default(),
                order,
                not_recused: None,
                after: None,
                limit: 50,
            };
            let three = Filters {
                type_key: Some("complaint".to_owned()),
                severity_key: Some("severe".to_owned()),
                state: Some(CaseState::Open),
                ..Filters::default()
            };
            let rest = Filters {
                categories: Some(vec!["a".to_owned(), "b".to_owned()]),
                tag_id: Some(TagId(Uuid::from_u128(9))),
                words: Some("50%_订单".to_owned()),
                ..Filters::default()
            };
            let after = Some((1, 2, CaseId(Uuid::from_u128(8))));
            let user = Some(UserId(Uuid::from_u128(1)));
            all.push(Query { filters: three.clone(), ..plain.clone() });
            all.push(Query { filters: three, after, ..plain.clone() });
            all.push(Query { filters: rest, not_recused: user, ..plain.clone() });
            all.push(plain);
        }
    }
    all
}

async fn every_list_is_understood(db: TestDb) {
    let ctx = db.ctx(crate::MIGRATIONS).await;
    for query in queries() {
        let rows = ctx.read(async move |tx| page(tx, &query).await).await.unwrap();
        assert!(rows.is_empty());
    }
}

on_both_engines!(every_list_is_understood);

#[tokio::test]
async fn no_list_walks_through_all_cases() {
    let db = TestDb::sqlite().await;
    let ctx = db.ctx(crate::MIGRATIONS).await;
    for query in queries() {
        let asked = format!("{:?} by {:?}", query.scope, query.order);
        let text = statement(&query);
        let (sql, values) = (format!("EXPLAIN QUERY PLAN {}", text.sql), text.values);
        let plan: Vec<(i64, i64, i64, String)> =
            ctx.read(async move |tx| tx.query(&sql, &values).await).await.unwrap();
        for (.., step) in plan {
            assert!(!["SCAN c", "SCAN w", "SCAN r"].contains(&step.trim()), "{asked}: {step}");
        }
    }
}

/// Without what the planner learns from a filled table, as a database that grew since its start.
#[tokio::test]
async fn narrow_scopes_are_read_from_their_own_ranges() {
    let db = TestDb::sqlite().await;
    let ctx = db.ctx(crate::MIGRATIONS).await;
    let (user, team) = (UserId(Uuid::from_u128(1)), TeamId(Uuid::from_u128(2)));
    for (scope, range) in [
        (Scope::Owner(user), "cases_owner"),
        (Scope::Teams(vec![team]), "cases_team"),
        (Scope::Unowned(Some(vec![team])), "cases_"),
        (Scope::Categories(vec!["a".to_owned()]), "cases_category"),
    ] {
        for order in [Order::Due, Order::Newest, Order::Priority] {
            for clock_state in [None, Some(ClockState::Running), Some(ClockState::Overdue)] {
                let filters = Filters {
                    clock_state,
                    priority: Some(Priority::High),
                    state: Some(CaseState::Open),
                    ..Filters::default()
                };
                let query = Query {
                    scope: scope.clone(),
                    shelf: Shelf::Active,
                    filters,
                    order,
                    not_recused: None,
                    after: None,
                    limit: 50,
                };
                let asked = format!("{scope:?} by {order:?} with {clock_state:?}");
                let text = statement(&query);
                let (sql, values) = (format!("EXPLAIN QUERY PLAN {}", text.sql), text.values);
                let plan: Vec<(i64, i64, i64, String)> =
                    ctx.read(async move |tx| tx.query(&sql, &values).await).await.unwrap();
                let used = plan.into_iter().map(|(.., step)| step).find(|step| step.contains("INDEX cases_"));
                let used = used.unwrap_or_default();
                let own = used.contains(range) && !used.contains("(shelf=?");
                assert!(own || used.contains("cases_pressing"), "{asked}: {used}");
            }
        }
    }
}

#[test]
fn patterns_mean_what_was_typed() {
    assert_eq!(pattern("50%_Ａ\\"), "%50\\%\\_a\\\\%");
}
