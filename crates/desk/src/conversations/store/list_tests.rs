//! Lists are read from indexes, whatever is asked.

use heard_kernel::Timestamp;
use heard_testkit::{TestDb, on_both_engines};
use uuid::Uuid;

use super::*;

fn query(scope: Scope, shelf: Option<Shelf>, order: Order) -> Query {
    Query {
        scope,
        inboxes: None,
        shelf,
        state: None,
        assignee_id: None,
        team_id: None,
        tag_id: None,
        words: None,
        order,
        viewer: Uuid::from_u128(1),
        after: None,
        limit: 50,
    }
}

fn scopes() -> Vec<Scope> {
    let inboxes = || Some(vec![InboxId(Uuid::from_u128(2)), InboxId(Uuid::from_u128(3))]);
    vec![
        Scope::Inboxes(None),
        Scope::Inboxes(inboxes()),
        Scope::Inboxes(Some(Vec::new())),
        Scope::Unassigned(None),
        Scope::Unassigned(inboxes()),
        Scope::Assignee(UserId(Uuid::from_u128(4))),
        Scope::Teams(vec![TeamId(Uuid::from_u128(5)), TeamId(Uuid::from_u128(6))]),
        Scope::Contact(ContactId(Uuid::from_u128(7))),
        Scope::Mentions(UserId(Uuid::from_u128(4))),
    ]
}

fn queries() -> Vec<Query> {
    let mut all = Vec::new();
    for scope in scopes() {
        for order in [Order::Recent, Order::Oldest, Order::Waiting] {
            let plain = query(scope.clone(), Some(Shelf::Active), order);
            let later = (Timestamp::default().millis(), ConversationId(Uuid::from_u128(8)));
            all.push(Query { after: Some(later), ..plain.clone() });
            all.push(Query {
                inboxes: Some(vec![InboxId(Uuid::from_u128(2))]),
                state: Some(State::Open),
                assignee_id: Some(UserId(Uuid::from_u128(4))),
                team_id: Some(TeamId(Uuid::from_u128(5))),
                tag_id: Some(TagId(Uuid::from_u128(9))),
                words: Some("50%_订单".to_owned()),
                ..plain.clone()
            });
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
async fn no_list_walks_through_all_conversations() {
    let db = TestDb::sqlite().await;
    let ctx = db.ctx(crate::MIGRATIONS).await;
    for query in queries() {
        let asked = format!("{:?} by {:?}", query.scope, query.order);
        let text = statement(&query);
        let (sql, values) = (format!("EXPLAIN QUERY PLAN {}", text.sql), text.values);
        let plan: Vec<(i64, i64, i64, String)> =
            ctx.read(async move |tx| tx.query(&sql, &values).await).await.unwrap();
        for (.., step) in plan {
            let bad = ["SCAN c", "SCAN n", "SCAN k", "SCAN r", "SCAN m"];
            assert!(!bad.contains(&step.trim()), "{asked}: {step}");
        }
    }
}

#[test]
fn patterns_mean_what_was_typed() {
    assert_eq!(pattern("50%_Ａ\\"), "%50\\%\\_a\\\\%");
}
