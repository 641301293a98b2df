//! Which photos stand on which card (table `card_photos`).

use crate::{photo_children, photos};
use rusqlite::Connection;
use schriftje_model::Photo;

/// Among the photos of the entry.
pub(crate) const ENTRY: i64 = 0;
/// Among the card's own photos.
pub(crate) const CARD: i64 = 1;

pub(crate) const SELECT: &str =
    "SELECT p.id, p.day, p.kind, p.caption, p.machine_description, p.refusal, p.thumb, p.medium,
            p.n, cp.place
     FROM card_photos cp CROSS JOIN photos p ON p.n = cp.photo
     WHERE cp.card = ?1 ORDER BY cp.place, cp.position";

pub(crate) fn replace(
    c: &Connection,
    card: i64,
    placed: &[(i64, i64, i64)],
) -> rusqlite::Result<()> {
    c.prepare_cached("DELETE FROM card_photos WHERE card = ?1")?.execute([card])?;
    let mut insert = c.prepare_cached(
        "INSERT INTO card_photos (card, place, position, photo) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (place, position, photo) in placed {
        insert.execute([card, *place, *position, *photo])?;
    }
    Ok(())
}

/// The photos of a card's entry, and its own.
pub(crate) fn load(c: &Connection, card: i64) -> rusqlite::Result<(Vec<Photo>, Vec<Photo>)> {
    let (mut entry, mut own) = (Vec::new(), Vec::new());
    let mut statement = c.prepare_cached(SELECT)?;
    let mut rows = statement.query([card])?;
    while let Some(row) = rows.next()? {
        let mut photo = photos::from_row(row)?;
        photo.own_children = photo_children::load(c, row.get(8)?)?;
        let list = if row.get::<_, i64>(9)? == ENTRY { &mut entry } else { &mut own };
        list.push(photo);
    }
    Ok((entry, own))
}
