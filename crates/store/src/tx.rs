//! A transaction, the same for both engines.

use std::{
    cell::{OnceCell, RefCell},
    sync::Arc,
};

use heard_kernel::{Error, Result};

use crate::{
    Engine,
    error::{from_postgres, from_sqlite},
    postgres::Line,
    row::{Column, FromRow, Row},
    shared::Shared,
    value::Value,
};

/// Rows that one statement inserts at most. Each count is a statement of its own to PostgreSQL, which keeps them prepared.
const ROWS_TOGETHER: usize = 16;

/// A transaction, or a read within one moment's state of the database.
///
/// Only its own methods may be awaited inside: on SQLite everything else would hold up the writer.
pub struct Tx<'t> {
    conn: Conn<'t>,
    /// The first statement that failed: the transaction can no longer be committed.
    spoiled: RefCell<Option<String>>,
    shared: OnceCell<Arc<Shared>>,
}

enum Conn<'t> {
    Sqlite(&'t rusqlite::Connection),
    Postgres(&'t Line<'t>),
}

impl<'t> Tx<'t> {
    pub(crate) fn sqlite(connection: &'t rusqlite::Connection) -> Self {
        Self::new(Conn::Sqlite(connection))
    }

    pub(crate) fn postgres(line: &'t Line<'t>) -> Self {
        Self::new(Conn::Postgres(line))
    }

    fn new(conn: Conn<'t>) -> Self {
        Self { conn, spoiled: RefCell::new(None), shared: OnceCell::new() }
    }

    /// Lets the transaction reach what is kept beside its database.
    pub(crate) fn attach(&self, shared: &Arc<Shared>) {
        self.shared.get_or_init(|| Arc::clone(shared));
    }

    /// What a slice keeps in memory beside this database, such as a cache. What a transaction writes there is not
    /// undone with it, so only what is committed belongs there.
    pub fn shared<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.shared.get_or_init(Arc::default).get()
    }

    /// Refuses to commit after a failed statement: PostgreSQL cannot, and SQLite would keep half of the work.
    pub(crate) fn check_unspoiled(&self) -> Result<()> {
        match self.spoiled.take() {
            None => Ok(()),
            Some(first) => Err(Error::internal(format!(
                "the transaction went on after a failed statement and was undone: {first}"
            ))),
        }
    }

    fn spoil(&self, error: Error) -> Error {
        self.spoiled.borrow_mut().get_or_insert_with(|| error.to_string());
        error
    }

    /// Which engine runs it. For the few texts that must differ.
    pub fn engine(&self) -> Engine {
        match self.conn {
            Conn::Sqlite(_) => Engine::Sqlite,
            Conn::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a statement and tells how many rows it changed.
    ///
    /// # Errors
    /// `already_exists` when a unique key is taken; the storage codes otherwise.
    #[track_caller]
    pub fn execute(&self, sql: &str, params: &[Value]) -> impl Future<Output = Result<u64>> {
        let place = std::panic::Location::caller();
        async move {
            match self.conn {
                Conn::Sqlite(connection) => sqlite_execute(connection, sql, params)
                    .map_err(|e| self.spoil(from_sqlite(e).because(place))),
                Conn::Postgres(line) => {
                    line.execute(sql, params).await.map_err(|e| self.spoil(e.because(place)))
                }
            }
        }
    }

    /// Runs a statement of which only its failure matters. On PostgreSQL it travels with the next statement or with
    /// `COMMIT`, whichever comes first, and that fails when it fails: so it is not for a statement that may find its key
    /// taken.
    ///
    /// # Errors
    /// `already_exists` when a unique key is taken; the storage codes otherwise.
    #[track_caller]
    pub fn later(&self, sql: &str, params: &[Value]) -> impl Future<Output = Result<()>> {
        self.later_at(sql, params, std::panic::Location::caller())
    }

    async fn later_at(
        &self,
        sql: &str,
        params: &[Value],
        place: &'static std::panic::Location<'static>,
    ) -> Result<()> {
        match self.conn {
            Conn::Sqlite(connection) => sqlite_execute(connection, sql, params)
                .map(drop)
                .map_err(|e| self.spoil(from_sqlite(e).because(place))),
            Conn::Postgres(line) => line.later(sql, params, place).await.map_err(|e| self.spoil(e)),
        }
    }

    /// Inserts rows of which only the failure matters, as [`Tx::later`]: `head` is the statement up to `VALUES`, `tail` what
    /// comes after the rows. PostgreSQL gets many rows in one statement, which costs it and us less than one for each;
    /// with `ON CONFLICT DO UPDATE` no two of them may have the same key.
    ///
    /// # Errors
    /// `already_exists` when a unique key is taken; the storage codes otherwise.
    #[track_caller]
    pub fn later_rows(
        &self,
        head: &str,
        rows: &[Vec<Value>],
        tail: &str,
    ) -> impl Future<Output = Result<()>> {
        let place = std::panic::Location::caller();
        let together = match self.engine() {
            Engine::Sqlite => 1,
            Engine::Postgres => ROWS_TOGETHER,
        };
        async move {
            for rows in rows.chunks(together) {
                let sql = format!("{head} VALUES {} {tail}", marks(rows.len(), rows[0].len()));
                self.later_at(&sql, &rows.concat(), place).await?;
            }
            Ok(())
        }
    }

    /// All rows of a query, read as `T`.
    ///
    /// # Errors
    /// The storage codes.
    #[track_caller]
    pub fn query<T: FromRow>(&self, sql: &str, params: &[Value]) -> impl Future<Output = Result<Vec<T>>> {
        let place = std::panic::Location::caller();
        async move {
            let mut items = Vec::new();
            self.each(sql, params, |row| {
                items.push(T::from_row(row)?);
                Ok(())
            })
            .await
            .map_err(|e| if e.detail().is_some() { e.because(place) } else { e })?;
            Ok(items)
        }
    }

    /// The first row of a query, if there is one.
    ///
    /// # Errors
    /// The storage codes.
    #[track_caller]
    pub fn optional<T: FromRow>(
        &self,
        sql: &str,
        params: &[Value],
    ) -> impl Future<Output = Result<Option<T>>> {
        let rows = self.query::<T>(sql, params);
        async move { Ok(rows.await?.into_iter().next()) }
    }

    /// The first row of a query that always has one, such as a count.
    ///
    /// # Errors
    /// `internal` when there is no row; the storage codes.
    #[track_caller]
    pub fn one<T: FromRow>(&self, sql: &str, params: &[Value]) -> impl Future<Output = Result<T>> {
        let row = self.optional::<T>(sql, params);
        async move { row.await?.ok_or_else(|| Error::internal("a row was expected")) }
    }

    /// The first column of the first row, if there is one.
    ///
    /// # Errors
    /// The storage codes.
    #[track_caller]
    pub fn scalar<T: Column>(&self, sql: &str, params: &[Value]) -> impl Future<Output = Result<Option<T>>> {
        let row = self.optional::<(T,)>(sql, params);
        async move { Ok(row.await?.map(|(value,)| value)) }
    }

    /// Hands each row to `see` without keeping them.
    ///
    /// # Errors
    /// The storage codes, and whatever `see` fails with.
    pub async fn each(
        &self,
        sql: &str,
        params: &[Value],
        mut see: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        match self.conn {
            Conn::Sqlite(connection) => {
                let fail = |error| self.spoil(from_sqlite(error));
                let mut statement = connection.prepare_cached(sql).map_err(fail)?;
                bind(&mut statement, params).map_err(fail)?;
                let mut rows = statement.raw_query();
                while let Some(row) = rows.next().map_err(fail)? {
                    see(&Row::sqlite(row))?;
                }
                Ok(())
            }
            // What `see` fails with is no failure of the transaction.
            Conn::Postgres(line) => {
                let mut seen = Ok(());
                let sent = line.each(sql, params, |row| {
                    if seen.is_ok() {
                        seen = see(row);
                    }
                });
                sent.await.map_err(|e| self.spoil(e))?;
                seen
            }
        }
    }

    /// Checks that a statement is understood by this engine. For tests.
    ///
    /// # Errors
    /// The engine's complaint.
    pub async fn prepare(&self, sql: &str) -> Result<()> {
        match self.conn {
            Conn::Sqlite(connection) => connection.prepare(sql).map(drop).map_err(from_sqlite),
            Conn::Postgres(line) => line.client().prepare(sql).await.map(drop).map_err(from_postgres),
        }
    }

    /// Runs several statements without parameters, such as those of a migration.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn batch(&self, sql: &str) -> Result<()> {
        match self.conn {
            Conn::Sqlite(connection) => connection.execute_batch(sql).map_err(|e| self.spoil(from_sqlite(e))),
            Conn::Postgres(line) => line.batch(sql).await.map_err(|e| self.spoil(e)),
        }
    }
}

fn sqlite_execute(connection: &rusqlite::Connection, sql: &str, params: &[Value]) -> rusqlite::Result<u64> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, params)?;
    // A statement with RETURNING yields rows; they are stepped over so that it runs to its end.
    let changed = if statement.column_count() == 0 {
        statement.raw_execute()?
    } else {
        let mut rows = statement.raw_query();
        let mut count = 0;
        while rows.next()?.is_some() {
            count += 1;
        }
        count
    };
    Ok(changed as u64)
}

/// The marks of some rows' values: `($1, $2), ($3, $4)`.
fn marks(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let marks: Vec<String> = (1..=columns).map(|column| format!("${}", row * columns + column)).collect();
        format!("({})", marks.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// SQLite takes `$1` for a name, so parameters are bound by it and not by position.
fn bind(statement: &mut rusqlite::CachedStatement<'_>, params: &[Value]) -> rusqlite::Result<()> {
    const NAMES: [&str; 24] = [
        "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15",
        "$16", "$17", "$18", "$19", "$20", "$21", "$22", "$23", "$24",
    ];
    // A mark without a value would silently be NULL.
    if statement.parameter_count() != params.len() {
        return Err(rusqlite::Error::InvalidParameterCount(params.len(), statement.parameter_count()));
    }
    for (position, value) in params.iter().enumerate() {
        let index = match NAMES.get(position) {
            Some(name) => statement.parameter_index(name)?,
            None => statement.parameter_index(&format!("${}", position + 1))?,
        };
        let index =
            index.ok_or(rusqlite::Error::InvalidParameterCount(params.len(), statement.parameter_count()))?;
        match value {
            // What PostgreSQL refuses is refused here too, and what SQLite would turn into NULL.
            Value::Text(v) if v.contains('\0') => return Err(unfit("text with a NUL character")),
            Value::Real(v) if v.is_nan() => return Err(unfit("a number that is no number")),
            Value::Null => statement.raw_bind_parameter(index, rusqlite::types::Null)?,
            Value::Bool(v) => statement.raw_bind_parameter(index, v)?,
            Value::Int(v) => statement.raw_bind_parameter(index, v)?,
            Value::Real(v) => statement.raw_bind_parameter(index, v)?,
            Value::Text(v) => statement.raw_bind_parameter(index, v)?,
            Value::Bytes(v) => statement.raw_bind_parameter(index, v)?,
            Value::Uuid(v) => statement.raw_bind_parameter(index, v.as_bytes().as_slice())?,
        }
    }
    Ok(())
}

fn unfit(what: &'static str) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(what.into())
}
