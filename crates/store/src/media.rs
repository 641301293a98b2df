//! Pictures (tables `media` and `blobs` of `media.db`), and what the timeline says of them.

use crate::kinds::{BROKEN, HERE, MISSING};
use crate::{Store, StoreError, day, kinds};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use schriftje_model::{Day, MediaId, MediaSize};

/// A picture that is here.
#[derive(Clone, PartialEq, Eq)]
pub struct Blob {
    /// Its media type.
    pub mime: String,
    /// Its width, in pixels.
    pub width: u32,
    /// Its height, in pixels.
    pub height: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Blob {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Blob({}, {}×{}, {} bytes)", self.mime, self.width, self.height, self.bytes.len())
    }
}

/// A picture to keep.
#[derive(Clone, Debug)]
pub struct NewBlob {
    /// Whose: a photo's identity or an avatar's.
    pub id: MediaId,
    /// Which size; the original is not kept.
    pub size: MediaSize,
    /// The day of the photo; the newest are kept longest.
    pub day: Day,
    /// Kept whatever its day.
    pub pinned: bool,
    /// The picture.
    pub blob: Blob,
    /// When it was fetched.
    pub fetched_at: DateTime<Utc>,
}

impl Store {
    /// A picture, if it is here.
    pub async fn media(&self, id: MediaId, size: MediaSize) -> Result<Option<Blob>, StoreError> {
        let Some(name) = kinds::size(size) else { return Ok(None) };
        let wanted = id.clone();
        let blob = self
            .0
            .media
            .read(move |c| {
                c.prepare_cached(SELECT)?
                    .query_row((wanted.as_str(), name), |row| {
                        Ok(Blob {
                            mime: row.get(0)?,
                            width: row.get(1)?,
                            height: row.get(2)?,
                            bytes: row.get(3)?,
                        })
                    })
                    .optional()
            })
            .await?;
        Ok(blob)
    }

    /// Keeps a picture, and lets the oldest medium sizes that the portal still shows go when they
    /// take more than `bound` bytes together. Does nothing with an original.
    pub async fn put_media(&self, new: NewBlob, bound: u64) -> Result<(), StoreError> {
        let Some(name) = kinds::size(new.size) else { return Ok(()) };
        let (id, size) = (new.id.clone(), new.size);
        self.0.media.write(move |c| insert(c, &new, name)).await?;
        // Killed between the two, the timeline says less than is here; `note_present` repairs it.
        self.0
            .cache
            .write(move |c| {
                note(c, &id, size, HERE)?;
                c.prepare_cached("DELETE FROM broken WHERE id = ?1 AND size = ?2")?
                    .execute((id.as_str(), name))
                    .map(drop)
            })
            .await?;
        self.make_room(bound).await.map(drop)
    }

    /// Notes that a picture that is here need not be fetched. Answers whether it is.
    pub async fn note_present(&self, id: MediaId, size: MediaSize) -> Result<bool, StoreError> {
        let Some(name) = kinds::size(size) else { return Ok(false) };
        let wanted = id.clone();
        let here = self
            .0
            .media
            .read(move |c| c.prepare_cached(EXISTS)?.exists((wanted.as_str(), name)))
            .await?;
        if here {
            self.0.cache.write(move |c| note(c, &id, size, HERE)).await?;
        }
        Ok(here)
    }

    /// Notes that a picture the timeline takes to be here is not, so that it is fetched again.
    pub async fn note_absent(&self, id: MediaId, size: MediaSize) -> Result<(), StoreError> {
        self.0.cache.write(move |c| note(c, &id, size, MISSING)).await
    }

    /// Notes that a picture cannot be read; it is not tried again before `retry_at`.
    pub async fn mark_broken(
        &self,
        id: MediaId,
        size: MediaSize,
        retry_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let Some(name) = kinds::size(size) else { return Ok(()) };
        self.0
            .cache
            .write(move |c| {
                note(c, &id, size, BROKEN)?;
                c.execute(
                    "INSERT OR REPLACE INTO broken (id, size, retry_at) VALUES (?1, ?2, ?3)",
                    (id.as_str(), name, retry_at.timestamp_millis()),
                )?;
                Ok(())
            })
            .await
    }

    /// When a broken picture may be tried again; `None` when it is not broken.
    pub async fn broken_until(
        &self,
        id: MediaId,
        size: MediaSize,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let Some(name) = kinds::size(size) else { return Ok(None) };
        self.0
            .cache
            .read(move |c| {
                c.query_row(
                    "SELECT retry_at FROM broken WHERE id = ?1 AND size = ?2",
                    (id.as_str(), name),
                    |row| day::instant(row.get(0)?),
                )
                .optional()
            })
            .await
    }

    /// Lets broken pictures be tried again whose time has come; answers how many.
    pub async fn retry_broken(&self, now: DateTime<Utc>) -> Result<u32, StoreError> {
        let now = now.timestamp_millis();
        // Most of the time there is none, and a read costs no transaction.
        let any = self.0.cache.read(move |c| c.prepare_cached(DUE)?.exists([now])).await?;
        if !any {
            return Ok(0);
        }
        self.0
            .cache
            .write(move |c| {
                let due: Vec<(String, String)> = c
                    .prepare("DELETE FROM broken WHERE retry_at <= ?1 RETURNING id, size")?
                    .query_map([now], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect::<Result<_, _>>()?;
                for (id, size) in &due {
                    let size = if size == "thumb" { MediaSize::Thumb } else { MediaSize::Medium };
                    note(c, &MediaId(id.clone()), size, MISSING)?;
                }
                Ok(u32::try_from(due.len()).unwrap_or(u32::MAX))
            })
            .await
    }

    /// Lets a picture go.
    pub(crate) async fn forget_media(
        &self,
        id: MediaId,
        size: MediaSize,
    ) -> Result<(), StoreError> {
        let Some(name) = kinds::size(size) else { return Ok(()) };
        self.0
            .media
            .write(move |c| {
                c.execute("DELETE FROM media WHERE id = ?1 AND size = ?2", (id.as_str(), name))?;
                Ok(())
            })
            .await
    }

    /// After a database was made anew the timeline knows nothing of pictures; the fetcher looks
    /// here before it asks the portal.
    pub(crate) async fn forget_pictures(&self) -> Result<(), StoreError> {
        self.0
            .cache
            .write(|c| {
                c.execute_batch(
                    "UPDATE photos SET thumb = 0, medium = 0;
                     UPDATE avatars SET state = 0;
                     DELETE FROM broken;",
                )
            })
            .await
    }
}

pub(crate) const SELECT: &str = "SELECT mime, width, height, data
     FROM media CROSS JOIN blobs ON blobs.n = media.n WHERE id = ?1 AND size = ?2";
pub(crate) const EXISTS: &str = "SELECT 1 FROM media WHERE id = ?1 AND size = ?2";
pub(crate) const DUE: &str = "SELECT 1 FROM broken WHERE retry_at <= ?1";

/// Removes the pictures of these photos, in every size.
pub(crate) fn remove(c: &Connection, ids: &[String]) -> rusqlite::Result<u32> {
    let mut delete = c.prepare_cached("DELETE FROM media WHERE id = ?1")?;
    let mut gone = 0;
    for id in ids {
        gone += u32::try_from(delete.execute([id])?).unwrap_or(u32::MAX);
    }
    Ok(gone)
}

fn insert(c: &Connection, new: &NewBlob, size: &str) -> rusqlite::Result<()> {
    c.prepare_cached("DELETE FROM media WHERE id = ?1 AND size = ?2")?
        .execute((new.id.as_str(), size))?;
    c.prepare_cached(
        "INSERT INTO media (id, size, mime, width, height, bytes, day, pinned, fetched_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute((
        new.id.as_str(),
        size,
        &new.blob.mime,
        new.blob.width,
        new.blob.height,
        i64::try_from(new.blob.bytes.len()).unwrap_or(i64::MAX),
        day::number(new.day),
        new.pinned,
        new.fetched_at.timestamp_millis(),
    ))?;
    c.prepare_cached("INSERT INTO blobs (n, data) VALUES (?1, ?2)")?
        .execute((c.last_insert_rowid(), &new.blob.bytes))?;
    Ok(())
}

/// Notes in the timeline what is here of a photo or avatar.
pub(crate) fn note(
    c: &Connection,
    id: &MediaId,
    size: MediaSize,
    state: i64,
) -> rusqlite::Result<()> {
    let column = match size {
        MediaSize::Thumb => "thumb",
        MediaSize::Medium => "medium",
        MediaSize::Full => return Ok(()),
    };
    c.prepare_cached(&format!("UPDATE photos SET {column} = ?2 WHERE id = ?1"))?
        .execute((id.as_str(), state))?;
    if size == MediaSize::Thumb {
        c.prepare_cached("UPDATE avatars SET state = ?2 WHERE id = ?1")?
            .execute((id.as_str(), state))?;
    }
    Ok(())
}
