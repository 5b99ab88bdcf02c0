//! The statements of this slice.

mod around;
mod counts;
mod evidence;
mod figures;
mod list;
mod people;
mod report;
mod save;
mod seen;
mod taken;

use heard_kernel::Result;
use heard_store::{Engine, Tx, params};

pub(crate) use around::*;
pub(crate) use counts::*;
pub(crate) use evidence::*;
pub(crate) use figures::*;
pub(crate) use list::*;
pub(crate) use people::*;
pub(crate) use report::{Counted, count_grouped};
pub(crate) use save::{insert, insert_into, save};
pub(crate) use seen::{Condition, of_team, owned_by, seen_by};
pub(crate) use taken::{Shelved, Taken, how_many, taken};

use super::model::{Case, CaseId};

/// The columns of a case in a table named `c`.
fn columns() -> String {
    Case::COLUMNS.iter().map(|column| format!("c.{column}")).collect::<Vec<_>>().join(", ")
}

/// The same with an empty record, for lists, which do not show it.
fn short_columns() -> String {
    let short = |column: &&str| if *column == "record" { "'{}'".to_owned() } else { format!("c.{column}") };
    Case::COLUMNS.iter().map(short).collect::<Vec<_>>().join(", ")
}

/// A case.
pub(crate) async fn load(tx: &Tx<'_>, id: CaseId) -> Result<Option<Case>> {
    tx.optional(&format!("SELECT {} FROM cases c WHERE c.id = $1", columns()), &params![id]).await
}

/// The same, held against changes by others until the end of the transaction. SQLite has one writer, so nobody else can
/// change it anyway.
pub(crate) async fn load_to_change(tx: &Tx<'_>, id: CaseId) -> Result<Option<Case>> {
    match tx.engine() {
        Engine::Sqlite => load(tx, id).await,
        Engine::Postgres => {
            let sql = format!("SELECT {} FROM cases c WHERE c.id = $1 FOR UPDATE OF c", columns());
            tx.optional(&sql, &params![id]).await
        }
    }
}

/// The id of the case with a number.
pub(crate) async fn by_no(tx: &Tx<'_>, no: i64) -> Result<Option<CaseId>> {
    tx.scalar("SELECT id FROM cases WHERE no = $1", &params![no]).await
}

/// The next number for people.
pub(crate) async fn next_no(tx: &Tx<'_>) -> Result<i64> {
    let sql = "UPDATE case_numbers SET last_no = last_no + 1 WHERE name = 'case' RETURNING last_no";
    Ok(tx.scalar::<i64>(sql, &[]).await?.unwrap_or(10_001))
}
