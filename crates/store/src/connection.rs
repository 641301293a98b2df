//! One connection to a database file: its key, its settings, and whether the file is ours.

use crate::migrations::Kind;
use crate::{Key, StoreError, files};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::sync::Once;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long a call waits for the other process to finish its transaction.
const BUSY: Duration = Duration::from_secs(10);

/// How files are opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    ReadWrite,
    ReadOnly,
}

/// Opens a file and checks that it is ours and of a known version; migrates it when it may be
/// written.
pub(crate) fn open_current(
    path: &Path,
    kind: Kind,
    key: &Key,
    access: Access,
) -> Result<Connection, StoreError> {
    let name = kind.file_name();
    let failed = |error: rusqlite::Error| StoreError::from_sql(&error, name);
    let mut connection = connect(path, kind, key, access).map_err(failed)?;
    let found: i64 =
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(failed)?;
    let known = kind.version();
    if found > known {
        return Err(StoreError::NewerVersion { database: name, found, known });
    }
    if access == Access::ReadWrite {
        kind.migrate(&mut connection).map_err(failed)?;
        // A folder that cannot be written shows here and not in the middle of a sync.
        connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK;").map_err(failed)?;
    }
    Ok(connection)
}

/// Lets the library set itself up before anybody uses it. It counts as ready a moment before its
/// ciphers are, so that of several first connections at once some would know no key.
fn ready() {
    static READY: Once = Once::new();
    // Whether this one opens is no matter: the next says what is wrong.
    READY.call_once(|| drop(Connection::open_in_memory()));
}

/// A keyed connection with our settings.
pub(crate) fn connect(
    path: &Path,
    kind: Kind,
    key: &Key,
    access: Access,
) -> rusqlite::Result<Connection> {
    ready();
    match access {
        Access::ReadWrite => keyed(
            Connection::open_with_flags(
                path,
                OpenFlags::SQLITE_OPEN_READ_WRITE
                    | OpenFlags::SQLITE_OPEN_CREATE
                    | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            )?,
            kind,
            key,
            access,
        ),
        // A folder from before there was a send queue, and nowhere to make one: it is empty.
        Access::ReadOnly if kind == Kind::Outbox && !path.exists() => {
            let mut connection = Connection::open_in_memory()?;
            kind.migrate(&mut connection)?;
            connection.pragma_update(None, "query_only", true)?;
            Ok(connection)
        }
        Access::ReadOnly => {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
                | OpenFlags::SQLITE_OPEN_NO_MUTEX
                | OpenFlags::SQLITE_OPEN_URI;
            let plain = Connection::open_with_flags(path, flags)
                .and_then(|connection| keyed(connection, kind, key, access));
            match plain {
                // A WAL database in a folder that cannot be written has nowhere to keep its
                // index; with nobody writing it can be read as it lies there.
                Err(rusqlite::Error::SqliteFailure(failure, _))
                    if matches!(
                        failure.code,
                        rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::ReadOnly
                    ) && path.exists() =>
                {
                    keyed(
                        Connection::open_with_flags(files::immutable_uri(path), flags)?,
                        kind,
                        key,
                        access,
                    )
                }
                other => other,
            }
        }
    }
}

fn keyed(
    connection: Connection,
    kind: Kind,
    key: &Key,
    access: Access,
) -> rusqlite::Result<Connection> {
    connection.busy_timeout(BUSY)?;
    let hex = key.to_hex();
    let statement = Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", hex.as_str()));
    connection.execute_batch(&statement)?;
    connection.execute_batch(&format!(
        "PRAGMA cipher_page_size = {};
         PRAGMA cipher_memory_security = OFF;
         PRAGMA cipher_log_level = NONE;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;",
        kind.page_size()
    ))?;
    if access == Access::ReadWrite {
        // Asking for it again would write to the file.
        let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
        if pages == 0 {
            connection.execute_batch("PRAGMA auto_vacuum = INCREMENTAL;")?;
        }
        connection.execute_batch(&format!(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = {};",
            kind.synchronous()
        ))?;
    } else {
        connection.pragma_update(None, "query_only", true)?;
    }
    connection.set_prepared_statement_cache_capacity(64);
    // The first page is read here, so that a wrong key shows now.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}

/// Whether every page reads back as it was written.
pub(crate) fn is_sound(path: &Path, kind: Kind, key: &Key) -> bool {
    let check = || -> rusqlite::Result<bool> {
        let connection = connect(path, kind, key, Access::ReadOnly)?;
        let mut pages = connection.prepare("PRAGMA cipher_integrity_check")?;
        if pages.query([])?.next()?.is_some() {
            return Ok(false);
        }
        let answer: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        Ok(answer == "ok")
    };
    check().unwrap_or(false)
}

/// Whether the key opens the file, when that can be told.
pub(crate) fn opens(path: &Path, kind: Kind, key: &Key) -> bool {
    connect(path, kind, key, Access::ReadOnly).is_ok()
}
