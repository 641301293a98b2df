//! Pictures of photos that are gone: they go too, also when the program was killed in between.

use crate::{Store, StoreError, media};
use rusqlite::Connection;

/// Pictures looked at in one go.
const AT_ONCE: i64 = 500;

impl Store {
    /// Removes pictures that belong to no photo, no child and no newsletter; answers how many.
    pub(crate) async fn sweep_media(&self) -> Result<u32, StoreError> {
        let (mut after, mut removed) = (String::new(), 0);
        loop {
            let from = after.clone();
            let ids: Vec<String> = self
                .0
                .media
                .read(move |c| {
                    c.prepare_cached(NEXT)?.query_map((from, AT_ONCE), |row| row.get(0))?.collect()
                })
                .await?;
            let Some(last) = ids.last() else { return Ok(removed) };
            after.clone_from(last);
            let orphans: Vec<String> = self.0.cache.read(move |c| orphans(c, ids)).await?;
            if orphans.is_empty() {
                continue;
            }
            removed += self.0.media.write(move |c| media::remove(c, &orphans)).await?;
        }
    }
}

pub(crate) const NEXT: &str = "SELECT DISTINCT id FROM media WHERE id > ?1 ORDER BY id LIMIT ?2";
pub(crate) const KNOWN: &str = "SELECT 1 FROM photos WHERE id = ?1
     UNION ALL SELECT 1 FROM avatars WHERE id = ?1
     UNION ALL SELECT 1 FROM newsletter_pictures WHERE id = ?1";

fn orphans(c: &Connection, ids: Vec<String>) -> rusqlite::Result<Vec<String>> {
    let mut known = c.prepare_cached(KNOWN)?;
    let mut orphans = Vec::new();
    for id in ids {
        if !known.exists([&id])? {
            orphans.push(id);
        }
    }
    Ok(orphans)
}
