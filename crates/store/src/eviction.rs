//! Letting medium sizes go when they take too much, oldest day first. Thumbnails stay.

use crate::{Store, StoreError, day};
use rusqlite::{Connection, OptionalExtension};
use schriftje_model::{Day, MediaId};

impl Store {
    /// Whether a medium size of that day would be kept: there is room within `bound` bytes, or
    /// one of an older day would make room for it.
    pub async fn has_room(&self, day: Day, bound: u64) -> Result<bool, StoreError> {
        let day = day::number(day);
        self.0
            .media
            .read(move |c| {
                if taken(c)? < i64::try_from(bound).unwrap_or(i64::MAX) {
                    return Ok(true);
                }
                let oldest: Option<i64> =
                    c.prepare_cached(OLDEST)?.query_row([], |row| row.get(1)).optional()?;
                Ok(oldest.is_some_and(|oldest| oldest < day))
            })
            .await
    }
}

pub(crate) const OLDEST: &str = "SELECT n, day, bytes, id FROM media
     WHERE size = 'medium' AND pinned = 0 ORDER BY day, n LIMIT 1";

fn taken(c: &Connection) -> rusqlite::Result<i64> {
    c.prepare_cached("SELECT bytes FROM media_totals WHERE size = 'medium'")?
        .query_row([], |row| row.get(0))
}

/// Removes the oldest medium sizes until the rest fits in `bound` bytes; answers which went.
pub(crate) fn make_room(c: &Connection, bound: u64) -> rusqlite::Result<Vec<MediaId>> {
    let mut over = taken(c)? - i64::try_from(bound).unwrap_or(i64::MAX);
    let mut evicted = Vec::new();
    while over > 0 {
        let oldest: Option<(i64, i64, String)> = c
            .prepare_cached(OLDEST)?
            .query_row([], |row| Ok((row.get(0)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        let Some((n, bytes, id)) = oldest else { break };
        c.prepare_cached("DELETE FROM media WHERE n = ?1")?.execute([n])?;
        evicted.push(MediaId(id));
        over -= bytes;
    }
    Ok(evicted)
}
