//! Driver errors as Heard's errors. The driver's words go to the log, never to the caller.

use std::{error::Error as _, io::ErrorKind};

use deadpool_postgres::{PoolError, TimeoutType};
use heard_kernel::{Code, Error, codes};
use rusqlite::ErrorCode;
use tokio_postgres::error::SqlState;

use crate::{
    codes::{STORAGE_BUSY, STORAGE_TIMEOUT},
    db::overloaded,
};

/// A failure of the file system as Heard's error.
#[track_caller]
pub fn storage_error(error: &std::io::Error) -> Error {
    let code = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => codes::STORAGE_FULL,
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => codes::STORAGE_READ_ONLY,
        _ => codes::STORAGE_UNAVAILABLE,
    };
    Error::new(code).because(error)
}

#[track_caller]
pub(crate) fn from_sqlite(error: rusqlite::Error) -> Error {
    Error::new(sqlite_code(&error)).because(error)
}

pub(crate) fn sqlite_code(error: &rusqlite::Error) -> Code {
    use rusqlite::ffi::{
        SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID, SQLITE_CONSTRAINT_UNIQUE, SQLITE_IOERR_SHMSIZE,
    };
    let extended = error.sqlite_error().map_or(0, |e| e.extended_code);
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation)
            if [SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID]
                .contains(&extended) =>
        {
            codes::ALREADY_EXISTS
        }
        Some(ErrorCode::DiskFull) => codes::STORAGE_FULL,
        // The index of the write-ahead log could not grow.
        Some(ErrorCode::SystemIoFailure) if extended == SQLITE_IOERR_SHMSIZE => codes::STORAGE_FULL,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => codes::STORAGE_READ_ONLY,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => codes::STORAGE_DAMAGED,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => STORAGE_BUSY,
        Some(ErrorCode::OperationInterrupted) => STORAGE_TIMEOUT,
        Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure | ErrorCode::OutOfMemory) => {
            codes::STORAGE_UNAVAILABLE
        }
        _ => codes::INTERNAL,
    }
}

#[track_caller]
pub(crate) fn from_postgres(error: tokio_postgres::Error) -> Error {
    let code = postgres_code(&error);
    Error::new(code).because(postgres_detail(&error))
}

pub(crate) fn postgres_code(error: &tokio_postgres::Error) -> Code {
    let Some(state) = error.code() else {
        let lost = error.is_closed() || error.source().is_some_and(|s| s.is::<std::io::Error>());
        return if lost { codes::STORAGE_UNAVAILABLE } else { codes::INTERNAL };
    };
    let is = |states: &[SqlState]| states.contains(state);
    if is(&[SqlState::UNIQUE_VIOLATION]) {
        codes::ALREADY_EXISTS
    } else if is(&[SqlState::DISK_FULL]) {
        codes::STORAGE_FULL
    } else if is(&[SqlState::READ_ONLY_SQL_TRANSACTION]) {
        codes::STORAGE_READ_ONLY
    } else if is(&[SqlState::QUERY_CANCELED]) {
        STORAGE_TIMEOUT
    } else if is(&[
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::LOCK_NOT_AVAILABLE,
    ]) || is_stale_plan(error)
    {
        STORAGE_BUSY
    } else if is(&[SqlState::DATA_CORRUPTED, SqlState::INDEX_CORRUPTED]) {
        codes::STORAGE_DAMAGED
    } else if ["08", "28", "3D", "53", "57", "58"].contains(&&state.code()[..2]) {
        // Classes: connection, authorisation, no such database, resources, operator intervention, system.
        codes::STORAGE_UNAVAILABLE
    } else {
        codes::INTERNAL
    }
}

/// An error on the way to a connection: whatever it is, the server cannot be used.
#[track_caller]
pub(crate) fn from_connect(error: tokio_postgres::Error) -> Error {
    let code = match postgres_code(&error) {
        codes::INTERNAL => codes::STORAGE_UNAVAILABLE,
        known => known,
    };
    Error::new(code).because(postgres_detail(&error))
}

/// A prepared statement no longer fits the schema, which changed under it; prepared anew it works.
fn is_stale_plan(error: &tokio_postgres::Error) -> bool {
    error.as_db_error().is_some_and(|db| {
        db.routine() == Some("RevalidateCachedQuery") || *db.code() == SqlState::INVALID_SQL_STATEMENT_NAME
    })
}

/// The server's message, or the driver's with its causes. Neither holds the address with its password.
fn postgres_detail(error: &tokio_postgres::Error) -> String {
    if let Some(db) = error.as_db_error() {
        return format!("{} ({})", db.message(), db.code().code());
    }
    causes(error)
}

/// An error with all its causes.
pub(crate) fn causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text
}

#[track_caller]
pub(crate) fn from_pool(error: PoolError) -> Error {
    match error {
        PoolError::Backend(error) => from_connect(error),
        // Every connection is busy and stayed so.
        PoolError::Timeout(TimeoutType::Wait) => overloaded(),
        other => Error::new(codes::STORAGE_UNAVAILABLE).because(other),
    }
}
