//! The statements of this slice.

use heard_kernel::{Result, Timestamp, clock_policy::State};
use heard_platform::directory::UserId;
use heard_store::{Columns, Engine, FromRow, Json, List, Row, Tx, Value, params};
use uuid::Uuid;

use super::{
    history::Entry,
    model::{
        Alarm, COLUMNS, Clock, ClockId, OpenClock, StoppedClock, Subject, SubjectKind, read_state,
        state_word, verdict_word,
    },
};
use crate::plans::Text;

/// Holds the rows of a question until the end of the transaction. SQLite has one writer anyway.
fn held(tx: &Tx<'_>) -> &'static str {
    match tx.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => " FOR UPDATE",
    }
}

pub(super) async fn one(tx: &Tx<'_>, id: ClockId) -> Result<Option<Clock>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM clocks WHERE id = $1"), &params![id]).await
}

pub(super) async fn one_to_change(tx: &Tx<'_>, id: ClockId) -> Result<Option<Clock>> {
    let sql = format!("SELECT {COLUMNS} FROM clocks WHERE id = $1{}", held(tx));
    tx.optional(&sql, &params![id]).await
}

pub(super) async fn open_of_subject_to_change(tx: &Tx<'_>, subject: Subject) -> Result<Vec<Clock>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM clocks WHERE subject_id = $1 AND subject_kind = $2 AND is_open ORDER BY id{}",
        held(tx)
    );
    tx.query(&sql, &params![subject.id, subject.kind]).await
}

pub(super) async fn open_of_case_to_change(tx: &Tx<'_>, case: Uuid) -> Result<Vec<Clock>> {
    let sql = format!("SELECT {COLUMNS} FROM clocks WHERE case_id = $1 AND is_open ORDER BY id{}", held(tx));
    tx.query(&sql, &params![case]).await
}

pub(super) async fn paused_of_case_to_change(tx: &Tx<'_>, case: Uuid) -> Result<Vec<Clock>> {
    let sql =
        format!("SELECT {COLUMNS} FROM clocks WHERE case_id = $1 AND is_paused ORDER BY id{}", held(tx));
    tx.query(&sql, &params![case]).await
}

pub(super) async fn open_of(tx: &Tx<'_>, subject: Subject) -> Result<Vec<OpenClock>> {
    let sql = "SELECT id, key, started_at FROM clocks WHERE subject_id = $1 AND subject_kind = $2 AND is_open ORDER BY id";
    let rows: Vec<_> = tx.query(sql, &params![subject.id, subject.kind]).await?;
    Ok(rows.into_iter().map(|(id, key, started_at)| OpenClock { id, key, started_at }).collect())
}

/// The stopped clocks of a subject, the earliest first.
pub(super) async fn stopped_of(tx: &Tx<'_>, subject: Subject) -> Result<Vec<StoppedClock>> {
    let sql = "SELECT id, key, started_at, state FROM clocks \
               WHERE subject_id = $1 AND subject_kind = $2 AND NOT is_open ORDER BY started_at, id";
    let rows: Vec<(ClockId, String, Timestamp, String)> =
        tx.query(sql, &params![subject.id, subject.kind]).await?;
    let stopped = |(id, key, started_at, state): (ClockId, String, Timestamp, String)| StoppedClock {
        id,
        key,
        started_at,
        fulfilled: read_state(&state) != State::Cancelled,
    };
    Ok(rows.into_iter().map(stopped).collect())
}

/// Open clocks in the order of their ids, after one.
pub(super) async fn open_after(tx: &Tx<'_>, after: Option<ClockId>, limit: usize) -> Result<Vec<Clock>> {
    let (sql, values) = List::new(&format!("SELECT {COLUMNS} FROM clocks"))
        .filter("is_open", &[])
        .filter_some("id > ?", after)
        .all();
    tx.query(&format!("{sql} ORDER BY id LIMIT {limit}"), &values).await
}

/// Some open clocks that name a calendar.
pub(super) async fn open_with_calendar(
    tx: &Tx<'_>,
    calendar: &str,
    limit: usize,
) -> Result<Vec<(ClockId, Text)>> {
    let sql = "SELECT id, name FROM clocks WHERE calendar = $1 AND is_open ORDER BY id LIMIT $2";
    let found: Vec<(ClockId, Json<Text>)> = tx.query(sql, &params![calendar, limit]).await?;
    Ok(found.into_iter().map(|(id, name)| (id, name.0)).collect())
}

pub(super) async fn name(tx: &Tx<'_>, id: ClockId) -> Result<Option<Text>> {
    let found: Option<Json<Text>> = tx.scalar("SELECT name FROM clocks WHERE id = $1", &params![id]).await?;
    Ok(found.map(|name| name.0))
}

pub(super) async fn breached_at(tx: &Tx<'_>, id: ClockId) -> Result<Option<Timestamp>> {
    Ok(tx.scalar::<Option<_>>("SELECT breached_at FROM clocks WHERE id = $1", &params![id]).await?.flatten())
}

pub(super) async fn of_case(tx: &Tx<'_>, case: Uuid) -> Result<Vec<Clock>> {
    let sql = format!("SELECT {COLUMNS} FROM clocks WHERE case_id = $1 ORDER BY started_at, id");
    tx.query(&sql, &params![case]).await
}

pub(super) async fn of_subjects(tx: &Tx<'_>, subjects: &[Uuid]) -> Result<Vec<Clock>> {
    let (sql, values) = List::new(&format!("SELECT {COLUMNS} FROM clocks"))
        .filter_in("subject_id", subjects.iter().copied())
        .all();
    tx.query(&format!("{sql} ORDER BY started_at, id"), &values).await
}

/// The clocks of some cases that were extended, with their histories.
pub(super) async fn extended_of(tx: &Tx<'_>, cases: &[Uuid]) -> Result<Vec<(Uuid, String, Vec<Entry>)>> {
    let (sql, values) = List::new("SELECT case_id, key, history FROM clocks")
        .filter_in("case_id", cases.iter().copied())
        .filter("subject_kind = ?", &params![SubjectKind::Case])
        .filter("history LIKE ?", &params!["%\"extended\"%"])
        .all();
    let rows: Vec<(Uuid, String, Json<Vec<Entry>>)> = tx.query(&sql, &values).await?;
    Ok(rows.into_iter().map(|(case, key, history)| (case, key, history.0)).collect())
}

/// The open clocks of some cases: the case with the clock, the most pressing ones first.
pub(super) async fn alarms(tx: &Tx<'_>, cases: &[Uuid]) -> Result<Vec<(Uuid, Alarm)>> {
    let (sql, values) = List::new("SELECT case_id, id, key, name, due_at, state FROM clocks")
        .filter("is_open", &[])
        .filter_in("case_id", cases.iter().copied())
        .all();
    let sql = format!("{sql} ORDER BY CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, started_at, id");
    let rows: Vec<Pressing> = tx.query(&sql, &values).await?;
    Ok(rows.into_iter().map(|Pressing(case, alarm)| (case, alarm)).collect())
}

/// An open clock and the case that it presses.
struct Pressing(Uuid, Alarm);

impl FromRow for Pressing {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        let case = columns.next()?;
        let (clock_id, key) = (columns.next()?, columns.next()?);
        let (name, due_at) = (columns.next::<Json<Text>>()?.0, columns.next()?);
        let state = read_state(&columns.next::<String>()?);
        Ok(Self(case, Alarm { clock_id, key, name, due_at, state }))
    }
}

/// Writes who has to keep a clock.
pub(super) async fn give(tx: &Tx<'_>, id: ClockId, owner: UserId) -> Result<()> {
    let sql = "UPDATE clocks SET owner_id = $1, version = version + 1 WHERE id = $2";
    tx.later(sql, &params![owner, id]).await
}

pub(super) async fn insert(tx: &Tx<'_>, clocks: &[Clock]) -> Result<()> {
    let rows: Vec<_> = clocks.iter().map(row).collect();
    tx.later_rows(&format!("INSERT INTO clocks ({COLUMNS})"), &rows, "").await
}

fn row(clock: &Clock) -> Vec<Value> {
    params![
        clock.id,
        clock.subject.kind,
        clock.subject.id,
        clock.case_id,
        clock.owner_id,
        &clock.terms.key,
        Json(&clock.terms.name),
        Json(&clock.terms),
        clock.terms.calendar.as_deref(),
        state_word(clock.state),
        clock.verdict.map(verdict_word),
        clock.open,
        clock.paused,
        clock.started_at,
        clock.due_at,
        clock.breached_at,
        clock.stopped_at,
        clock.check_at,
        Json(&clock.history),
        clock.version,
    ]
    .to_vec()
}

/// Writes what changes while a clock runs.
pub(super) async fn save(tx: &Tx<'_>, clock: &Clock) -> Result<()> {
    let sql = "UPDATE clocks SET state = $1, verdict = $2, is_open = $3, is_paused = $4, due_at = $5, breached_at = $6, \
               stopped_at = $7, check_at = $8, history = $9, version = version + 1 WHERE id = $10";
    let values = params![
        state_word(clock.state),
        clock.verdict.map(verdict_word),
        clock.open,
        clock.paused,
        clock.due_at,
        clock.breached_at,
        clock.stopped_at,
        clock.check_at,
        Json(&clock.history),
        clock.id,
    ];
    tx.later(sql, &values).await
}

/// Writes the terms of a clock.
pub(super) async fn save_terms(tx: &Tx<'_>, clock: &Clock) -> Result<()> {
    let sql = "UPDATE clocks SET key = $1, name = $2, terms = $3, calendar = $4 WHERE id = $5";
    let values = params![
        &clock.terms.key,
        Json(&clock.terms.name),
        Json(&clock.terms),
        clock.terms.calendar.as_deref(),
        clock.id,
    ];
    tx.later(sql, &values).await
}
