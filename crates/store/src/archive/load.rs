//! Filling an empty database from lines.

use heard_kernel::{Error, Result};

use super::{Numbered, Table, catalog, line, quoted};
use crate::{
    Db, Engine, Migration, Tx, Value,
    codes::{RESTORE_INCOMPLETE, RESTORE_TARGET_NOT_EMPTY, SCHEMA_DIFFERS},
    migrate::restore_started,
    params,
};

/// Parameters of one statement at most; the engines allow twice as many.
const PARAMETERS: usize = 16_000;

/// Marks an empty database as incomplete and brings it to the schema of the archive. [`Loader::finish`] takes the mark
/// away in the transaction that holds the rows; until then [`Db::migrate`] refuses the database.
///
/// # Errors
/// `restore_target_not_empty`, `restore_incomplete` when an earlier restore was cut off; the storage codes.
pub async fn begin_restore(db: &Db, migrations: &[Migration]) -> Result<()> {
    check_empty(db).await?;
    db.tx(async |tx| tx.batch("CREATE TABLE restore_incomplete (started BIGINT)").await).await?;
    db.migrate_unchecked(migrations).await.map(drop)
}

/// Refuses a database that holds tables.
///
/// # Errors
/// As [`begin_restore`].
pub async fn check_empty(db: &Db) -> Result<()> {
    let names = db.read(async |tx| catalog::names(tx).await).await?;
    if names.iter().any(|name| name == MARK) {
        return Err(Error::new(RESTORE_INCOMPLETE));
    }
    match names.first() {
        None => Ok(()),
        Some(name) => Err(Error::new(RESTORE_TARGET_NOT_EMPTY).with("found", name)),
    }
}

/// Refuses a database that holds half a restore.
///
/// # Errors
/// `restore_incomplete`; the storage codes.
pub async fn check_complete(tx: &Tx<'_>) -> Result<()> {
    if restore_started(tx).await? { Err(Error::new(RESTORE_INCOMPLETE)) } else { Ok(()) }
}

const MARK: &str = "restore_incomplete";

/// Fills the tables of a database inside one transaction.
pub struct Loader<'t> {
    tx: &'t Tx<'t>,
    tables: Vec<Table>,
    current: Option<Insert>,
    /// Foreign keys that are made again afterwards: table, name, definition.
    keys: Vec<(String, String, String)>,
    rows: u64,
}

/// Rows of one table on their way in.
struct Insert {
    table: Table,
    /// Rows that go in with one statement, and that statement.
    batch: usize,
    statement: String,
    values: Vec<Value>,
}

impl<'t> Loader<'t> {
    /// Empties the tables that migrations filled, and lets references wait until the end.
    ///
    /// # Errors
    /// `schema_differs` when the tables of the archive are not those of the database; the storage codes.
    pub async fn begin(tx: &'t Tx<'t>, archived: &[Table]) -> Result<Self> {
        let mut tables = catalog(tx).await?;
        tables.retain(|table| table.name != MARK);
        for table in archived {
            let same = tables.iter().any(|own| own.name == table.name && same_columns(own, table));
            if !same || archived.len() != tables.len() {
                return Err(Error::new(SCHEMA_DIFFERS)
                    .because(format!("table {} of the archive has no match", table.name)));
            }
        }
        let keys = match tx.engine() {
            Engine::Sqlite => {
                // Room for the indexes, which are written all over.
                tx.batch("PRAGMA defer_foreign_keys = ON; PRAGMA cache_size = -65536").await?;
                Vec::new()
            }
            Engine::Postgres => drop_keys(tx).await?,
        };
        for table in tables.iter().rev() {
            tx.execute(&format!("DELETE FROM {}", quoted(&table.name)), &[]).await?;
        }
        Ok(Self { tx, tables: archived.to_vec(), current: None, keys, rows: 0 })
    }

    /// Stores a row of a table, or tells that the line is none. Tables come one after another.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn row(&mut self, table: &str, line: &[u8]) -> Result<bool> {
        if self.current.as_ref().is_none_or(|insert| insert.table.name != table) {
            self.flush().await?;
            let Some(table) = self.tables.iter().find(|known| known.name == table) else { return Ok(false) };
            let batch = match self.tx.engine() {
                Engine::Sqlite => 1,
                // One round trip for many rows.
                Engine::Postgres => (PARAMETERS / table.columns.len().max(1)).clamp(1, 500),
            };
            let statement = insert_text(table, batch);
            self.current = Some(Insert { table: table.clone(), batch, statement, values: Vec::new() });
        }
        let Some(insert) = &mut self.current else { return Ok(false) };
        let Some(values) = line::read(line, &insert.table.columns) else { return Ok(false) };
        insert.values.extend(values);
        self.rows += 1;
        if insert.values.len() >= insert.batch * insert.table.columns.len() {
            self.flush().await?;
        }
        Ok(true)
    }

    async fn flush(&mut self) -> Result<()> {
        let Some(insert) = &mut self.current else { return Ok(()) };
        let rows = insert.values.len() / insert.table.columns.len().max(1);
        if rows == insert.batch {
            self.tx.execute(&insert.statement, &insert.values).await?;
        } else if rows > 0 {
            self.tx.execute(&insert_text(&insert.table, rows), &insert.values).await?;
        }
        insert.values.clear();
        Ok(())
    }

    /// Makes the references hold again, moves on the engine's numbers, and takes away the mark of an incomplete restore.
    /// Tells how many rows were stored.
    ///
    /// # Errors
    /// `internal` when a row refers to one that is not there; the storage codes.
    pub async fn finish(mut self) -> Result<u64> {
        self.flush().await?;
        match self.tx.engine() {
            Engine::Sqlite => self.check_keys().await?,
            Engine::Postgres => {
                for (table, name, definition) in &self.keys {
                    let sql = format!("ALTER TABLE {table} ADD CONSTRAINT {} {definition}", quoted(name));
                    self.tx.batch(&sql).await?;
                }
            }
        }
        self.move_numbers().await?;
        self.tx.batch("DROP TABLE restore_incomplete").await?;
        Ok(self.rows)
    }

    async fn check_keys(&self) -> Result<()> {
        let sql = "SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT 1";
        match self.tx.optional::<(String, String)>(sql, &[]).await? {
            None => Ok(()),
            Some((table, parent)) => {
                Err(Error::internal(format!("a row of {table} refers to one of {parent} that is not there")))
            }
        }
    }

    /// A number that was given once is never given again.
    async fn move_numbers(&self) -> Result<()> {
        for own in catalog(self.tx).await? {
            let Some(Numbered { column, last }) = &own.numbered else { continue };
            let archived = self.tables.iter().find(|table| table.name == own.name);
            let last = archived.and_then(|table| table.numbered.as_ref()).map_or(0, |n| n.last).max(*last);
            if last == 0 {
                continue;
            }
            match self.tx.engine() {
                Engine::Sqlite => self.move_number(&own.name, last).await?,
                Engine::Postgres => {
                    let sql = "SELECT setval(CAST(pg_get_serial_sequence($1, $2) AS regclass), $3)";
                    self.tx.execute(sql, &params![quoted(&own.name), column, last]).await?;
                }
            }
        }
        Ok(())
    }

    /// SQLite remembers the last number of tables with `AUTOINCREMENT` alone.
    async fn move_number(&self, table: &str, last: i64) -> Result<()> {
        let remembers = "SELECT 1 FROM sqlite_master WHERE name = $1 AND lower(sql) LIKE '%autoincrement%'";
        if self.tx.scalar::<i64>(remembers, &params![table]).await?.is_some() {
            self.tx.execute("DELETE FROM sqlite_sequence WHERE name = $1", &params![table]).await?;
            let sql = "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)";
            self.tx.execute(sql, &params![table, last]).await?;
        }
        Ok(())
    }
}

fn same_columns(own: &Table, archived: &Table) -> bool {
    own.columns.len() == archived.columns.len()
        && archived.columns.iter().all(|column| own.columns.contains(column))
}

fn insert_text(table: &Table, rows: usize) -> String {
    let width = table.columns.len();
    let names: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
    let marks = |row: usize| {
        let marks: Vec<String> = (1..=width).map(|n| format!("${}", row * width + n)).collect();
        format!("({})", marks.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(marks).collect();
    format!("INSERT INTO {} ({}) VALUES {}", quoted(&table.name), names.join(", "), rows.join(", "))
}

/// Takes the foreign keys away, to be made again when all rows are in; also lets statements take their time.
async fn drop_keys(tx: &Tx<'_>) -> Result<Vec<(String, String, String)>> {
    tx.batch("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0").await?;
    let sql = "SELECT CAST(CAST(c.conrelid AS regclass) AS TEXT), CAST(c.conname AS TEXT), pg_get_constraintdef(c.oid) \
               FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace \
               WHERE c.contype = 'f' AND n.nspname = current_schema() ORDER BY c.conname";
    let keys = tx.query::<(String, String, String)>(sql, &[]).await?;
    for (table, name, _) in &keys {
        tx.batch(&format!("ALTER TABLE {table} DROP CONSTRAINT {}", quoted(name))).await?;
    }
    Ok(keys)
}
