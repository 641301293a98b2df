//! The diary entry of a journal card (table `entries`).

use crate::{attachments, kinds, rhythm};
use rusqlite::{Connection, OptionalExtension};
use schriftje_model::{DiaryEntry, JournalId, Photo};

pub(crate) const SELECT: &str =
    "SELECT id, author, author_kind, html, text, edited FROM entries WHERE card = ?1";

pub(crate) fn replace(c: &Connection, n: i64, entry: Option<&DiaryEntry>) -> rusqlite::Result<()> {
    // What hangs on the old entry goes with it.
    c.prepare_cached("DELETE FROM entries WHERE card = ?1")?.execute([n])?;
    let Some(entry) = entry else { return Ok(()) };
    c.prepare_cached(
        "INSERT INTO entries (card, id, author, author_kind, html, text, edited)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((
        n,
        entry.id.as_str(),
        &entry.author,
        kinds::author(entry.author_kind),
        &entry.html,
        &entry.text,
        entry.edited,
    ))?;
    rhythm::insert(c, n, &entry.rhythm)?;
    attachments::insert(c, n, &entry.attachments)
}

pub(crate) fn load(
    c: &Connection,
    n: i64,
    photos: Vec<Photo>,
) -> rusqlite::Result<Option<DiaryEntry>> {
    let entry = c
        .prepare_cached(SELECT)?
        .query_row([n], |row| {
            Ok(DiaryEntry {
                id: JournalId(row.get(0)?),
                author: row.get(1)?,
                author_kind: kinds::to_author(row.get_ref(2)?.as_str()?),
                html: row.get(3)?,
                text: row.get(4)?,
                rhythm: Vec::new(),
                photos: Vec::new(),
                attachments: Vec::new(),
                edited: row.get(5)?,
            })
        })
        .optional()?;
    entry
        .map(|entry| {
            Ok(DiaryEntry {
                rhythm: rhythm::load(c, n)?,
                attachments: attachments::load(c, n)?,
                photos,
                ..entry
            })
        })
        .transpose()
}
