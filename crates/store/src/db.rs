//! The database handle.

use std::{path::PathBuf, sync::Arc};

use heard_kernel::{Error, Result, codes};

use crate::{
    codes::{RESTORE_INCOMPLETE, STORAGE_BUSY},
    migrate::{Migration, restore_started, runner},
    postgres::Postgres,
    shared::Shared,
    sqlite::{Sizing, Sqlite},
    tx::Tx,
    work::Work,
};

/// Which engine a database is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Engine {
    /// The embedded default.
    Sqlite,
    /// A PostgreSQL server, 14 or newer.
    Postgres,
}

/// Where the database is.
#[derive(Clone, Debug)]
pub enum DbConfig {
    /// A file in a directory that this process holds alone.
    Sqlite {
        /// The data directory; the database is `heard.db` in it.
        dir: PathBuf,
        /// Threads and queue lengths.
        sizing: Sizing,
    },
    /// The same file, only to read from beside the process that holds it (backup, checks).
    SqliteReadOnly {
        /// The data directory.
        dir: PathBuf,
    },
    /// A PostgreSQL server.
    Postgres {
        /// `postgres://user:password@host:port/name?sslmode=…`
        url: String,
        /// Connections at most.
        connections: usize,
    },
}

/// A handle on the database, cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Inner>, Arc<Shared>);

enum Inner {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// Bytes that a text between processes may have: PostgreSQL's limit is 8000 with the closing NUL.
pub const NOTICE_BYTES: usize = 7_999;

/// How often a transaction that lost against another one is tried again.
const ATTEMPTS: u32 = 8;

impl Db {
    /// Opens the database.
    ///
    /// # Errors
    /// `data_dir_in_use` when another process holds the directory; the storage codes.
    pub async fn open(config: &DbConfig) -> Result<Self> {
        let inner = match config {
            DbConfig::Sqlite { dir, sizing } => Inner::Sqlite(Sqlite::open(dir, *sizing)?),
            DbConfig::SqliteReadOnly { dir } => Inner::Sqlite(Sqlite::open_read_only(dir)?),
            DbConfig::Postgres { url, connections } => {
                Inner::Postgres(Postgres::open(url, *connections).await?)
            }
        };
        Ok(Self(Arc::new(inner), Arc::default()))
    }

    /// What slices keep in memory beside this database.
    pub fn shared(&self) -> &Shared {
        &self.1
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match &*self.0 {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }

    /// Brings the schema up to date and tells how many migrations ran. Several processes may do it at once.
    ///
    /// # Errors
    /// `schema_newer` when a newer program wrote the database, `schema_differs` when a migration was edited after it
    /// ran, `restore_incomplete`, `internal` when a migration fails; the storage codes.
    pub async fn migrate(&self, migrations: &[Migration]) -> Result<usize> {
        let marked = self.read(async |tx| restore_started(tx).await).await?;
        if marked {
            return Err(Error::new(RESTORE_INCOMPLETE));
        }
        self.migrate_unchecked(migrations).await
    }

    /// Brings the schema up to date, also that of a database that is being restored.
    pub(crate) async fn migrate_unchecked(&self, migrations: &[Migration]) -> Result<usize> {
        let runner = runner(migrations, self.engine())?;
        match &*self.0 {
            Inner::Sqlite(sqlite) => sqlite.migrate(runner).await,
            Inner::Postgres(postgres) => postgres.migrate(runner).await,
        }
    }

    /// Runs a transaction. It is committed, durably, when this answers `Ok`, and otherwise nothing of it remains.
    /// The closure may be called again, after losing against another transaction, a key or a connection, so it must only
    /// change what `tx` undoes. It goes on when the caller goes away, unless it had not begun.
    ///
    /// # Errors
    /// What the closure fails with; `overloaded` when too many transactions wait; the storage codes.
    pub async fn tx<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T> + Send + Sync + 'static,
    {
        let (work, answer) = Work::of(f);
        self.run(true, work).await?;
        answer.take()
    }

    /// Reads. On SQLite all statements see one moment's state; on PostgreSQL each sees its own.
    ///
    /// # Errors
    /// What the closure fails with; the storage codes.
    pub async fn read<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T> + Send + Sync + 'static,
    {
        let (work, answer) = Work::of(f);
        self.run(false, work).await?;
        answer.take()
    }

    /// The one place where closures reach the engines: compiled once, whatever callers there are.
    async fn run(&self, write: bool, work: Work) -> Result<()> {
        let shared = Arc::clone(&self.1);
        let f = async move |tx: &Tx<'_>| {
            tx.attach(&shared);
            (work.0)(tx).await
        };
        match (&*self.0, write) {
            (Inner::Sqlite(sqlite), true) => sqlite.write(f).await,
            (Inner::Sqlite(sqlite), false) => sqlite.read(f).await,
            (Inner::Postgres(postgres), _) => postgres.run(write, f).await,
        }
    }

    /// Reads one moment's state on both engines: for backups and comparisons. The closure has a connection and a thread
    /// of its own, so it may take its time, and is called once.
    ///
    /// # Errors
    /// What the closure fails with; the storage codes.
    pub async fn snapshot<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> AsyncFnOnce(&'t Tx<'t>) -> Result<T> + Send + 'static,
    {
        match &*self.0 {
            Inner::Sqlite(sqlite) => sqlite.snapshot(f).await,
            Inner::Postgres(postgres) => postgres.snapshot(f).await,
        }
    }

    /// Looks for damage and unsuitable settings and says in words what was found. May take long on a large database.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn check(&self) -> Result<Vec<String>> {
        self.snapshot(async |tx| crate::check::check(tx).await).await
    }

    /// Talks with other processes on the same database: says what `outgoing` gives and hears what others, and this
    /// process itself, say on the channel. `heard` gets `None` once, when what is said from now on will be heard. A text
    /// may have [`NOTICE_BYTES`]. Never returns on SQLite, where there is no other process.
    ///
    /// # Errors
    /// `storage_unavailable` when the connection breaks; call again.
    pub async fn exchange<F>(
        &self,
        channel: &'static str,
        outgoing: impl Fn() -> F + Send,
        heard: impl Fn(Option<&str>) + Send + Sync,
    ) -> Result<()>
    where
        F: Future<Output = String> + Send,
    {
        match &*self.0 {
            Inner::Sqlite(_) => std::future::pending().await,
            Inner::Postgres(postgres) => postgres.exchange(channel, outgoing, heard).await,
        }
    }

    /// Waits for running transactions and closes the files. Later calls fail.
    pub async fn close(&self) {
        match &*self.0 {
            Inner::Sqlite(sqlite) => sqlite.close().await,
            Inner::Postgres(postgres) => postgres.close(),
        }
    }
}

/// Whether a transaction that failed so is worth another try.
pub(crate) fn retry(error: &Error, attempt: u32) -> bool {
    error.is(STORAGE_BUSY) && attempt + 1 < ATTEMPTS
}

/// The database was closed while somebody still wanted it.
pub(crate) fn closed() -> Error {
    Error::new(codes::STORAGE_UNAVAILABLE).because("the database is closed")
}

/// Too many wait already.
pub(crate) fn overloaded() -> Error {
    Error::new(codes::OVERLOADED).with("retry_after", 1)
}
