//! The tables, read from the engine itself.

use std::collections::{BTreeMap, BTreeSet};

use heard_kernel::{Error, Result};

use super::{AppliedMigration, ColumnInfo, ColumnKind, Numbered, Table, quoted};
use crate::{Engine, Tx, params};

/// The migration runner's own table: a restore makes it anew.
const HISTORY: &str = "refinery_schema_history";

/// All tables in an order in which each comes after those that it refers to, as far as there is one.
///
/// # Errors
/// The storage codes; `internal` when a column is of a type that not both engines have.
pub async fn catalog(tx: &Tx<'_>) -> Result<Vec<Table>> {
    let mut tables = BTreeMap::new();
    let mut references = BTreeMap::new();
    for name in names(tx).await? {
        if name != HISTORY {
            references.insert(name.clone(), referred(tx, &name).await?);
            tables.insert(name.clone(), table(tx, name).await?);
        }
    }
    let order = ordered(&references);
    Ok(order.into_iter().filter_map(|name| tables.remove(&name)).collect())
}

/// The schema changes that ran, oldest first; none in a database without tables.
///
/// # Errors
/// The storage codes.
pub async fn applied_migrations(tx: &Tx<'_>) -> Result<Vec<AppliedMigration>> {
    if !names(tx).await?.iter().any(|name| name == HISTORY) {
        return Ok(Vec::new());
    }
    let sql = "SELECT version, name FROM refinery_schema_history ORDER BY version";
    let rows = tx.query::<(i32, String)>(sql, &[]).await?;
    Ok(rows.into_iter().map(|(version, name)| AppliedMigration { version, name }).collect())
}

/// The names of all tables that are no part of the engine.
pub(super) async fn names(tx: &Tx<'_>) -> Result<Vec<String>> {
    let sql = match tx.engine() {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1"
        }
    };
    Ok(tx.query::<(String,)>(sql, &[]).await?.into_iter().map(|(name,)| name).collect())
}

async fn table(tx: &Tx<'_>, name: String) -> Result<Table> {
    // Generated columns are computed again and so left out; `hidden` is 0 for the others.
    let sql = match tx.engine() {
        Engine::Sqlite => {
            "SELECT name, lower(type) FROM pragma_table_xinfo($1) WHERE hidden = 0 ORDER BY cid"
        }
        Engine::Postgres => {
            "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns \
             WHERE table_schema = current_schema() AND CAST(table_name AS TEXT) = $1 AND is_generated = 'NEVER' \
             ORDER BY ordinal_position"
        }
    };
    let mut columns = Vec::new();
    for (column, of) in tx.query::<(String, String)>(sql, &params![&name]).await? {
        let kind = kind(&of).ok_or_else(|| {
            Error::internal(format!("column {name}.{column} of type {of} cannot be carried between engines"))
        })?;
        columns.push(ColumnInfo { name: column, kind });
    }
    let numbered = numbered(tx, &name).await?;
    Ok(Table { name, columns, numbered })
}

fn kind(of: &str) -> Option<ColumnKind> {
    Some(match of.split('(').next().unwrap_or_default().trim() {
        "boolean" => ColumnKind::Bool,
        "bigint" | "integer" | "smallint" => ColumnKind::Int,
        "double precision" | "real" => ColumnKind::Real,
        "text" | "varchar" | "character varying" => ColumnKind::Text,
        "bytea" | "blob" => ColumnKind::Bytes,
        "uuid" => ColumnKind::Uuid,
        _ => return None,
    })
}

async fn numbered(tx: &Tx<'_>, name: &str) -> Result<Option<Numbered>> {
    let sql = match tx.engine() {
        // The one column that stands for SQLite's own row number.
        Engine::Sqlite => {
            "SELECT max(name) FROM pragma_table_info($1) WHERE pk > 0 \
             HAVING count(*) = 1 AND max(lower(type)) = 'integer'"
        }
        Engine::Postgres => {
            "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_schema = current_schema() \
             AND CAST(table_name AS TEXT) = $1 AND (is_identity = 'YES' OR column_default LIKE 'nextval(%')"
        }
    };
    let Some(column) = tx.scalar::<String>(sql, &params![name]).await? else { return Ok(None) };
    let highest = format!("SELECT max({}) FROM {}", quoted(&column), quoted(name));
    let highest = tx.scalar::<Option<i64>>(&highest, &[]).await?.flatten().unwrap_or(0);
    let last = last_given(tx, name, &column).await?.max(highest);
    Ok(Some(Numbered { column, last }))
}

/// The last number that the engine remembers to have given, 0 if it does not.
async fn last_given(tx: &Tx<'_>, name: &str, column: &str) -> Result<i64> {
    let last = match tx.engine() {
        Engine::Sqlite => {
            let kept = "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'";
            if tx.scalar::<i64>(kept, &[]).await?.is_none() {
                return Ok(0);
            }
            let sql = "SELECT seq FROM sqlite_sequence WHERE name = $1";
            tx.scalar::<Option<i64>>(sql, &params![name]).await?
        }
        Engine::Postgres => {
            let sql = "SELECT last_value FROM pg_sequences WHERE CAST(CAST(format('%I.%I', schemaname, sequencename) \
                       AS regclass) AS oid) = CAST(CAST(pg_get_serial_sequence($1, $2) AS regclass) AS oid)";
            tx.scalar::<Option<i64>>(sql, &params![quoted(name), column]).await?
        }
    };
    Ok(last.flatten().unwrap_or(0))
}

/// The tables that a table refers to.
async fn referred(tx: &Tx<'_>, name: &str) -> Result<BTreeSet<String>> {
    let sql = match tx.engine() {
        Engine::Sqlite => "SELECT \"table\" FROM pragma_foreign_key_list($1)",
        Engine::Postgres => {
            "SELECT CAST(target.relname AS TEXT) FROM pg_constraint c \
             JOIN pg_class source ON source.oid = c.conrelid JOIN pg_class target ON target.oid = c.confrelid \
             JOIN pg_namespace n ON n.oid = source.relnamespace \
             WHERE c.contype = 'f' AND n.nspname = current_schema() AND CAST(source.relname AS TEXT) = $1"
        }
    };
    let rows = tx.query::<(String,)>(sql, &params![name]).await?;
    Ok(rows.into_iter().map(|(target,)| target).filter(|target| target != name).collect())
}

/// Each name after those that it refers to; what refers to itself in a circle comes last, by name.
fn ordered(references: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    loop {
        let ready: Vec<&String> = references
            .iter()
            .filter(|(name, targets)| !done.contains(name) && targets.iter().all(|t| done.contains(t)))
            .map(|(name, _)| name)
            .collect();
        if ready.is_empty() {
            let circle = references.keys().filter(|name| !done.contains(name)).cloned().collect::<Vec<_>>();
            done.extend(circle);
            return done;
        }
        done.extend(ready.into_iter().cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_come_after_what_they_refer_to() {
        let graph = |edges: &[(&str, &[&str])]| {
            let edges = edges
                .iter()
                .map(|(name, to)| ((*name).to_owned(), to.iter().map(|t| (*t).to_owned()).collect()));
            ordered(&edges.collect())
        };
        assert_eq!(graph(&[("a", &["c"]), ("b", &["a"]), ("c", &[])]), ["c", "a", "b"]);
        assert_eq!(graph(&[("a", &["b"]), ("b", &["a"]), ("c", &[])]), ["c", "a", "b"]);
    }
}
