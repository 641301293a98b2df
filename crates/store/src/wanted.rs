//! Which pictures are still to be fetched.

use crate::kinds::EVICTED;
use crate::{Store, StoreError, day};
use rusqlite::Connection;
use schriftje_model::{Day, MediaId, MediaSize};

/// A picture to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whose: a photo's identity or an avatar's.
    pub id: MediaId,
    /// Which size.
    pub size: MediaSize,
    /// The day of the photo; `None` for an avatar.
    pub day: Option<Day>,
}

impl Store {
    /// Photos without that size here, newest day first, at most `limit`.
    pub async fn wanted_photos(
        &self,
        size: MediaSize,
        limit: u32,
    ) -> Result<Vec<Wanted>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                let sql = match size {
                    MediaSize::Thumb => THUMBS,
                    MediaSize::Medium => MEDIUMS,
                    MediaSize::Full => return Ok(Vec::new()),
                };
                wanted(c, sql, size, limit)
            })
            .await
    }

    /// Avatars that are not here, at most `limit`.
    pub async fn wanted_avatars(&self, limit: u32) -> Result<Vec<Wanted>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                c.prepare_cached(AVATARS)?
                    .query_map([limit], |row| {
                        Ok(Wanted { id: MediaId(row.get(0)?), size: MediaSize::Thumb, day: None })
                    })?
                    .collect()
            })
            .await
    }

    /// Notes that medium sizes of that day and before find no room, so that nobody fetches them
    /// ahead.
    pub async fn give_up_mediums(&self, until: Day) -> Result<(), StoreError> {
        let until = day::number(until);
        self.0
            .cache
            .write(move |c| {
                c.execute(
                    "UPDATE photos SET medium = ?2 WHERE medium = 0 AND day <= ?1",
                    [until, EVICTED],
                )?;
                Ok(())
            })
            .await
    }
}

pub(crate) const THUMBS: &str =
    "SELECT id, day FROM photos WHERE thumb = 0 ORDER BY day DESC, n DESC LIMIT ?1";
pub(crate) const MEDIUMS: &str =
    "SELECT id, day FROM photos WHERE medium = 0 ORDER BY day DESC, n DESC LIMIT ?1";
pub(crate) const AVATARS: &str = "SELECT id FROM avatars WHERE state = 0 LIMIT ?1";

fn wanted(c: &Connection, sql: &str, size: MediaSize, limit: u32) -> rusqlite::Result<Vec<Wanted>> {
    c.prepare_cached(sql)?
        .query_map([limit], |row| {
            Ok(Wanted { id: MediaId(row.get(0)?), size, day: Some(day::from_number(row.get(1)?)?) })
        })?
        .collect()
}
