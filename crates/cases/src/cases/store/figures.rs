//! The rows of the figures of the archive.

use std::fmt::Write;

use heard_kernel::{Result, Timestamp};
use heard_store::{Columns, Engine, FromRow, Row, Tx, Value, params};

use super::{
    super::figures::{FigureKey, Figures},
    report::Counted,
};

/// Rows that are written by one statement.
const GROUP: usize = 500;

/// The time zone whose months the figures tell; nothing when there are none.
pub(crate) async fn figures_zone(tx: &Tx<'_>) -> Result<Option<String>> {
    tx.scalar("SELECT time_zone FROM case_figure_zone", &[]).await
}

struct Figure(FigureKey, Counted);

impl FromRow for Figure {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        let key = FigureKey {
            month: columns.next()?,
            type_key: columns.next()?,
            category_key: columns.next()?,
            severity_key: columns.next()?,
            outcome: columns.next()?,
        };
        Ok(Self(key, Counted::new(columns.next()?, columns.next()?, columns.next()?)))
    }
}

/// All figures.
pub(crate) async fn figures(tx: &Tx<'_>) -> Result<Figures> {
    let sql = "SELECT month, type_key, category_key, severity_key, outcome, n, rated, score FROM case_figures WHERE n <> 0";
    let rows: Vec<Figure> = tx.query(sql, &[]).await?;
    Ok(rows.into_iter().map(|row| (row.0, row.1)).collect())
}

/// Adds to figures. The steps come sorted, so that transactions take the rows in one order and do not block each other.
pub(crate) async fn add_figures(tx: &Tx<'_>, steps: &Figures) -> Result<()> {
    let all: Vec<_> = steps.iter().collect();
    for group in all.chunks(GROUP) {
        let mut sql = String::from(
            "INSERT INTO case_figures (month, type_key, category_key, severity_key, outcome, n, rated, score) VALUES ",
        );
        let mut values: Vec<Value> = Vec::with_capacity(group.len() * 8);
        for (index, (key, counted)) in group.iter().enumerate() {
            let marks: Vec<String> = (1..=8).map(|mark| format!("${}", values.len() + mark)).collect();
            let _ = write!(sql, "{}({})", if index == 0 { "" } else { ", " }, marks.join(", "));
            values.extend(params![
                &key.month,
                &key.type_key,
                &key.category_key,
                &key.severity_key,
                &key.outcome,
                counted.count,
                counted.rated,
                counted.sum,
            ]);
        }
        sql.push_str(
            " ON CONFLICT (month, type_key, category_key, severity_key, outcome) DO UPDATE SET \
             n = case_figures.n + excluded.n, rated = case_figures.rated + excluded.rated, \
             score = case_figures.score + excluded.score",
        );
        tx.later(&sql, &values).await?;
    }
    Ok(())
}

/// Puts other figures in the place of those that there are.
pub(crate) async fn replace_figures(tx: &Tx<'_>, zone: &str, figures: &Figures) -> Result<()> {
    tx.later("DELETE FROM case_figures", &[]).await?;
    tx.later("DELETE FROM case_figure_zone", &[]).await?;
    tx.later("INSERT INTO case_figure_zone (time_zone) VALUES ($1)", &params![zone]).await?;
    add_figures(tx, figures).await
}

/// Archived cases of a quarter of an hour that have the same keys. In every time zone months begin on such quarters.
pub(crate) struct Quarter {
    pub(crate) quarter: Timestamp,
    pub(crate) type_key: String,
    pub(crate) category_key: Option<String>,
    pub(crate) severity_key: Option<String>,
    pub(crate) outcome: Option<String>,
    pub(crate) counted: Counted,
}

impl FromRow for Quarter {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            quarter: columns.next()?,
            type_key: columns.next()?,
            category_key: columns.next()?,
            severity_key: columns.next()?,
            outcome: columns.next()?,
            counted: Counted::new(columns.next()?, columns.next()?, columns.next()?),
        })
    }
}

/// Counts all archived cases.
pub(crate) async fn archived_by_quarter(tx: &Tx<'_>) -> Result<Vec<Quarter>> {
    let sql = "SELECT (received_at / 900000) * 900000 AS quarter, type_key, category_key, severity_key, outcome, count(*), \
               count(satisfaction), CAST(coalesce(sum(satisfaction), 0) AS BIGINT) FROM cases WHERE shelf = 'archived' \
               GROUP BY 1, 2, 3, 4, 5";
    tx.query(sql, &[]).await
}

/// Keeps cases from being archived by others until the end of the transaction. SQLite has one writer anyway.
pub(crate) async fn hold_figures(tx: &Tx<'_>) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => {
            let sql = "LOCK TABLE cases, case_figures, case_figure_zone IN SHARE ROW EXCLUSIVE MODE";
            tx.later(sql, &[]).await
        }
    }
}
