//! Files that came with an entry (table `attachments`). Their bytes are not kept.

use rusqlite::Connection;
use schriftje_model::Attachment;

pub(crate) const SELECT: &str = "SELECT name FROM attachments WHERE card = ?1 ORDER BY position";

pub(crate) fn insert(c: &Connection, n: i64, attachments: &[Attachment]) -> rusqlite::Result<()> {
    let mut insert =
        c.prepare_cached("INSERT INTO attachments (card, position, name) VALUES (?1, ?2, ?3)")?;
    for (position, attachment) in (0_i64..).zip(attachments) {
        insert.execute((n, position, &attachment.name))?;
    }
    Ok(())
}

pub(crate) fn load(c: &Connection, n: i64) -> rusqlite::Result<Vec<Attachment>> {
    c.prepare_cached(SELECT)?.query_map([n], |row| Ok(Attachment { name: row.get(0)? }))?.collect()
}
