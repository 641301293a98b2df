//! Which photos came with which message (table `message_photos`).

use crate::{photo_children, photos};
use rusqlite::{Connection, OptionalExtension};
use schriftje_model::Photo;

pub(crate) const SELECT: &str =
    "SELECT p.id, p.day, p.kind, p.caption, p.machine_description, p.refusal, p.thumb, p.medium,
            p.n
     FROM message_photos mp CROSS JOIN photos p ON p.n = mp.photo
     WHERE mp.message = ?1 ORDER BY mp.position";
pub(crate) const CONVERSATION: &str =
    "SELECT c.id FROM message_photos mp CROSS JOIN messages m ON m.n = mp.message
     CROSS JOIN conversations c ON c.n = m.conversation
     WHERE mp.photo = (SELECT n FROM photos WHERE id = ?1) LIMIT 1";
pub(crate) const OF_CONVERSATION: &str =
    "SELECT mp.photo FROM messages m CROSS JOIN message_photos mp ON mp.message = m.n
     WHERE m.conversation = ?1";

/// Writes the photos of a message anew. Of a photo that stands on a card too, the card says more.
pub(crate) fn replace(c: &Connection, message: i64, list: &[Photo]) -> rusqlite::Result<()> {
    c.prepare_cached("DELETE FROM message_photos WHERE message = ?1")?.execute([message])?;
    for (position, photo) in (0_i64..).zip(list) {
        let on_a_card: Option<i64> = c
            .prepare_cached(
                "SELECT n FROM photos WHERE id = ?1
                 AND EXISTS (SELECT 1 FROM card_photos WHERE photo = photos.n)",
            )?
            .query_row([photo.id.as_str()], |row| row.get(0))
            .optional()?;
        let photo = match on_a_card {
            Some(n) => n,
            None => photos::upsert(c, photo)?.0,
        };
        c.prepare_cached(
            "INSERT INTO message_photos (message, position, photo) VALUES (?1, ?2, ?3)",
        )?
        .execute([message, position, photo])?;
    }
    Ok(())
}

pub(crate) fn load(c: &Connection, message: i64) -> rusqlite::Result<Vec<Photo>> {
    let mut photos = Vec::new();
    let mut statement = c.prepare_cached(SELECT)?;
    let mut rows = statement.query([message])?;
    while let Some(row) = rows.next()? {
        let mut photo = photos::from_row(row)?;
        photo.own_children = photo_children::load(c, row.get(8)?)?;
        photos.push(photo);
    }
    Ok(photos)
}

/// The numbers of the photos of a whole conversation.
pub(crate) fn of_conversation(c: &Connection, n: i64) -> rusqlite::Result<Vec<i64>> {
    c.prepare_cached(OF_CONVERSATION)?.query_map([n], |row| row.get(0))?.collect()
}
