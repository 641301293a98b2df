//! The cards of the timeline (table `cards`): taking in what the portal sent.

use crate::{Store, StoreError, avatars, card_children, card_photos, day, entries, kinds, photos};
use rusqlite::{Connection, OptionalExtension};
use schriftje_model::{CardId, CardKind, ChildId, Photo, TimelineCard};
use std::collections::HashSet;

/// A card as the portal sent it.
#[derive(Clone, Debug)]
pub struct NewCard {
    /// The card. `cached` and `saveable` of its photos are not looked at.
    pub card: TimelineCard,
    /// A hash of what the portal sent, without what changes by itself: equal means nothing is new.
    pub hash: String,
    /// What the portal sent, where this version cannot show it: a later version can.
    pub raw: Option<String>,
}

/// What a page changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Cards that were not here.
    pub new: u32,
    /// Cards that say something else than before.
    pub changed: u32,
    /// Cards that are as they were.
    pub known: u32,
    /// Photos that were not here.
    pub new_photos: u32,
    /// Children on the cards that [`Store::children`] does not list.
    pub unknown_children: Vec<ChildId>,
    /// The cards that are new or hold new photos.
    pub arrived: Vec<ArrivedCard>,
}

/// A card that is new or holds new photos.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrivedCard {
    /// Which.
    pub id: CardId,
    /// Whether the card itself was not here.
    pub new: bool,
    /// Photos on it that were not here.
    pub new_photos: u32,
}

impl Applied {
    /// Whether everything was here as it is.
    pub fn all_known(&self) -> bool {
        self.new == 0 && self.changed == 0
    }

    fn arrives(&mut self, card: &NewCard, new: bool, new_photos: u32) {
        self.new_photos += new_photos;
        if new || new_photos > 0 {
            self.arrived.push(ArrivedCard { id: card.card.id.clone(), new, new_photos });
        }
    }
}

impl Store {
    /// Takes in a page of the timeline: all of it, or nothing when this fails.
    pub async fn apply_timeline_page(&self, cards: Vec<NewCard>) -> Result<Applied, StoreError> {
        self.0.cache.write(move |c| apply(c, &cards)).await
    }

    /// One card, whole.
    pub async fn card(&self, id: CardId) -> Result<Option<TimelineCard>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                c.query_row(SELECT_BY_ID, [id.as_str()], |row| row.get(0))
                    .optional()?
                    .map(|n| load(c, n))
                    .transpose()
            })
            .await
    }

    /// How many cards stand on newer days than that card: about where the portal has it.
    pub async fn cards_newer_than(&self, id: CardId) -> Result<Option<u32>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                c.prepare_cached(NEWER)?.query_row([id.as_str()], |row| row.get(0)).optional()
            })
            .await
    }

    /// What the portal sent for a card this version cannot show.
    pub async fn raw_card(&self, id: CardId) -> Result<Option<String>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                let raw: Option<Option<String>> = c
                    .query_row("SELECT raw FROM cards WHERE id = ?1", [id.as_str()], |row| {
                        row.get(0)
                    })
                    .optional()?;
                Ok(raw.flatten())
            })
            .await
    }
}

pub(crate) const SELECT_BY_ID: &str = "SELECT n FROM cards WHERE id = ?1";
pub(crate) const NEWER: &str =
    "SELECT (SELECT count(*) FROM cards AS newer WHERE newer.day > cards.day)
     FROM cards WHERE id = ?1";
pub(crate) const SELECT: &str = "SELECT id, day, kind FROM cards WHERE n = ?1";

pub(crate) fn apply(c: &Connection, cards: &[NewCard]) -> rusqlite::Result<Applied> {
    let mut applied = Applied::default();
    let walk: i64 = c
        .query_row("SELECT walk FROM feeds WHERE name = 'timeline'", [], |row| row.get(0))
        .optional()?
        .unwrap_or(0);
    let mut unknown = HashSet::new();
    for new in cards {
        let known: Option<(i64, String, i64)> = c
            .prepare_cached("SELECT n, hash, walk FROM cards WHERE id = ?1")?
            .query_row([new.card.id.as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        match known {
            Some((n, hash, seen)) if hash == new.hash => {
                if seen != walk {
                    c.prepare_cached("UPDATE cards SET walk = ?2 WHERE n = ?1")?
                        .execute([n, walk])?;
                }
                applied.known += 1;
            }
            Some((n, ..)) => {
                applied.changed += 1;
                update(c, n, new, walk)?;
                let new_photos = write_parts(c, n, &new.card)?;
                applied.arrives(new, false, new_photos);
            }
            None => {
                applied.new += 1;
                let n = insert(c, new, walk)?;
                let new_photos = write_parts(c, n, &new.card)?;
                applied.arrives(new, true, new_photos);
            }
        }
        for child in &new.card.children {
            if let Some(avatar) = &child.avatar {
                avatars::note(c, avatar, &child.id)?;
            }
            if !c
                .prepare_cached("SELECT 1 FROM children WHERE id = ?1")?
                .exists([child.id.as_str()])?
                && unknown.insert(child.id.clone())
            {
                applied.unknown_children.push(child.id.clone());
            }
        }
    }
    Ok(applied)
}

fn insert(c: &Connection, new: &NewCard, walk: i64) -> rusqlite::Result<i64> {
    let card = &new.card;
    c.prepare_cached(
        "INSERT INTO cards (id, day, rank, kind, hash, raw, walk)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((
        card.id.as_str(),
        day::number(card.day),
        kinds::rank(&card.kind),
        kinds::card(&card.kind),
        &new.hash,
        &new.raw,
        walk,
    ))?;
    Ok(c.last_insert_rowid())
}

fn update(c: &Connection, n: i64, new: &NewCard, walk: i64) -> rusqlite::Result<()> {
    let card = &new.card;
    c.prepare_cached(
        "UPDATE cards SET day = ?2, rank = ?3, kind = ?4, hash = ?5, raw = ?6, walk = ?7
         WHERE n = ?1",
    )?
    .execute((
        n,
        day::number(card.day),
        kinds::rank(&card.kind),
        kinds::card(&card.kind),
        &new.hash,
        &new.raw,
        walk,
    ))?;
    Ok(())
}

/// Writes what hangs on a card anew; answers how many photos were not here.
fn write_parts(c: &Connection, n: i64, card: &TimelineCard) -> rusqlite::Result<u32> {
    card_children::replace(c, n, card)?;
    entries::replace(c, n, card.entry.as_ref())?;
    let entry = card.entry.as_ref().map_or(&[] as &[Photo], |entry| &entry.photos);
    let mut new = 0;
    let mut placed = Vec::with_capacity(entry.len() + card.photos.len());
    for (place, list) in [(card_photos::ENTRY, entry), (card_photos::CARD, &card.photos[..])] {
        for (position, photo) in (0..).zip(list) {
            let (photo, is_new) = photos::upsert(c, photo)?;
            new += u32::from(is_new);
            placed.push((place, position, photo));
        }
    }
    card_photos::replace(c, n, &placed)?;
    Ok(new)
}

/// Reads a card and all that hangs on it.
pub(crate) fn load(c: &Connection, n: i64) -> rusqlite::Result<TimelineCard> {
    let (id, number, kind): (String, i64, String) = c
        .prepare_cached(SELECT)?
        .query_row([n], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let kind: CardKind = kinds::to_card(kind);
    let (of_entry, photos) = card_photos::load(c, n)?;
    Ok(TimelineCard {
        id: CardId(id),
        day: day::from_number(number)?,
        kind,
        children: card_children::load(c, n)?,
        entry: entries::load(c, n, of_entry)?,
        photos,
    })
}
