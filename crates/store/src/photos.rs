//! Photos and videos, each once (table `photos`).

use crate::{Store, StoreError, day, kinds, photo_children};
use rusqlite::{Connection, OptionalExtension, Row};
use schriftje_model::{CardId, ChildId, Photo, PhotoId, Saveable};

/// A photo and the cards it stands on; none when it came with a message or news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoRecord {
    /// The photo.
    pub photo: Photo,
    /// The cards it stands on, newest first.
    pub cards: Vec<CardId>,
}

impl Store {
    /// A photo by its identity.
    pub async fn photo(&self, id: PhotoId) -> Result<Option<PhotoRecord>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                let found = c
                    .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
                    .query_row([id.as_str()], |row| Ok((row.get(8)?, from_row(row)?)))
                    .optional()?;
                found.map(|(n, photo)| record(c, n, photo)).transpose()
            })
            .await
    }
}

pub(crate) const SELECT: &str =
    "SELECT id, day, kind, caption, machine_description, refusal, thumb, medium, n FROM photos";
pub(crate) const CARDS: &str =
    "SELECT card, (SELECT day FROM cards WHERE n = card), (SELECT id FROM cards WHERE n = card)
     FROM card_photos WHERE photo = ?1";

fn record(c: &Connection, n: i64, mut photo: Photo) -> rusqlite::Result<PhotoRecord> {
    photo.own_children = photo_children::load(c, n)?;
    let mut cards: Vec<(i64, String)> = c
        .prepare_cached(CARDS)?
        .query_map([n], |row| Ok((row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    cards.sort_by(|a, b| b.cmp(a));
    cards.dedup();
    Ok(PhotoRecord { photo, cards: cards.into_iter().map(|(_, id)| CardId(id)).collect() })
}

/// Removes those of these photos that stand on no card and came with no message and no news;
/// answers which.
pub(crate) fn remove_unplaced(c: &Connection, photos: &[i64]) -> rusqlite::Result<Vec<PhotoId>> {
    let mut remove = c.prepare_cached(
        "DELETE FROM photos WHERE n = ?1
             AND NOT EXISTS (SELECT 1 FROM card_photos WHERE photo = ?1)
             AND NOT EXISTS (SELECT 1 FROM message_photos WHERE photo = ?1)
             AND NOT EXISTS (SELECT 1 FROM article_parts WHERE photo = ?1)
         RETURNING id",
    )?;
    let mut gone = Vec::new();
    for n in photos {
        gone.extend(remove.query_row([n], |row| row.get(0).map(PhotoId)).optional()?);
    }
    Ok(gone)
}

/// Reads a row of [`SELECT`]; the children in it are read apart.
pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Photo> {
    Ok(Photo {
        id: PhotoId(row.get(0)?),
        day: day::from_number(row.get(1)?)?,
        kind: kinds::to_media(row.get_ref(2)?.as_str()?),
        caption: row.get(3)?,
        machine_description: row.get(4)?,
        own_children: Vec::<ChildId>::new(),
        saveable: row.get::<_, Option<String>>(5)?.map_or(Saveable::Yes, Saveable::No),
        cached: kinds::cached(row.get(6)?, row.get(7)?)?,
    })
}

/// Writes what the portal says of a photo; what is here of it stays. Answers its number and
/// whether it is new.
pub(crate) fn upsert(c: &Connection, photo: &Photo) -> rusqlite::Result<(i64, bool)> {
    let known: Option<i64> = c
        .prepare_cached("SELECT n FROM photos WHERE id = ?1")?
        .query_row([photo.id.as_str()], |row| row.get(0))
        .optional()?;
    let n = if let Some(n) = known {
        c.prepare_cached(
            "UPDATE photos SET day = ?2, kind = ?3, caption = ?4, machine_description = ?5
             WHERE n = ?1",
        )?
        .execute((
            n,
            day::number(photo.day),
            kinds::media(photo.kind),
            &photo.caption,
            &photo.machine_description,
        ))?;
        n
    } else {
        c.prepare_cached(
            "INSERT INTO photos (id, day, kind, caption, machine_description)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((
            photo.id.as_str(),
            day::number(photo.day),
            kinds::media(photo.kind),
            &photo.caption,
            &photo.machine_description,
        ))?;
        c.last_insert_rowid()
    };
    photo_children::replace(c, n, &photo.own_children)?;
    Ok((n, known.is_none()))
}
