//! The rows of kept counts.

use std::{collections::HashMap, fmt::Write};

use heard_kernel::Result;
use heard_store::{Engine, List, Tx, Value, params};
use uuid::Uuid;

use super::super::{
    counts::{CountedView, Steps},
    model::ClockState,
};

/// Adds to counts. The steps come sorted, so that transactions take the rows in one order and do not block each other.
pub(crate) async fn add_counts(tx: &Tx<'_>, steps: &Steps) -> Result<()> {
    if steps.is_empty() {
        return Ok(());
    }
    let mut sql = String::from("INSERT INTO case_view_counts (view_name, owner_id, n) VALUES ");
    let mut values: Vec<Value> = Vec::with_capacity(steps.len() * 3);
    for (index, ((view, owner), n)) in steps.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        let first = values.len() + 1;
        let _ = write!(sql, "{comma}(${first}, ${}, ${})", first + 1, first + 2);
        values.extend(params![*view, *owner, *n]);
    }
    sql.push_str(" ON CONFLICT (view_name, owner_id) DO UPDATE SET n = case_view_counts.n + excluded.n");
    tx.later(&sql, &values).await
}

/// All counts of these owners.
pub(crate) async fn read_counts(tx: &Tx<'_>, owners: &[Uuid]) -> Result<HashMap<(CountedView, Uuid), i64>> {
    let (sql, values) = List::new("SELECT view_name, owner_id, n FROM case_view_counts")
        .filter_in("view_name", CountedView::ALL.iter().map(|view| view.as_str()))
        .filter_in("owner_id", owners.iter().copied())
        .all();
    let rows: Vec<(CountedView, Uuid, i64)> = tx.query(&sql, &values).await?;
    Ok(rows.into_iter().map(|(view, owner, n)| ((view, owner), n)).collect())
}

/// The sum of a view over all owners.
pub(crate) async fn sum_count(tx: &Tx<'_>, view: CountedView) -> Result<i64> {
    let sql = "SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM case_view_counts WHERE view_name = $1";
    Ok(tx.scalar(sql, &params![view]).await?.unwrap_or(0))
}

/// All counts.
pub(crate) async fn all_counts(tx: &Tx<'_>) -> Result<Vec<((CountedView, Uuid), i64)>> {
    let rows: Vec<(CountedView, Uuid, i64)> =
        tx.query("SELECT view_name, owner_id, n FROM case_view_counts", &[]).await?;
    Ok(rows.into_iter().map(|(view, owner, n)| ((view, owner), n)).collect())
}

/// Counts the cases under way anew, by what the counts go by.
pub(crate) async fn count_active(tx: &Tx<'_>) -> Result<Vec<(Option<Uuid>, Option<Uuid>, ClockState, i64)>> {
    let sql = "SELECT team_id, owner_id, clock_state, count(*) FROM cases WHERE shelf = 'active' \
               GROUP BY team_id, owner_id, clock_state";
    tx.query(sql, &[]).await
}

/// Keeps counts from being changed by others until the end of the transaction. SQLite has one writer anyway.
pub(crate) async fn hold_counts(tx: &Tx<'_>) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => {
            tx.execute("LOCK TABLE cases, case_view_counts IN SHARE ROW EXCLUSIVE MODE", &[]).await.map(drop)
        }
    }
}
