//! Letting medium sizes go when they take too much, oldest day first. Thumbnails stay.

use crate::kinds::{EVICTED, MISSING};
use crate::{Store, StoreError, day, media};
use rusqlite::{Connection, OptionalExtension};
use schriftje_model::{Day, MediaId, MediaSize};

/// Medium sizes let go in one transaction: nobody waits long for the writer.
const AT_ONCE: usize = 100;
/// Pages given back to the disk in one transaction.
const PAGES: u32 = 1024;

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

    /// Lets the oldest medium sizes go until the rest fits in `bound` bytes, and gives their room
    /// back to the disk; answers how many went.
    pub async fn fit_mediums(&self, bound: u64) -> Result<u32, StoreError> {
        let mut gone = 0;
        loop {
            let evicted = self.0.media.write(move |c| make_some_room(c, bound, AT_ONCE)).await?;
            if evicted.is_empty() {
                break;
            }
            gone += u32::try_from(evicted.len()).unwrap_or(u32::MAX);
            self.0
                .cache
                .write(move |c| {
                    let note = |id| media::note(c, id, MediaSize::Medium, EVICTED);
                    evicted.iter().try_for_each(note)
                })
                .await?;
        }
        if gone > 0 {
            self.give_media_room_back().await?;
        }
        Ok(gone)
    }

    /// There is more room: medium sizes that found none are wanted again, the newest first.
    pub async fn want_mediums_again(&self) -> Result<(), StoreError> {
        self.0
            .cache
            .write(|c| {
                c.execute("UPDATE photos SET medium = ?1 WHERE medium = ?2", [MISSING, EVICTED])
                    .map(drop)
            })
            .await
    }

    /// What medium sizes take together, in bytes.
    pub(crate) async fn medium_bytes(&self) -> Result<u64, StoreError> {
        let taken = self.0.media.read(taken).await?;
        Ok(u64::try_from(taken).unwrap_or(0))
    }

    /// Gives the room of pictures that went back to the disk.
    pub(crate) async fn give_media_room_back(&self) -> Result<(), StoreError> {
        while self.0.media.write(give_some_room_back).await? {}
        Ok(())
    }
}

fn give_some_room_back(c: &Connection) -> rusqlite::Result<bool> {
    let free = |c: &Connection| -> rusqlite::Result<u32> {
        c.pragma_query_value(None, "freelist_count", |row| row.get(0))
    };
    let before = free(c)?;
    let mut vacuum = c.prepare(&format!("PRAGMA incremental_vacuum({PAGES})"))?;
    let mut pages = vacuum.query([])?;
    while pages.next()?.is_some() {}
    let after = free(c)?;
    Ok(after > 0 && after < before)
}

pub(crate) const OLDEST: &str = "SELECT n, day, bytes, id FROM media
     WHERE size = 'medium' AND pinned = 0 ORDER BY day, n LIMIT 1";

fn taken(c: &Connection) -> rusqlite::Result<i64> {
    c.prepare_cached("SELECT bytes FROM media_totals WHERE size = 'medium'")?
        .query_row([], |row| row.get(0))
}

/// Removes the oldest medium sizes until the rest fits in `bound` bytes; answers which went.
pub(crate) fn make_room(c: &Connection, bound: u64) -> rusqlite::Result<Vec<MediaId>> {
    make_some_room(c, bound, usize::MAX)
}

fn make_some_room(c: &Connection, bound: u64, most: usize) -> rusqlite::Result<Vec<MediaId>> {
    let mut over = taken(c)? - i64::try_from(bound).unwrap_or(i64::MAX);
    let mut evicted = Vec::new();
    while over > 0 && evicted.len() < most {
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
