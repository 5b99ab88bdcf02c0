//! The statements of this slice.

use heard_kernel::{Result, Timestamp};
use heard_platform::directory::UserId;
use heard_store::{List, Tx, Value, params};

use super::model::{Alert, AlertId};
use crate::cases::Stored as _;
use crate::cases::store::insert_into;

/// Keeps an alert.
pub(super) async fn insert(tx: &Tx<'_>, alert: &Alert) -> Result<()> {
    insert_into(tx, "user_alerts", alert.pairs()).await
}

/// Whether a user has an unread alert that says the same.
pub(super) async fn said(tx: &Tx<'_>, alert: &Alert) -> Result<bool> {
    let sql = format!(
        "SELECT {} FROM user_alerts WHERE user_id = $1 AND case_id = $2 AND kind = $3 AND read_at IS NULL",
        Alert::COLUMNS.join(", ")
    );
    let found: Vec<Alert> = tx.query(&sql, &params![alert.user_id, alert.case_id, alert.kind]).await?;
    Ok(found.iter().any(|other| other.params == alert.params))
}

/// Alerts of a user, the newest first, after a place in the list.
pub(super) async fn page(
    tx: &Tx<'_>,
    user: UserId,
    unread_only: bool,
    after: Option<(Timestamp, AlertId)>,
    limit: usize,
) -> Result<Vec<Alert>> {
    let select = format!("SELECT {} FROM user_alerts", Alert::COLUMNS.join(", "));
    let mut list = List::new(&select).filter("user_id = ?", &[user.into()]);
    if unread_only {
        list = list.filter("read_at IS NULL", &[]);
    }
    if let Some((at, id)) = after {
        list = list.filter("(at, id) < (?, ?)", &[at.into(), id.into()]);
    }
    let (sql, values) = list.all();
    tx.query(&format!("{sql} ORDER BY at DESC, id DESC LIMIT {}", limit + 1), &values).await
}

/// Notes that alerts of a user were read, all of them without ids, and tells how many were not before.
pub(super) async fn read(tx: &Tx<'_>, user: UserId, ids: Option<&[AlertId]>, now: Timestamp) -> Result<i64> {
    let mut count = 0;
    match ids {
        None => {
            let sql = "UPDATE user_alerts SET read_at = $1 WHERE user_id = $2 AND read_at IS NULL";
            count += tx.execute(sql, &params![now, user]).await?;
        }
        Some(ids) => {
            let sql =
                "UPDATE user_alerts SET read_at = $1 WHERE user_id = $2 AND id = $3 AND read_at IS NULL";
            for id in ids {
                count += tx.execute(sql, &params![now, user, *id]).await?;
            }
        }
    }
    Ok(i64::try_from(count).unwrap_or(0))
}

/// Adds to the number of unread alerts of a user and tells how many there are now.
pub(super) async fn count(tx: &Tx<'_>, user: UserId, step: i64) -> Result<i64> {
    let sql = "INSERT INTO user_alert_counts (user_id, unread) VALUES ($1, $2) \
               ON CONFLICT (user_id) DO UPDATE SET unread = user_alert_counts.unread + $2 RETURNING unread";
    let values: [Value; 2] = [user.into(), step.into()];
    Ok(tx.scalar::<i64>(sql, &values).await?.unwrap_or(0))
}

/// How many alerts a user has not read.
pub(super) async fn unread(tx: &Tx<'_>, user: UserId) -> Result<i64> {
    let sql = "SELECT unread FROM user_alert_counts WHERE user_id = $1";
    Ok(tx.scalar::<i64>(sql, &params![user]).await?.unwrap_or(0))
}
