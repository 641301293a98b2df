//! Where there is something new: kept in order, and rung for who listens.

use rusqlite::{Connection, params};
use tokio::sync::watch;

/// Where to look. Never what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A card came, changed or went.
    Timeline,
    /// Something was written or read in a conversation.
    Messages,
    /// The planning, a request or a credit changed.
    Planning,
    /// Something of the organisation changed: the team, a page, news.
    Location,
    /// The account, the children, a consent, an observation or a setting changed.
    Family,
}

impl What {
    fn word(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Messages => "messages",
            Self::Planning => "planning",
            Self::Location => "location",
            Self::Family => "family",
        }
    }
}

/// An event as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub id: i64,
    pub what: String,
}

/// Keeps an event of `family`, in the transaction of what it tells of.
pub fn tell(db: &Connection, family: i64, what: What) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached("INSERT INTO event (family, what) VALUES (?1, ?2)")?;
    insert.execute(params![family, what.word()]).map(drop)
}

/// Keeps an event of every family.
pub fn tell_all(db: &Connection, what: What) -> rusqlite::Result<()> {
    let sql = "INSERT INTO event (family, what) SELECT DISTINCT family, ?1 FROM account";
    db.execute(sql, [what.word()]).map(drop)
}

/// The events of `family` after the one with number `last`.
pub fn after(db: &Connection, family: i64, last: i64) -> rusqlite::Result<Vec<Event>> {
    let mut query =
        db.prepare_cached("SELECT id, what FROM event WHERE family = ?1 AND id > ?2 ORDER BY id")?;
    let rows = query
        .query_map(params![family, last], |row| Ok(Event { id: row.get(0)?, what: row.get(1)? }))?;
    rows.collect()
}

/// The number of the last event given out; 0 when there was none.
pub fn last(db: &Connection) -> rusqlite::Result<i64> {
    let sql = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'event'), 0)";
    db.query_row(sql, [], |row| row.get(0))
}

/// Goes on after number `last` with everything being new, in a database that was made anew.
pub fn go_on_after(db: &Connection, last: i64) -> rusqlite::Result<()> {
    if last == 0 {
        return Ok(());
    }
    db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('event', ?1)", [last])?;
    for what in [What::Timeline, What::Messages, What::Planning, What::Location, What::Family] {
        tell_all(db, what)?;
    }
    Ok(())
}

/// Rings whenever an event was written, by whatever part of the portal.
#[derive(Clone, Debug)]
pub struct Bell(watch::Sender<()>);

impl Bell {
    /// A bell at this connection.
    pub fn at(db: &Connection) -> rusqlite::Result<Self> {
        let bell = Self(watch::Sender::new(()));
        let rope = bell.clone();
        // This comes before the commit; who wakes up waits for the connection, and so for that.
        db.update_hook(Some(move |_, _: &str, table: &str, _| {
            if table == "event" {
                rope.0.send_replace(());
            }
        }))?;
        Ok(bell)
    }

    /// Hears the bell from now on.
    pub fn hear(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }
}
