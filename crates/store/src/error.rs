//! Driver errors as Heard's errors. The driver's words go to the log, never to the caller.

use heard_kernel::{Code, Error, codes};
use rusqlite::ErrorCode;
use tokio_postgres::error::SqlState;

/// Two transactions wanted the same rows; the transaction is tried again, and only the last failure is seen.
pub(crate) const BUSY: Code = Code::new("storage_busy", 503);

#[track_caller]
pub(crate) fn from_sqlite(error: rusqlite::Error) -> Error {
    let code = match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) if is_unique(&error) => codes::ALREADY_EXISTS,
        Some(ErrorCode::DiskFull) => codes::STORAGE_FULL,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => codes::STORAGE_READ_ONLY,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => codes::STORAGE_DAMAGED,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => BUSY,
        Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure | ErrorCode::OutOfMemory) => {
            codes::STORAGE_UNAVAILABLE
        }
        _ => codes::INTERNAL,
    };
    Error::new(code).because(error)
}

fn is_unique(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID, SQLITE_CONSTRAINT_UNIQUE};
    error.sqlite_error().is_some_and(|e| {
        matches!(
            e.extended_code,
            SQLITE_CONSTRAINT_UNIQUE | SQLITE_CONSTRAINT_PRIMARYKEY | SQLITE_CONSTRAINT_ROWID
        )
    })
}

#[track_caller]
pub(crate) fn from_postgres(error: tokio_postgres::Error) -> Error {
    let code = match error.code() {
        Some(state) if *state == SqlState::UNIQUE_VIOLATION => codes::ALREADY_EXISTS,
        Some(state) if *state == SqlState::DISK_FULL => codes::STORAGE_FULL,
        Some(state) if *state == SqlState::READ_ONLY_SQL_TRANSACTION => codes::STORAGE_READ_ONLY,
        Some(state)
            if *state == SqlState::T_R_SERIALIZATION_FAILURE || *state == SqlState::T_R_DEADLOCK_DETECTED =>
        {
            BUSY
        }
        Some(state) if *state == SqlState::DATA_CORRUPTED || *state == SqlState::INDEX_CORRUPTED => {
            codes::STORAGE_DAMAGED
        }
        // Classes 08 (connection), 53 (resources), 57 (operator intervention).
        Some(state) if ["08", "53", "57"].contains(&&state.code()[..2]) => codes::STORAGE_UNAVAILABLE,
        Some(_) => codes::INTERNAL,
        None if error.is_closed()
            || std::error::Error::source(&error).is_some_and(|s| s.is::<std::io::Error>()) =>
        {
            codes::STORAGE_UNAVAILABLE
        }
        None => codes::INTERNAL,
    };
    let detail = error.as_db_error().map_or_else(|| error.to_string(), |db| db.message().to_owned());
    Error::new(code).because(detail)
}

#[track_caller]
pub(crate) fn from_pool(error: deadpool_postgres::PoolError) -> Error {
    match error {
        deadpool_postgres::PoolError::Backend(error) => from_postgres(error),
        other => Error::new(codes::STORAGE_UNAVAILABLE).because(other),
    }
}
