//! The portal's memory: one `SQLite` file in the data folder.

use crate::events::{self, Bell};
use rusqlite::Connection;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The database. Clones share one connection.
#[derive(Clone, Debug)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
    /// Rings when there is something new.
    pub bell: Bell,
}

/// Why the database gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// `SQLite` refused.
    #[error("the demo portal's database failed")]
    Sqlite(#[from] rusqlite::Error),
    /// The work was stopped half way, as the runtime ended.
    #[error("the demo portal is stopping")]
    Stopping,
}

impl Store {
    /// Opens the file; what it holds is kept when it belongs to this `fingerprint`, else
    /// `fill` makes it anew.
    pub fn open(
        path: &Path,
        fingerprint: &str,
        fill: impl FnOnce(&mut Connection) -> anyhow::Result<()>,
    ) -> anyhow::Result<Self> {
        let mut carried = Carried::default();
        if let Ok(connection) = Connection::open(path)
            && tune(&connection).is_ok()
        {
            if kept_fingerprint(&connection).is_ok_and(|kept| kept == fingerprint) {
                return Ok(Self::of(connection)?);
            }
            carried = Carried::read(&connection).unwrap_or_default();
        }
        for suffix in ["", "-wal", "-shm"] {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            match std::fs::remove_file(&name) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error.into());
                }
                _ => {}
            }
        }
        let mut connection = Connection::open(path)?;
        tune(&connection)?;
        connection.execute_batch(include_str!("schema.sql"))?;
        fill(&mut connection)?;
        carried.write(&connection)?;
        // Last, so that a start that was cut short begins again.
        connection.execute("INSERT INTO meta VALUES ('fingerprint', ?1)", [fingerprint])?;
        Ok(Self::of(connection)?)
    }

    fn of(connection: Connection) -> rusqlite::Result<Self> {
        let bell = Bell::at(&connection)?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)), bell })
    }

    /// Runs `work` on the database, away from the runtime's own threads.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let shared = Arc::clone(&self.connection);
        tokio::task::spawn_blocking(move || {
            let mut connection = shared.lock().unwrap_or_else(PoisonError::into_inner);
            work(&mut connection).map_err(StoreError::from)
        })
        .await
        .unwrap_or(Err(StoreError::Stopping))
    }
}

/// What outlives the day the rest was made on: who is signed in, and which numbers are gone.
#[derive(Default)]
struct Carried {
    sessions: Vec<(String, String, String, i64)>,
    /// Given out so far, lest a number comes twice.
    number: i64,
    /// The last event told.
    event: i64,
}

impl Carried {
    fn read(db: &Connection) -> rusqlite::Result<Self> {
        let mut query = db.prepare("SELECT token, username, style, expires FROM session")?;
        let rows =
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let sql = "SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM meta WHERE key = 'number'";
        Ok(Self {
            sessions: rows.collect::<rusqlite::Result<_>>()?,
            number: db.query_row(sql, [], |row| row.get(0))?,
            event: events::last(db).unwrap_or_default(),
        })
    }

    fn write(&self, db: &Connection) -> rusqlite::Result<()> {
        let mut insert = db.prepare("INSERT INTO session VALUES (?1, ?2, ?3, ?4)")?;
        for session in &self.sessions {
            insert.execute(session.clone())?;
        }
        let number = self.number.to_string();
        db.execute("INSERT OR REPLACE INTO meta VALUES ('number', ?1)", [number])?;
        events::go_on_after(db, self.event)
    }
}

fn tune(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // What is kept here can be made again.
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update(None, "cache_size", -65_536)
}

fn kept_fingerprint(connection: &Connection) -> rusqlite::Result<String> {
    connection.query_row("SELECT value FROM meta WHERE key = 'fingerprint'", [], |row| row.get(0))
}
