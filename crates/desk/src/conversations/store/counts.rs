//! The rows of kept counts.

use std::{collections::HashMap, fmt::Write};

use heard_kernel::{Result, Timestamp};
use heard_store::{List, Tx, Value, params};
use uuid::Uuid;

use super::super::counts::{Steps, View};

/// Adds to counts. The steps come sorted, so that transactions take the rows in one order and do not block each other.
pub(crate) async fn add(tx: &Tx<'_>, steps: &Steps) -> Result<()> {
    if steps.is_empty() {
        return Ok(());
    }
    let mut sql = String::from("INSERT INTO view_counts (view_name, owner_id, n) VALUES ");
    let mut values: Vec<Value> = Vec::with_capacity(steps.len() * 3);
    for (index, ((view, owner), n)) in steps.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        let first = values.len() + 1;
        let _ = write!(sql, "{comma}(${first}, ${}, ${})", first + 1, first + 2);
        values.extend(params![*view, *owner, *n]);
    }
    sql.push_str(" ON CONFLICT (view_name, owner_id) DO UPDATE SET n = view_counts.n + excluded.n");
    tx.later(&sql, &values).await
}

/// All counts of these owners.
pub(crate) async fn read_counts(tx: &Tx<'_>, owners: &[Uuid]) -> Result<HashMap<(View, Uuid), i64>> {
    let views = View::ALL.iter().map(|view| view.as_str());
    let (sql, values) = List::new("SELECT view_name, owner_id, n FROM view_counts")
        .filter_in("view_name", views)
        .filter_in("owner_id", owners.iter().copied())
        .all();
    collect(tx.query(&sql, &values).await?)
}

/// The counts of one view by owner, without empty ones.
pub(crate) async fn counts_of(tx: &Tx<'_>, view: View) -> Result<Vec<(Uuid, i64)>> {
    tx.query("SELECT owner_id, n FROM view_counts WHERE view_name = $1 AND n > 0", &params![view]).await
}

/// All counts.
pub(crate) async fn all_counts(tx: &Tx<'_>) -> Result<HashMap<(View, Uuid), i64>> {
    collect(tx.query("SELECT view_name, owner_id, n FROM view_counts", &[]).await?)
}

fn collect(rows: Vec<(View, Uuid, i64)>) -> Result<HashMap<(View, Uuid), i64>> {
    Ok(rows.into_iter().map(|(view, owner, n)| ((view, owner), n)).collect())
}

/// Counts everything anew, for checks: dear on a large database.
pub(crate) async fn recount(tx: &Tx<'_>) -> Result<HashMap<(View, Uuid), i64>> {
    const TEXTS: [(View, &str); 7] = [
        (
            View::Inbox,
            "SELECT inbox_id, count(*) FROM conversations WHERE shelf = 'active' GROUP BY inbox_id",
        ),
        (
            View::Unassigned,
            "SELECT inbox_id, count(*) FROM conversations WHERE shelf = 'active' AND assignee_id IS NULL GROUP BY inbox_id",
        ),
        (
            View::Snoozed,
            "SELECT inbox_id, count(*) FROM conversations WHERE shelf = 'snoozed' GROUP BY inbox_id",
        ),
        (
            View::Team,
            "SELECT team_id, count(*) FROM conversations WHERE shelf = 'active' AND team_id IS NOT NULL GROUP BY team_id",
        ),
        (
            View::Mine,
            "SELECT assignee_id, count(*) FROM conversations WHERE shelf = 'active' AND assignee_id IS NOT NULL \
             GROUP BY assignee_id",
        ),
        (
            View::Unread,
            "SELECT assignee_id, count(*) FROM conversations WHERE shelf = 'active' AND assignee_id IS NOT NULL \
             AND assignee_unread > 0 GROUP BY assignee_id",
        ),
        (View::Mentions, "SELECT user_id, count(*) FROM mentioned WHERE unseen > 0 GROUP BY user_id"),
    ];
    let mut counts = HashMap::new();
    for (view, sql) in TEXTS {
        let rows: Vec<(Uuid, i64)> = tx.query(sql, &[]).await?;
        counts.extend(rows.into_iter().map(|(owner, n)| ((view, owner), n)));
    }
    Ok(counts)
}

/// How many conversations began in a time, without those that were joined to another one.
pub(crate) async fn began(tx: &Tx<'_>, from: Timestamp, to: Timestamp) -> Result<i64> {
    let sql = "SELECT count(*) FROM conversations WHERE created_at >= $1 AND created_at < $2 AND merged_into IS NULL";
    Ok(tx.scalar::<i64>(sql, &params![from, to]).await?.unwrap_or(0))
}
