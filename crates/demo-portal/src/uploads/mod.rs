//! What parents upload: files on disk, and what the portal knows of them.

mod file;
mod sizes;
mod sniff;

pub use file::{Files, Seen};
pub use sniff::sniff;

use crate::films;
use crate::photo::{ChildTag, Place};
use crate::portal::Portal;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashSet;

/// How long an upload waits for its next piece, or for the write that uses it.
const LIVES_MS: i64 = 24 * 60 * 60 * 1_000;

/// Whether this media type is that of a film.
pub fn is_video(media_type: &str) -> bool {
    media_type.starts_with("video/")
}

/// An upload as it is known.
#[derive(Clone, Debug)]
pub struct Upload {
    pub id: String,
    pub length: u64,
    pub received: u64,
    pub media_type: String,
    pub used: bool,
}

impl Upload {
    /// Whether all of it is there.
    pub fn complete(&self) -> bool {
        self.received == self.length
    }
}

/// The upload with this identity, when it is this account's and not too old.
pub fn find(
    db: &Connection,
    account: &str,
    id: &str,
    now: i64,
) -> rusqlite::Result<Option<Upload>> {
    db.query_row(
        "SELECT length, received, media_type, used FROM upload
         WHERE id = ?1 AND account = ?2 AND (used OR touched > ?3)",
        params![id, account, now - LIVES_MS],
        |row| {
            Ok(Upload {
                id: id.to_owned(),
                length: row.get::<_, i64>(0)?.unsigned_abs(),
                received: row.get::<_, i64>(1)?.unsigned_abs(),
                media_type: row.get(2)?,
                used: row.get(3)?,
            })
        },
    )
    .optional()
}

/// The identities of all uploads there are.
pub fn known(db: &Connection) -> rusqlite::Result<HashSet<String>> {
    let mut query = db.prepare("SELECT id FROM upload")?;
    query.query_map([], |row| row.get(0))?.collect()
}

/// Forgets the uploads nobody used in time; their identities come back.
pub fn forget_old(db: &Connection, now: i64) -> rusqlite::Result<Vec<String>> {
    let mut query =
        db.prepare_cached("DELETE FROM upload WHERE NOT used AND touched <= ?1 RETURNING id")?;
    query.query_map([now - LIVES_MS], |row| row.get(0))?.collect()
}

/// Puts an upload somewhere as a photo or film; it is used then.
pub fn put(
    db: &Connection,
    portal: &Portal,
    upload: &Upload,
    place: Place<'_>,
    position: usize,
    tags: &[ChildTag],
) -> rusqlite::Result<()> {
    let (card, conversation, message) = place.columns();
    // A film nobody has looked at has a poster of ours.
    let video = is_video(&upload.media_type).then_some(0);
    db.execute(
        "INSERT INTO photo (id, card, conversation, message, position, picture, video, upload,
                            description, generated, child_tags, liked, is_new, may_not_be_saved)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, 0, ?9, 0, 0, NULL)",
        params![
            portal.secret.id(&["photo of upload", &upload.id]),
            card,
            conversation,
            message,
            i64::try_from(position).unwrap_or(i64::MAX),
            video.map_or(0, films::poster),
            video,
            upload.id,
            serde_json::to_string(tags).unwrap_or_default(),
        ],
    )?;
    db.execute("UPDATE upload SET used = 1 WHERE id = ?1", [&upload.id]).map(drop)
}
