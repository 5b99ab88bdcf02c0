//! Opening the file, and holding its directory alone.

use std::{
    fs::File,
    io::{Read, Write},
    path::Path,
    time::Duration,
};

use heard_kernel::{Error, Result, codes};
use rusqlite::{Connection, OpenFlags, config::DbConfig};

use crate::{
    codes::{DATA_DIR_IN_USE, NO_DATABASE},
    error::{from_sqlite, storage_error},
};

pub(super) const FILE_NAME: &str = "heard.db";

/// Statements whose compiled form is kept per connection.
const STATEMENTS: usize = 256;

/// A lock on the data directory, held as long as this lives. The operating system lets go of it when the process dies.
#[derive(Debug)]
pub(super) struct DirLock {
    _file: File,
}

impl DirLock {
    pub(super) fn take(dir: &Path) -> Result<Self> {
        let fail = |error: std::io::Error| {
            storage_error(&error).because(format!("data directory {}", dir.display()))
        };
        make_private(dir).map_err(fail)?;
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(dir.join("heard.lock"))
            .map_err(fail)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = file.take(32).read_to_string(&mut holder);
                let (dir, pid) = (dir.display().to_string(), holder.trim().to_owned());
                return Err(Error::new(DATA_DIR_IN_USE).with("dir", dir).with("pid", pid));
            }
            Err(std::fs::TryLockError::Error(error)) => return Err(fail(error)),
        }
        file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id())).map_err(fail)?;
        Ok(Self { _file: file })
    }
}

/// Makes the directory for its owner alone, unless it is there: it will hold what customers wrote.
fn make_private(dir: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

pub(super) fn writable(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path).map_err(from_sqlite)?;
    // SQLite opens a file that it may not write all the same, to read from it.
    if connection.is_readonly("main").map_err(from_sqlite)? {
        let file = path.display();
        return Err(Error::new(codes::STORAGE_READ_ONLY).because(format!("{file} cannot be written")));
    }
    // FULL: a commit is on the disk before it is acknowledged, also in write-ahead mode.
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
             PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864;",
        )
        .map_err(from_sqlite)?;
    common(&connection)?;
    Ok(connection)
}

/// Refuses a directory without a database, for whoever reads beside a process that may be serving.
pub(super) fn expect_database(dir: &Path) -> Result<()> {
    let path = dir.join(FILE_NAME);
    match path.try_exists() {
        Ok(true) => Ok(()),
        Ok(false) => Err(Error::new(NO_DATABASE).with("dir", dir.display().to_string())),
        Err(error) => Err(storage_error(&error).because(path.display())),
    }
}

pub(super) fn read_only(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(from_sqlite)?;
    connection
        .execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY;")
        .map_err(from_sqlite)?;
    common(&connection)?;
    Ok(connection)
}

fn common(connection: &Connection) -> Result<()> {
    connection.busy_timeout(Duration::from_secs(5)).map_err(from_sqlite)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Otherwise a statement whose plan might depend on a value is compiled again whenever another value is bound, which
    // costs more than running it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(from_sqlite)?;
    Ok(())
}
