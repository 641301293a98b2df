//! Files that came with a message (table `message_attachments`). Their bytes are not kept.

use rusqlite::Connection;
use schriftje_model::Attachment;

pub(crate) const SELECT: &str =
    "SELECT name FROM message_attachments WHERE message = ?1 ORDER BY position";

pub(crate) fn replace(
    c: &Connection,
    message: i64,
    attachments: &[Attachment],
) -> rusqlite::Result<()> {
    c.prepare_cached("DELETE FROM message_attachments WHERE message = ?1")?.execute([message])?;
    let mut insert = c.prepare_cached(
        "INSERT INTO message_attachments (message, position, name) VALUES (?1, ?2, ?3)",
    )?;
    for (position, attachment) in (0_i64..).zip(attachments) {
        insert.execute((message, position, &attachment.name))?;
    }
    Ok(())
}

pub(crate) fn load(c: &Connection, message: i64) -> rusqlite::Result<Vec<Attachment>> {
    c.prepare_cached(SELECT)?
        .query_map([message], |row| Ok(Attachment { name: row.get(0)? }))?
        .collect()
}
