//! The files of documents (tables `document_files` and `pieces` of `media.db`).

use crate::{Store, StoreError, pieces};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension};
use schriftje_model::DocumentId;
use std::collections::BTreeSet;

/// A file that was begun so long ago is on its way no more.
const GIVEN_UP_AFTER: TimeDelta = TimeDelta::hours(1);

/// A file on its way into the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDocumentFile(String);

/// A file that is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentFile {
    file: String,
    /// How large it is.
    pub bytes: u64,
}

impl Store {
    /// Begins the file of a document. Nobody sees it before [`Store::finish_document_file`].
    pub async fn begin_document_file(
        &self,
        id: DocumentId,
        now: DateTime<Utc>,
    ) -> Result<NewDocumentFile, StoreError> {
        self.0
            .media
            .write(move |c| {
                // What a fetch that was killed left behind.
                c.execute(
                    "DELETE FROM document_files WHERE bytes IS NULL AND begun_at < ?1",
                    [(now - GIVEN_UP_AFTER).timestamp_millis()],
                )?;
                c.query_row(
                    "INSERT INTO document_files (file, id, begun_at)
                     VALUES (lower(hex(randomblob(16))), ?1, ?2) RETURNING file",
                    (id.as_str(), now.timestamp_millis()),
                    |row| row.get(0).map(NewDocumentFile),
                )
            })
            .await
    }

    /// Adds bytes to a file from `start` on, best in pieces of 1 MiB; answers where they end.
    pub async fn append_document_file(
        &self,
        new: &NewDocumentFile,
        start: u64,
        bytes: Vec<u8>,
    ) -> Result<u64, StoreError> {
        let file = new.0.clone();
        let start = i64::try_from(start).unwrap_or(i64::MAX);
        let end = self.0.media.write(move |c| pieces::append(c, &file, start, &bytes)).await?;
        Ok(u64::try_from(end).unwrap_or(0))
    }

    /// Ends a file of `bytes` bytes: it takes the place of any other of its document.
    pub async fn finish_document_file(
        &self,
        new: NewDocumentFile,
        bytes: u64,
    ) -> Result<(), StoreError> {
        self.0
            .media
            .write(move |c| {
                c.execute(
                    "DELETE FROM document_files WHERE bytes IS NOT NULL
                       AND id = (SELECT id FROM document_files WHERE file = ?1)",
                    [&new.0],
                )?;
                c.execute(
                    "UPDATE document_files SET bytes = ?2 WHERE file = ?1",
                    (&new.0, i64::try_from(bytes).unwrap_or(i64::MAX)),
                )
                .map(drop)
            })
            .await
    }

    /// Lets go of a file that did not arrive.
    pub async fn drop_document_file(&self, new: NewDocumentFile) -> Result<(), StoreError> {
        self.0
            .media
            .write(move |c| {
                c.execute("DELETE FROM document_files WHERE file = ?1", [&new.0]).map(drop)
            })
            .await
    }

    /// The file of a document, if all of it is here.
    pub async fn document_file(&self, id: DocumentId) -> Result<Option<DocumentFile>, StoreError> {
        self.0.media.read(move |c| find(c, &id)).await
    }

    /// At most `len` bytes of a file from `offset` on; fewer, or none, at its end.
    pub async fn document_piece(
        &self,
        file: &DocumentFile,
        offset: u64,
        len: u64,
    ) -> Result<Vec<u8>, StoreError> {
        let file = file.file.clone();
        let from = i64::try_from(offset).unwrap_or(i64::MAX);
        let until = i64::try_from(offset.saturating_add(len)).unwrap_or(i64::MAX);
        self.0.media.read(move |c| pieces::read(c, &file, from, until)).await
    }

    /// How many files of documents are here.
    pub async fn document_files(&self) -> Result<u32, StoreError> {
        let whole = self.0.media.read(whole).await?;
        Ok(u32::try_from(whole.len()).unwrap_or(u32::MAX))
    }
}

pub(crate) const FIND: &str =
    "SELECT file, bytes FROM document_files WHERE id = ?1 AND bytes IS NOT NULL";

/// The documents whose file is here.
pub(crate) fn whole(c: &Connection) -> rusqlite::Result<BTreeSet<DocumentId>> {
    c.prepare_cached("SELECT id FROM document_files WHERE bytes IS NOT NULL")?
        .query_map([], |row| Ok(DocumentId(row.get(0)?)))?
        .collect()
}

pub(crate) fn find(c: &Connection, id: &DocumentId) -> rusqlite::Result<Option<DocumentFile>> {
    c.prepare_cached(FIND)?
        .query_row([id.as_str()], |row| {
            let bytes: i64 = row.get(1)?;
            Ok(DocumentFile { file: row.get(0)?, bytes: u64::try_from(bytes).unwrap_or(0) })
        })
        .optional()
}

/// Removes the files of these documents.
pub(crate) fn remove(c: &Connection, ids: &[DocumentId]) -> rusqlite::Result<()> {
    let mut remove = c.prepare_cached("DELETE FROM document_files WHERE id = ?1")?;
    for id in ids {
        remove.execute([id.as_str()])?;
    }
    Ok(())
}
