//! The parent's own children in a photo (table `photo_children`).

use rusqlite::Connection;
use schriftje_model::ChildId;

pub(crate) const SELECT: &str = "SELECT child FROM photo_children WHERE photo = ?1 ORDER BY child";

pub(crate) fn replace(c: &Connection, photo: i64, children: &[ChildId]) -> rusqlite::Result<()> {
    c.prepare_cached("DELETE FROM photo_children WHERE photo = ?1")?.execute([photo])?;
    for child in children {
        c.prepare_cached("INSERT OR IGNORE INTO photo_children (photo, child) VALUES (?1, ?2)")?
            .execute((photo, child.as_str()))?;
    }
    Ok(())
}

pub(crate) fn load(c: &Connection, photo: i64) -> rusqlite::Result<Vec<ChildId>> {
    c.prepare_cached(SELECT)?.query_map([photo], |row| row.get(0).map(ChildId))?.collect()
}
