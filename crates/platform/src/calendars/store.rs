//! Rows of calendars, of years of arrangements, and of the state.

use heard_kernel::{Result, Timestamp, calendar::ArrangementYear, fold_key};
use heard_runtime::Tx;
use heard_store::{FromRow, Json, Row, Tx as StoreTx, params};
use uuid::Uuid;

use super::model::{CalendarId, CalendarRow, FIRST_DEFAULT, StateRow, YearRow};

const CALENDAR: &str = "SELECT id, definition, version, updated_at FROM calendars";
const YEAR: &str = "SELECT region, days, source, loaded_by, loaded_at FROM arrangements";

impl FromRow for CalendarRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            definition: row.get::<Json<_>>(1)?.0,
            version: row.get(2)?,
            updated_at: row.get(3)?,
        })
    }
}

impl FromRow for YearRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            region: row.get(0)?,
            days: row.get::<Json<ArrangementYear>>(1)?.0,
            source: row.get(2)?,
            loaded_by: row.get(3)?,
            loaded_at: row.get(4)?,
        })
    }
}

impl FromRow for StateRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { revision: row.get(0)?, default_calendar: row.get(1)?, version: row.get(2)? })
    }
}

pub(super) async fn all(tx: &StoreTx<'_>) -> Result<Vec<CalendarRow>> {
    tx.query(&format!("{CALENDAR} ORDER BY name_key"), &[]).await
}

pub(super) async fn by_name(tx: &StoreTx<'_>, name: &str) -> Result<Option<CalendarRow>> {
    tx.optional(&format!("{CALENDAR} WHERE name_key = $1"), &params![fold_key(name)]).await
}

pub(super) async fn by_id(tx: &StoreTx<'_>, id: CalendarId) -> Result<Option<CalendarRow>> {
    tx.optional(&format!("{CALENDAR} WHERE id = $1"), &params![id]).await
}

pub(super) async fn insert(tx: &StoreTx<'_>, row: &CalendarRow) -> Result<()> {
    let sql = "INSERT INTO calendars (id, name, name_key, definition, version, created_at, updated_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $6)";
    let name = &row.definition.name;
    let values = params![row.id, name, fold_key(name), Json(&row.definition), row.version, row.updated_at];
    tx.later(sql, &values).await
}

/// Writes a calendar whose stored version is one below, and tells whether it was.
pub(super) async fn update(tx: &StoreTx<'_>, row: &CalendarRow) -> Result<bool> {
    let sql = "UPDATE calendars SET name = $1, name_key = $2, definition = $3, version = $4, updated_at = $5 \
               WHERE id = $6 AND version = $7";
    let name = &row.definition.name;
    let values = params![
        name,
        fold_key(name),
        Json(&row.definition),
        row.version,
        row.updated_at,
        row.id,
        row.version - 1
    ];
    Ok(tx.execute(sql, &values).await? > 0)
}

pub(super) async fn delete(tx: &StoreTx<'_>, id: CalendarId) -> Result<()> {
    tx.later("DELETE FROM calendars WHERE id = $1", &params![id]).await
}

pub(super) async fn years(tx: &StoreTx<'_>) -> Result<Vec<YearRow>> {
    tx.query(&format!("{YEAR} ORDER BY region, year"), &[]).await
}

pub(super) async fn put_year(
    tx: &StoreTx<'_>,
    region: &str,
    days: &ArrangementYear,
    source: &str,
    by: (Option<Uuid>, Timestamp),
) -> Result<()> {
    let sql = "INSERT INTO arrangements (region, year, days, source, loaded_by, loaded_at) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (region, year) DO UPDATE SET days = excluded.days, source = excluded.source, \
               loaded_by = excluded.loaded_by, loaded_at = excluded.loaded_at";
    let values = params![region, i64::from(days.year), Json(days), source, by.0, by.1];
    tx.later(sql, &values).await
}

pub(super) async fn delete_year(tx: &StoreTx<'_>, region: &str, year: i32) -> Result<bool> {
    let sql = "DELETE FROM arrangements WHERE region = $1 AND year = $2";
    Ok(tx.execute(sql, &params![region, i64::from(year)]).await? > 0)
}

pub(super) async fn state(tx: &StoreTx<'_>) -> Result<StateRow> {
    let row = tx
        .optional("SELECT revision, default_calendar, version FROM calendar_state WHERE id = 1", &[])
        .await?;
    let first =
        || StateRow { revision: String::new(), default_calendar: FIRST_DEFAULT.to_owned(), version: 1 };
    Ok(row.unwrap_or_else(first))
}

/// Makes what other processes remember old, and holds back other changes until this one is committed.
pub(super) async fn touch(tx: &Tx<'_>) -> Result<()> {
    // A number could come again after a rollback with other content behind it; this does not.
    let revision = tx.new_id::<Uuid>().to_string();
    tx.later("UPDATE calendar_state SET revision = $1 WHERE id = 1", &params![revision]).await
}

/// Chooses the default of a version, and tells whether that version still stood.
pub(super) async fn set_default(tx: &StoreTx<'_>, name: &str, version: i64) -> Result<bool> {
    let sql = "UPDATE calendar_state SET default_calendar = $1, version = version + 1 WHERE id = 1 AND version = $2";
    Ok(tx.execute(sql, &params![name, version]).await? > 0)
}
