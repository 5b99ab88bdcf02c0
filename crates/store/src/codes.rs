//! Ways in which storage fails that no other part of Heard knows.

use heard_kernel::{Code, Error, codes};

/// Another process works on this data directory (`params.dir`, `params.pid`): stop it, or name another directory.
pub const DATA_DIR_IN_USE: Code = Code::new("data_dir_in_use", 503);
/// No database is in the data directory that was named (`params.dir`), and nothing is to be made there.
pub const NO_DATABASE: Code = Code::new("no_database", 404);
/// Other work on the same rows came first, several times in a row; try again.
pub const STORAGE_BUSY: Code = Code::new("storage_busy", 503);
/// A statement took longer than the database server allows.
pub const STORAGE_TIMEOUT: Code = Code::new("storage_timeout", 503);
/// The database was written by a newer Heard (`params.migration`): start that version, or restore an older backup.
pub const SCHEMA_NEWER: Code = Code::new("schema_newer", 500);
/// The database and this program disagree about a schema change (`params.migration`): start a released version.
pub const SCHEMA_DIFFERS: Code = Code::new("schema_differs", 500);
/// A restore into this database was cut off: empty the database or the data directory and restore again.
pub const RESTORE_INCOMPLETE: Code = Code::new("restore_incomplete", 500);
/// A restore wants an empty database and data directory (`params.found` is in the way).
pub const RESTORE_TARGET_NOT_EMPTY: Code = Code::new("restore_target_not_empty", 409);

/// Whether the failure is the storage's and not that of what was asked: the same may go well when the server is back,
/// the disk has room or the crowd is gone. Whoever counts attempts does not count these.
pub fn is_passing(error: &Error) -> bool {
    [
        codes::OVERLOADED,
        codes::STORAGE_UNAVAILABLE,
        codes::STORAGE_FULL,
        codes::STORAGE_READ_ONLY,
        STORAGE_BUSY,
    ]
    .iter()
    .any(|code| error.is(*code))
}
