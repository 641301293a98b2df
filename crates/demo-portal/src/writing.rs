//! Conversations as they are written, by the group or by a parent.

use crate::bearer::next_number;
use crate::events::{What, tell};
use crate::portal::Portal;
use rusqlite::{Connection, OptionalExtension, params};

/// A conversation that begins.
pub struct Beginning<'a> {
    pub family: i64,
    pub child: &'a str,
    pub group: Option<&'a str>,
    pub subject: &'a str,
}

/// A message to add to a conversation.
pub struct Line<'a> {
    pub html: &'a str,
    pub author: &'a str,
    pub from_parent: bool,
    /// The idempotency key of the write that makes it.
    pub key: Option<&'a str>,
}

/// A conversation as far as writing in it goes.
pub struct Open {
    pub id: String,
    pub family: i64,
    pub child: String,
    pub closed: bool,
}

/// The conversation with this identity, whosever it is.
pub fn find(db: &Connection, id: &str) -> rusqlite::Result<Option<Open>> {
    let sql = "SELECT family, child, closed FROM conversation WHERE id = ?1";
    db.query_row(sql, [id], |row| {
        Ok(Open { id: id.to_owned(), family: row.get(0)?, child: row.get(1)?, closed: row.get(2)? })
    })
    .optional()
}

/// Begins a conversation.
pub fn begin(
    db: &Connection,
    portal: &Portal,
    new: &Beginning<'_>,
    first: &Line<'_>,
) -> rusqlite::Result<(Open, i64)> {
    let number = next_number(db)?.to_string();
    let id = portal.secret.id(&["posted conversation", &number]);
    let now = portal.clock.now().timestamp_millis();
    db.execute(
        "INSERT INTO conversation (id, family, child, group_name, subject, date, last_written,
                                   unread, last_from_parent)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 0, 0)",
        params![id, new.family, new.child, new.group, new.subject, now],
    )?;
    let begun = Open { id, family: new.family, child: new.child.to_owned(), closed: false };
    let position = add_at(db, &begun, first, now)?;
    Ok((begun, position))
}

/// Adds a message; its position comes back. What a parent writes is read, what the group writes
/// is not.
pub fn add(db: &Connection, portal: &Portal, to: &Open, line: &Line<'_>) -> rusqlite::Result<i64> {
    add_at(db, to, line, portal.clock.now().timestamp_millis())
}

/// `at`: epoch milliseconds.
fn add_at(db: &Connection, to: &Open, line: &Line<'_>, at: i64) -> rusqlite::Result<i64> {
    let position = db.query_row(
        "INSERT INTO message (conversation, position, html, written_by, from_parent, date,
                              child_first_name, key)
         VALUES (?1, (SELECT count(*) FROM message WHERE conversation = ?1), ?2, ?3, ?4, ?5,
                 (SELECT first_name FROM child WHERE id = ?6), ?7)
         RETURNING position",
        params![to.id, line.html, line.author, line.from_parent, at, to.child, line.key],
        |row| row.get(0),
    )?;
    let rank = next_number(db)?;
    db.execute(
        "UPDATE conversation SET last_written = ?2, rank = ?3, unread = NOT ?4,
                                 last_from_parent = ?4
         WHERE id = ?1",
        params![to.id, at, rank, line.from_parent],
    )?;
    tell(db, to.family, What::Messages)?;
    Ok(position)
}

/// Marks a conversation read, or leaves it so.
pub fn mark_read(db: &Connection, conversation: &Open) -> rusqlite::Result<()> {
    let sql = "UPDATE conversation SET unread = 0 WHERE id = ?1 AND unread";
    if db.execute(sql, [&conversation.id])? > 0 {
        tell(db, conversation.family, What::Messages)?;
    }
    Ok(())
}
