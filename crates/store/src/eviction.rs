//! Letting medium sizes go when they take too much, oldest day first. Thumbnails stay, and so does
//! what the portal shows no more: there the copy on this device may be the only one.

use crate::kinds::{EVICTED, KEPT_SINCE_GONE, MISSING};
use crate::{Store, StoreError, clearing, day, media};
use rusqlite::Connection;
use schriftje_model::{Day, MediaId, MediaSize};
use std::collections::HashSet;

/// Medium sizes let go in one transaction: nobody waits long for the writer.
const AT_ONCE: u32 = 100;
/// Pages given back to the disk in one transaction.
const PAGES: u32 = 1024;

impl Store {
    /// Whether a medium size of that day would be kept: there is room within `bound` bytes, or
    /// one of an older day would make room for it.
    pub async fn has_room(&self, day: Day, bound: u64) -> Result<bool, StoreError> {
        let day = day::number(day);
        if self.0.media.read(taken).await? < i64::try_from(bound).unwrap_or(i64::MAX) {
            return Ok(true);
        }
        Ok(self.oldest_that_may_go(1).await?.first().is_some_and(|oldest| oldest.day < day))
    }

    /// Lets the oldest medium sizes go until the rest fits in `bound` bytes, and gives their room
    /// back to the disk; answers how many went.
    pub async fn fit_mediums(&self, bound: u64) -> Result<u32, StoreError> {
        let gone = self.make_room(bound).await?;
        if gone > 0 {
            self.give_media_room_back().await?;
        }
        Ok(gone)
    }

    /// Lets the oldest medium sizes go until the rest fits in `bound` bytes, as far as they may;
    /// answers how many went.
    pub(crate) async fn make_room(&self, bound: u64) -> Result<u32, StoreError> {
        let bound = i64::try_from(bound).unwrap_or(i64::MAX);
        let mut gone = 0;
        while self.0.media.read(taken).await? > bound {
            let oldest = self.oldest_that_may_go(AT_ONCE).await?;
            if oldest.is_empty() {
                break;
            }
            let evicted = self.0.media.write(move |c| let_go(c, oldest, bound)).await?;
            gone += u32::try_from(evicted.len()).unwrap_or(u32::MAX);
            self.0
                .cache
                .write(move |c| {
                    let note = |id| media::note(c, id, MediaSize::Medium, EVICTED);
                    evicted.iter().try_for_each(note)
                })
                .await?;
        }
        Ok(gone)
    }

    /// The oldest medium sizes that the portal can give again; what it shows no more is kept from
    /// here on and not looked at again.
    async fn oldest_that_may_go(&self, most: u32) -> Result<Vec<Oldest>, StoreError> {
        loop {
            let mut oldest: Vec<Oldest> = self
                .0
                .media
                .read(move |c| {
                    c.prepare_cached(OLDEST)?.query_map([most], Oldest::from_row)?.collect()
                })
                .await?;
            if oldest.is_empty() {
                return Ok(oldest);
            }
            let ids = oldest.iter().map(|one| one.id.clone()).collect();
            let shown = self.0.cache.read(move |c| clearing::shown_there(c, ids, true)).await?;
            let shown: HashSet<String> = shown.into_iter().collect();
            let kept: Vec<i64> =
                oldest.extract_if(.., |one| !shown.contains(&one.id)).map(|one| one.n).collect();
            if !kept.is_empty() {
                self.0.media.write(move |c| keep(c, &kept)).await?;
            }
            if !oldest.is_empty() {
                return Ok(oldest);
            }
        }
    }

    /// What was kept since the portal showed it no more, and stands there again after all, may go
    /// like the rest.
    pub(crate) async fn let_shown_go_again(&self) -> Result<(), StoreError> {
        let kept: Vec<String> = self
            .0
            .media
            .read(|c| {
                c.prepare_cached(SINCE_GONE)?
                    .query_map([KEPT_SINCE_GONE], |row| row.get(0))?
                    .collect()
            })
            .await?;
        if kept.is_empty() {
            return Ok(());
        }
        let shown = self.0.cache.read(move |c| clearing::shown_there(c, kept, true)).await?;
        self.0
            .media
            .write(move |c| {
                let mut may_go = c.prepare_cached(
                    "UPDATE media SET pinned = 0
                     WHERE id = ?1 AND size = 'medium' AND pinned = ?2",
                )?;
                for id in &shown {
                    may_go.execute((id, KEPT_SINCE_GONE))?;
                }
                Ok(())
            })
            .await
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
     WHERE size = 'medium' AND pinned = 0 ORDER BY day, n LIMIT ?1";
pub(crate) const SINCE_GONE: &str = "SELECT id FROM media WHERE size = 'medium' AND pinned = ?1";

struct Oldest {
    n: i64,
    day: i64,
    bytes: i64,
    id: String,
}

impl Oldest {
    fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { n: row.get(0)?, day: row.get(1)?, bytes: row.get(2)?, id: row.get(3)? })
    }
}

fn taken(c: &Connection) -> rusqlite::Result<i64> {
    c.prepare_cached("SELECT bytes FROM media_totals WHERE size = 'medium'")?
        .query_row([], |row| row.get(0))
}

/// Removes these in order until the rest fits in `bound` bytes; answers which went.
fn let_go(c: &Connection, oldest: Vec<Oldest>, bound: i64) -> rusqlite::Result<Vec<MediaId>> {
    let mut over = taken(c)? - bound;
    let mut delete = c.prepare_cached("DELETE FROM media WHERE n = ?1")?;
    let mut evicted = Vec::new();
    for one in oldest {
        if over <= 0 {
            break;
        }
        if delete.execute([one.n])? > 0 {
            over -= one.bytes;
            evicted.push(MediaId(one.id));
        }
    }
    Ok(evicted)
}

fn keep(c: &Connection, pictures: &[i64]) -> rusqlite::Result<()> {
    let mut keep = c.prepare_cached("UPDATE media SET pinned = ?2 WHERE n = ?1 AND pinned = 0")?;
    for n in pictures {
        keep.execute((n, KEPT_SINCE_GONE))?;
    }
    Ok(())
}
