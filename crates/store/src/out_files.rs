//! Photos and videos that go along with what a parent writes (table `files` of `outbox.db`).

use crate::pieces::{self, Read};
use crate::{Store, StoreError, drafts, kinds};
use rusqlite::{Connection, OptionalExtension, Row};
use schriftje_model::{DraftPlace, FileId, MediaKind, OutFile};

/// A file to begin with; its bytes follow in pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOutFile {
    /// Its name, for the eye.
    pub name: String,
    /// Its MIME type.
    pub mime: String,
    /// Still or moving.
    pub kind: MediaKind,
}

impl Store {
    /// Begins a file that goes along with the draft of a place. Nobody sees it before
    /// [`Store::finish_file`]. Hold [`Store::adding`] until then.
    pub async fn begin_file(
        &self,
        place: DraftPlace,
        new: NewOutFile,
    ) -> Result<FileId, StoreError> {
        self.0
            .outbox
            .write(move |c| {
                let key = drafts::key(&place);
                drafts::ensure(c, place)?;
                begin(c, Some(&key), &new)
            })
            .await
    }

    /// Begins a file for [`Store::queue_write`], which belongs to no draft. Hold
    /// [`Store::adding`] until it is queued.
    pub async fn begin_loose_file(&self, new: NewOutFile) -> Result<FileId, StoreError> {
        self.0.outbox.write(move |c| begin(c, None, &new)).await
    }

    /// Adds bytes at the end of a file, best in pieces of 1 MiB. `false` when it is not there (any
    /// more) or is finished.
    pub async fn append_piece(&self, id: FileId, bytes: Vec<u8>) -> Result<bool, StoreError> {
        self.0.outbox.write(move |c| append(c, &id, &bytes)).await
    }

    /// Ends a file; from now on it is seen. `None` when it is not there (any more).
    pub async fn finish_file(&self, id: FileId) -> Result<Option<OutFile>, StoreError> {
        // Read through before anything is locked: a film takes a while.
        let wanted = id.clone();
        let read = self.0.outbox.read(move |c| pieces::hash(c, wanted.as_str())).await?;
        self.0
            .outbox
            .write(move |c| {
                finish(c, &id, &read)?;
                find(c, &id)
            })
            .await
    }

    /// Adds a file that is small enough to be in memory.
    pub async fn add_file(
        &self,
        place: DraftPlace,
        new: NewOutFile,
        bytes: Vec<u8>,
    ) -> Result<OutFile, StoreError> {
        let read = pieces::hash_of(&bytes);
        self.0
            .outbox
            .write(move |c| {
                let key = drafts::key(&place);
                drafts::ensure(c, place)?;
                let id = begin(c, Some(&key), &new)?;
                append(c, &id, &bytes)?;
                finish(c, &id, &read)?;
                let sent = 0;
                let NewOutFile { name, mime, kind } = new;
                Ok(OutFile { id, name, mime, kind, bytes: bytes.len() as u64, sent })
            })
            .await
    }

    /// Puts other bytes in the place of a draft's file, small enough to be in memory: all of it,
    /// or nothing. It keeps its identity, its name and its position. `false` when it is not there
    /// (any more) or is not finished.
    pub async fn replace_draft_file(
        &self,
        place: DraftPlace,
        id: FileId,
        bytes: Vec<u8>,
    ) -> Result<bool, StoreError> {
        let read = pieces::hash_of(&bytes);
        self.0
            .outbox
            .write(move |c| {
                let key = drafts::key(&place);
                let there: Option<(i64, String, String, String)> = c
                    .prepare_cached(
                        "SELECT position, name, mime, kind FROM files
                         WHERE id = ?1 AND draft = ?2 AND sha256 IS NOT NULL",
                    )?
                    .query_row((id.as_str(), &key), |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                    })
                    .optional()?;
                let Some((position, name, mime, kind)) = there else { return Ok(false) };
                c.execute("DELETE FROM files WHERE id = ?1", [id.as_str()])?;
                c.execute(
                    "INSERT INTO files (id, draft, position, name, mime, kind)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    (id.as_str(), &key, position, name, mime, kind),
                )?;
                append(c, &id, &bytes)?;
                finish(c, &id, &read)?;
                Ok(true)
            })
            .await
    }

    /// Removes a file from the draft of a place; whether it was there.
    pub async fn remove_draft_file(
        &self,
        place: DraftPlace,
        id: FileId,
    ) -> Result<bool, StoreError> {
        self.0
            .outbox
            .write(move |c| {
                let removed = c.execute(
                    "DELETE FROM files WHERE id = ?1 AND draft = ?2",
                    (id.as_str(), drafts::key(&place)),
                )?;
                Ok(removed > 0)
            })
            .await
    }

    /// A finished file, of a draft or of a write.
    pub async fn file(&self, id: FileId) -> Result<Option<OutFile>, StoreError> {
        self.0.outbox.read(move |c| find(c, &id)).await
    }
}

pub(crate) const OF_DRAFT: &str = "SELECT id, name, mime, kind, bytes, sent FROM files
     WHERE draft = ?1 AND sha256 IS NOT NULL ORDER BY position";
pub(crate) const OF_WRITE: &str = "SELECT id, name, mime, kind, bytes, sent FROM files
     WHERE write = ?1 ORDER BY position";
pub(crate) const ALL_OF_DRAFT: &str = "SELECT id, sha256 IS NOT NULL FROM files
     WHERE draft = ?1 ORDER BY position";
pub(crate) const FIND: &str = "SELECT id, name, mime, kind, bytes, sent FROM files
     WHERE id = ?1 AND sha256 IS NOT NULL";

pub(crate) fn of_draft(c: &Connection, place: &str) -> rusqlite::Result<Vec<OutFile>> {
    c.prepare_cached(OF_DRAFT)?.query_map([place], from_row)?.collect()
}

pub(crate) fn of_write(c: &Connection, write: &str) -> rusqlite::Result<Vec<OutFile>> {
    c.prepare_cached(OF_WRITE)?.query_map([write], from_row)?.collect()
}

/// Whether these are all the files of a draft, in this order, and none is still being added.
pub(crate) fn are_all_of_draft(
    c: &Connection,
    place: &str,
    files: &[FileId],
) -> rusqlite::Result<bool> {
    let there = c
        .prepare_cached(ALL_OF_DRAFT)?
        .query_map([place], |row| Ok((FileId(row.get(0)?), row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(FileId, bool)>>>()?;
    Ok(there.len() == files.len()
        && there.iter().zip(files).all(|((id, finished), file)| *finished && id == file))
}

/// Whether a draft has a file, finished or not.
pub(crate) fn any_of_draft(c: &Connection, place: &str) -> rusqlite::Result<bool> {
    c.prepare_cached(ALL_OF_DRAFT)?.exists([place])
}

/// Gives the files of a draft to a write.
pub(crate) fn give_to_write(c: &Connection, place: &str, write: &str) -> rusqlite::Result<()> {
    c.execute("UPDATE files SET draft = NULL, write = ?2 WHERE draft = ?1", (place, write))?;
    Ok(())
}

/// Gives the files of a write back to a draft, before those it has. What was uploaded of them is
/// forgotten.
pub(crate) fn give_to_draft(c: &Connection, write: &str, place: &str) -> rusqlite::Result<()> {
    let after: i64 = c.query_row(
        "SELECT coalesce(max(position), -1) + 1 FROM files WHERE write = ?1",
        [write],
        |row| row.get(0),
    )?;
    c.execute("UPDATE files SET position = position + ?2 WHERE draft = ?1", (place, after))?;
    c.execute(
        "UPDATE files SET draft = ?2, write = NULL, upload = NULL, upload_key = NULL, sent = 0
         WHERE write = ?1",
        (write, place),
    )?;
    Ok(())
}

/// Gives finished files that belong to nobody to a write, in this order; `false`, and none is
/// given, when one of them is not there.
pub(crate) fn give_loose(c: &Connection, files: &[FileId], write: &str) -> rusqlite::Result<bool> {
    let mut given = 0;
    for (position, id) in (0_i64..).zip(files) {
        given += c
            .prepare_cached(
                "UPDATE files SET write = ?2, position = ?3
                 WHERE id = ?1 AND draft IS NULL AND write IS NULL AND sha256 IS NOT NULL",
            )?
            .execute((id.as_str(), write, position))?;
    }
    if given == files.len() {
        return Ok(true);
    }
    c.execute("UPDATE files SET write = NULL WHERE write = ?1", [write])?;
    Ok(false)
}

/// Removes what was never finished or never queued; whether there was any. Only while nobody is
/// adding files.
pub(crate) fn remove_broken_off(c: &Connection) -> rusqlite::Result<bool> {
    let removed = c.execute(
        "DELETE FROM files WHERE sha256 IS NULL OR (draft IS NULL AND write IS NULL)",
        [],
    )?;
    Ok(removed > 0)
}

/// Gives the room of what was removed back to the disk.
pub(crate) fn give_room_back(c: &Connection) -> rusqlite::Result<()> {
    let mut vacuum = c.prepare("PRAGMA incremental_vacuum")?;
    let mut pages = vacuum.query([])?;
    while pages.next()?.is_some() {}
    Ok(())
}

fn begin(c: &Connection, place: Option<&str>, new: &NewOutFile) -> rusqlite::Result<FileId> {
    // No identity of a portal has this form, so the media protocol tells them apart.
    let id = FileId(format!("out-{}", hex::encode(rand::random::<[u8; 16]>())));
    c.prepare_cached(
        "INSERT INTO files (id, draft, position, name, mime, kind)
         VALUES (?1, ?2, (SELECT coalesce(max(position), -1) + 1 FROM files WHERE draft = ?2),
                 ?3, ?4, ?5)",
    )?
    .execute((id.as_str(), place, &new.name, &new.mime, kinds::media(new.kind)))?;
    Ok(id)
}

fn append(c: &Connection, id: &FileId, bytes: &[u8]) -> rusqlite::Result<bool> {
    let open: Option<i64> = c
        .prepare_cached("SELECT bytes FROM files WHERE id = ?1 AND sha256 IS NULL")?
        .query_row([id.as_str()], |row| row.get(0))
        .optional()?;
    let Some(before) = open else { return Ok(false) };
    let after = pieces::append(c, id.as_str(), before, bytes)?;
    c.prepare_cached("UPDATE files SET bytes = ?2 WHERE id = ?1")?.execute((id.as_str(), after))?;
    Ok(true)
}

/// Ends a file whose bytes were read as they stand there.
fn finish(c: &Connection, id: &FileId, read: &Read) -> rusqlite::Result<()> {
    c.prepare_cached(
        "UPDATE files SET sha256 = ?2 WHERE id = ?1 AND sha256 IS NULL AND bytes = ?3",
    )?
    .execute((id.as_str(), &read.sha256, read.bytes))?;
    Ok(())
}

fn find(c: &Connection, id: &FileId) -> rusqlite::Result<Option<OutFile>> {
    c.prepare_cached(FIND)?.query_row([id.as_str()], from_row).optional()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<OutFile> {
    Ok(OutFile {
        id: FileId(row.get(0)?),
        name: row.get(1)?,
        mime: row.get(2)?,
        kind: kinds::to_media(row.get_ref(3)?.as_str()?),
        bytes: count(row.get(4)?)?,
        sent: count(row.get(5)?)?,
    })
}

fn count(bytes: i64) -> rusqlite::Result<u64> {
    u64::try_from(bytes).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(4, bytes))
}
