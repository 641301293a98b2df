//! The photos of a card, a day, a child, a period, or simply all: what a parent saves.

use crate::{Store, StoreError, articles, day, message_photos, photo_children, photos};
use rusqlite::{Connection, OptionalExtension};
use schriftje_model::{CardId, ChildId, Day, Photo, PhotoId};
use std::collections::HashSet;

/// Which photos.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// These, also when they came with a message or news.
    Photos(Vec<PhotoId>),
    /// All of a card.
    Card(CardId),
    /// All on cards about one of these children (empty: every child), within these days
    /// (both included).
    Range {
        /// Which children.
        children: Vec<ChildId>,
        /// The first day.
        from: Option<Day>,
        /// The last day.
        until: Option<Day>,
    },
}

/// A photo of a scope, and the card it is saved with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopedPhoto {
    /// The photo.
    pub photo: Photo,
    /// The first card it stands on; `None` when it came with a message or news alone.
    pub card: Option<CardId>,
}

impl Store {
    /// The photos of a scope, each once, oldest day first and in the order of the timeline
    /// within it.
    pub async fn photos_in(&self, scope: Scope) -> Result<Vec<ScopedPhoto>, StoreError> {
        self.0.cache.read(move |c| photos_in(c, &scope)).await
    }
}

pub(crate) const CARDS_OF_DAYS: &str =
    "SELECT n FROM cards WHERE day BETWEEN ?1 AND ?2 ORDER BY day, rank DESC, id DESC";
pub(crate) const CARDS_OF_CHILD: &str = "SELECT card FROM card_children
     WHERE child = ?3 AND day BETWEEN ?1 AND ?2 ORDER BY day, rank DESC, id DESC";
pub(crate) const FIRST_CARD_OF_PHOTO: &str =
    "SELECT card FROM card_photos WHERE photo = (SELECT n FROM photos WHERE id = ?1)
     ORDER BY card LIMIT 1";

fn photos_in(c: &Connection, scope: &Scope) -> rusqlite::Result<Vec<ScopedPhoto>> {
    let mut found = Vec::new();
    let mut taken = HashSet::new();
    match scope {
        Scope::Photos(ids) => {
            for id in ids {
                let card: Option<i64> = c
                    .prepare_cached(FIRST_CARD_OF_PHOTO)?
                    .query_row([id.as_str()], |row| row.get(0))
                    .optional()?;
                if let Some(card) = card {
                    take(c, card, Some(id), &mut taken, &mut found)?;
                } else {
                    take_from_message(c, id, &mut taken, &mut found)?;
                }
            }
        }
        Scope::Card(id) => {
            let card = c
                .query_row(crate::cards::SELECT_BY_ID, [id.as_str()], |row| row.get(0))
                .optional()?;
            if let Some(card) = card {
                take(c, card, None, &mut taken, &mut found)?;
            }
        }
        Scope::Range { children, from, until } => {
            let from = from.map_or(i64::MIN, day::number);
            let until = until.map_or(i64::MAX, day::number);
            for card in cards_of(c, children, from, until)? {
                take(c, card, None, &mut taken, &mut found)?;
            }
        }
    }
    // The sort is stable: within a day the order of the timeline stays.
    found.sort_by_key(|scoped| scoped.photo.day);
    Ok(found)
}

fn cards_of(
    c: &Connection,
    children: &[ChildId],
    from: i64,
    until: i64,
) -> rusqlite::Result<Vec<i64>> {
    if children.is_empty() {
        return c
            .prepare_cached(CARDS_OF_DAYS)?
            .query_map([from, until], |row| row.get(0))?
            .collect();
    }
    let mut cards = Vec::new();
    for child in children {
        let mut statement = c.prepare_cached(CARDS_OF_CHILD)?;
        for card in statement.query_map((from, until, child.as_str()), |row| row.get(0))? {
            cards.push(card?);
        }
    }
    Ok(cards)
}

pub(crate) const PHOTOS_OF_CARD: &str =
    "SELECT p.id, p.day, p.kind, p.caption, p.machine_description, p.refusal, p.thumb, p.medium,
            p.n, cards.id
     FROM card_photos cp CROSS JOIN photos p ON p.n = cp.photo
     CROSS JOIN cards ON cards.n = cp.card
     WHERE cp.card = ?1 ORDER BY cp.place, cp.position";

fn take(
    c: &Connection,
    card: i64,
    only: Option<&PhotoId>,
    taken: &mut HashSet<i64>,
    found: &mut Vec<ScopedPhoto>,
) -> rusqlite::Result<()> {
    let mut statement = c.prepare_cached(PHOTOS_OF_CARD)?;
    let mut rows = statement.query([card])?;
    while let Some(row) = rows.next()? {
        if only.is_some_and(|only| row.get_ref(0).is_ok_and(|id| id.as_str() != Ok(only.as_str())))
        {
            continue;
        }
        let n = row.get(8)?;
        if taken.insert(n) {
            let mut photo = photos::from_row(row)?;
            photo.own_children = photo_children::load(c, n)?;
            found.push(ScopedPhoto { photo, card: Some(CardId(row.get(9)?)) });
        }
    }
    Ok(())
}

/// A photo that stands on no card, when it came with a message or news.
fn take_from_message(
    c: &Connection,
    id: &PhotoId,
    taken: &mut HashSet<i64>,
    found: &mut Vec<ScopedPhoto>,
) -> rusqlite::Result<()> {
    let known = c
        .prepare_cached(&format!("{} WHERE id = ?1", photos::SELECT))?
        .query_row([id.as_str()], |row| Ok((row.get(8)?, photos::from_row(row)?)))
        .optional()?;
    let Some((n, mut photo)) = known else { return Ok(()) };
    let came = c.prepare_cached(message_photos::CONVERSATION)?.exists([id.as_str()])?
        || c.prepare_cached(articles::OF_PHOTO)?.exists([id.as_str()])?;
    if came && taken.insert(n) {
        photo.own_children = photo_children::load(c, n)?;
        found.push(ScopedPhoto { photo, card: None });
    }
    Ok(())
}
