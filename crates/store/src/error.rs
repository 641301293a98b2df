//! What can go wrong with a database, told apart as far as a caller can act on it.

use rusqlite::{ErrorCode, ffi};
use std::io;

/// Writing, or making room to write, failed.
const NO_ROOM: [i32; 3] =
    [ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_IOERR_SHMSIZE, ffi::SQLITE_IOERR_TRUNCATE];

/// A failure of the store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The key does not open this account's databases. Nothing was touched.
    #[error("the key does not open this account")]
    WrongKey,
    /// A newer version of the program wrote it. Nothing was touched.
    #[error("{database} has schema {found}, this version knows up to {known}")]
    NewerVersion {
        /// The database's file name.
        database: &'static str,
        /// Its schema version.
        found: i64,
        /// The newest schema version this program knows.
        known: i64,
    },
    /// It was damaged. The file has been set aside where it can be fetched again, and the next
    /// call works with an empty one.
    #[error("{database} is damaged")]
    Damaged {
        /// The database's file name.
        database: &'static str,
    },
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The folder or its files cannot be written.
    #[error("the data folder cannot be written")]
    ReadOnly,
    /// Another process keeps the database busy.
    #[error("another process is busy with the database")]
    Locked,
    /// The query was interrupted, since nobody waits for it any more.
    #[error("interrupted")]
    Interrupted,
    /// The store has been closed.
    #[error("the store is closed")]
    Closed,
    /// There is no account in this folder.
    #[error("no account in this folder")]
    NoAccount,
    /// The file system refused.
    #[error("file system: {0}")]
    Io(io::ErrorKind),
    /// `SQLite` refused for a reason that is a fault of this program.
    #[error("database: {0}")]
    Sql(String),
}

impl StoreError {
    /// Tells apart what `SQLite` reports. The text of an `SQLite` error can hold bound values of a
    /// constraint, so only its code goes along.
    pub(crate) fn from_sql(error: &rusqlite::Error, database: &'static str) -> Self {
        match error {
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => Self::Damaged { database },
                ErrorCode::DiskFull => Self::DiskFull,
                ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::ReadOnly,
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::FileLockingProtocolFailed => Self::Locked,
                ErrorCode::OperationInterrupted => Self::Interrupted,
                // A quota or the largest file of a file system is reached; what `SQLite` calls
                // full is the disk alone.
                ErrorCode::SystemIoFailure if NO_ROOM.contains(&failure.extended_code) => {
                    Self::DiskFull
                }
                ErrorCode::SystemIoFailure => Self::Io(io::ErrorKind::Other),
                ErrorCode::CannotOpen => Self::Io(io::ErrorKind::NotFound),
                code => Self::Sql(format!("{code:?} ({})", failure.extended_code)),
            },
            // A value that does not decode was not written by this program.
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..) => Self::Damaged { database },
            rusqlite::Error::QueryReturnedNoRows => Self::Sql("no rows".into()),
            _ => Self::Sql("unexpected answer".into()),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => Self::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly,
            kind => Self::Io(kind),
        }
    }
}
