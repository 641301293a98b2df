//! The bytes of files, in pieces (table `pieces` of `outbox.db` for what goes along, and of
//! `media.db` for documents), so that a film need not be in memory as a whole.

use crate::{Store, StoreError};
use rusqlite::Connection;
use schriftje_model::FileId;
use sha2::{Digest, Sha256};

/// The most a piece holds.
const PIECE: usize = 1024 * 1024;

/// What was read of a file as a whole.
pub(crate) struct Read {
    pub sha256: String,
    pub bytes: i64,
}

impl Store {
    /// At most `len` bytes of a file from `offset` on; fewer, or none, at its end.
    pub async fn file_piece(
        &self,
        id: FileId,
        offset: u64,
        len: u64,
    ) -> Result<Vec<u8>, StoreError> {
        let from = i64::try_from(offset).unwrap_or(i64::MAX);
        let until = i64::try_from(offset.saturating_add(len)).unwrap_or(i64::MAX);
        self.0.outbox.read(move |c| read(c, id.as_str(), from, until)).await
    }
}

pub(crate) const READ: &str =
    "SELECT substr(data, max(?2 - start, 0) + 1, ?3 - max(start, ?2)) FROM pieces
     WHERE file = ?1 AND start < ?3
       AND start >= (SELECT max(start) FROM pieces WHERE file = ?1 AND start <= ?2)
     ORDER BY start";
pub(crate) const EVERY: &str = "SELECT data FROM pieces WHERE file = ?1 ORDER BY start";

/// Writes bytes from `start` on; answers where they end.
pub(crate) fn append(
    c: &Connection,
    file: &str,
    mut start: i64,
    bytes: &[u8],
) -> rusqlite::Result<i64> {
    let mut insert =
        c.prepare_cached("INSERT INTO pieces (file, start, data) VALUES (?1, ?2, ?3)")?;
    for piece in bytes.chunks(PIECE) {
        insert.execute((file, start, piece))?;
        start += length(piece);
    }
    Ok(start)
}

/// Reads a file through, a piece at a time.
pub(crate) fn hash(c: &Connection, file: &str) -> rusqlite::Result<Read> {
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut statement = c.prepare_cached(EVERY)?;
    let mut rows = statement.query([file])?;
    while let Some(row) = rows.next()? {
        let piece = row.get_ref(0)?.as_blob()?;
        hash.update(piece);
        bytes += length(piece);
    }
    Ok(Read { sha256: hex::encode(hash.finalize()), bytes })
}

/// The same of bytes in memory.
pub(crate) fn hash_of(bytes: &[u8]) -> Read {
    Read { sha256: hex::encode(Sha256::digest(bytes)), bytes: length(bytes) }
}

/// Bytes of a file from `from` up to `until`.
pub(crate) fn read(c: &Connection, file: &str, from: i64, until: i64) -> rusqlite::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut statement = c.prepare_cached(READ)?;
    let mut rows = statement.query((file, from, until))?;
    while let Some(row) = rows.next()? {
        bytes.extend_from_slice(row.get_ref(0)?.as_blob()?);
    }
    Ok(bytes)
}

fn length(bytes: &[u8]) -> i64 {
    i64::try_from(bytes.len()).unwrap_or(i64::MAX)
}
