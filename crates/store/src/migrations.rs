//! The schemas, and the way from an older one to the present.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

const ACCOUNT: &[M<'static>] = &[
    M::up(include_str!("../migrations/account/0001.sql")),
    M::up(include_str!("../migrations/account/0002.sql")),
];
const CACHE: &[M<'static>] = &[
    M::up(include_str!("../migrations/cache/0001.sql")),
    M::up(include_str!("../migrations/cache/0002.sql")),
    M::up(include_str!("../migrations/cache/0003.sql")),
    M::up(include_str!("../migrations/cache/0004.sql")),
    M::up(include_str!("../migrations/cache/0005.sql")),
    M::up(include_str!("../migrations/cache/0006.sql")),
    M::up(include_str!("../migrations/cache/0007.sql")),
    M::up(include_str!("../migrations/cache/0008.sql")),
    M::up(include_str!("../migrations/cache/0009.sql")),
];
const MEDIA: &[M<'static>] = &[
    M::up(include_str!("../migrations/media/0001.sql")),
    M::up(include_str!("../migrations/media/0002.sql")),
];
const OUTBOX: &[M<'static>] = &[
    M::up(include_str!("../migrations/outbox/0001.sql")),
    M::up(include_str!("../migrations/outbox/0002.sql")),
];

/// Which of an account's databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Account,
    Cache,
    Media,
    Outbox,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Account, Self::Cache, Self::Media, Self::Outbox];

    pub fn file_name(self) -> &'static str {
        match self {
            Self::Account => "account.db",
            Self::Cache => "cache.db",
            Self::Media => "media.db",
            Self::Outbox => "outbox.db",
        }
    }

    fn steps(self) -> &'static [M<'static>] {
        match self {
            Self::Account => ACCOUNT,
            Self::Cache => CACHE,
            Self::Media => MEDIA,
            Self::Outbox => OUTBOX,
        }
    }

    /// The newest schema version this program knows.
    pub fn version(self) -> i64 {
        i64::try_from(self.steps().len()).unwrap_or(i64::MAX)
    }

    /// Pictures take fewer, larger pages.
    pub fn page_size(self) -> u32 {
        match self {
            Self::Account | Self::Cache => 4096,
            Self::Media | Self::Outbox => 16_384,
        }
    }

    /// A rotated token that is lost signs the parent out, and what a parent wrote exists nowhere
    /// else; the rest can be fetched again.
    pub fn synchronous(self) -> &'static str {
        match self {
            Self::Account | Self::Outbox => "FULL",
            Self::Cache | Self::Media => "NORMAL",
        }
    }

    /// Brings the schema up to date, each step with its version in one transaction.
    pub fn migrate(self, connection: &mut Connection) -> rusqlite::Result<()> {
        Migrations::from_slice(self.steps()).to_latest(connection).map_err(|error| match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => err,
            // The steps are ours and are checked by a test.
            _ => rusqlite::Error::InvalidQuery,
        })
    }
}

#[cfg(test)]
impl Kind {
    /// Brings the schema to an older version.
    pub fn migrate_to(
        self,
        connection: &mut Connection,
        version: usize,
    ) -> rusqlite_migration::Result<()> {
        Migrations::from_slice(self.steps()).to_version(connection, version)
    }
}

/// The present schema of all databases, as `docs/schema.sql` shows it. `None` when `SQLite` fails.
pub fn schema() -> Option<String> {
    let mut text = String::from(
        "-- The databases of an account. Generated from crates/store/migrations; a test keeps it true.\n",
    );
    for kind in Kind::ALL {
        let mut connection = Connection::open_in_memory().ok()?;
        kind.migrate(&mut connection).ok()?;
        text.push_str("\n-- ===== ");
        text.push_str(kind.file_name());
        text.push_str(" =====\n");
        let mut statement = connection
            .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
            .ok()?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).ok()?;
        for sql in rows {
            text.push('\n');
            text.push_str(&sql.ok()?);
            text.push_str(";\n");
        }
    }
    Some(text)
}
