//! What there really is, for a test to compare a client's cache with.

use crate::nursery::{Nursery, NurseryError, family};
use crate::timeline::{ChildTag, KeptChild};
use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

/// Everything on a family's timeline, in the order it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Truth {
    /// Newest first.
    pub cards: Vec<TrueCard>,
}

/// A card as the nursery knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrueCard {
    /// Its number at the nursery; parents never see it.
    pub card: i64,
    /// The day in Amsterdam.
    pub day: NaiveDate,
    /// The wire's word for what it is.
    pub kind: String,
    /// The children it is about.
    pub children: Vec<String>,
    /// The diary entry's identity.
    pub journal_id: Option<String>,
    /// The diary entry's HTML.
    pub html: Option<String>,
    /// Photos and films, of the card or of its entry.
    pub photos: Vec<TruePhoto>,
}

/// A photo as the nursery knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TruePhoto {
    /// Its identity.
    pub id: String,
    /// What stands under it, whoever wrote that.
    pub description: Option<String>,
    /// Whether the machine wrote it.
    pub generated: bool,
    /// The parents' own children in it.
    pub own_children: Vec<String>,
    /// Whether it is a film.
    pub film: bool,
    /// Whether it may be saved.
    pub saveable: bool,
}

impl Truth {
    /// The identities of all photos, in order.
    pub fn photo_ids(&self) -> Vec<&str> {
        self.cards.iter().flat_map(|card| &card.photos).map(|photo| photo.id.as_str()).collect()
    }
}

impl Nursery {
    /// Everything on the timeline of `username`'s family; of the demo family when left out.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn truth(&self, username: Option<&str>) -> Result<Truth, NurseryError> {
        let username = username.map(str::to_owned);
        let read = self.0.store.run(move |db| match family(db, username.as_deref()) {
            Ok(family) => Ok(Ok(Truth { cards: read_cards(db, family)? })),
            Err(error) => Ok(Err(error)),
        });
        read.await.map_err(NurseryError::from)?
    }
}

fn read_cards(db: &Connection, family: i64) -> rusqlite::Result<Vec<TrueCard>> {
    let mut photos = db.prepare_cached(
        "SELECT id, description, generated, child_tags, video IS NOT NULL,
                may_not_be_saved IS NULL
         FROM photo WHERE card = ?1 ORDER BY position DESC",
    )?;
    let mut cards = db.prepare_cached(
        "SELECT id, day, kind, children, journal_id, content FROM card WHERE family = ?1
         ORDER BY day DESC, rank DESC",
    )?;
    let mut found = Vec::new();
    let mut rows = cards.query([family])?;
    while let Some(row) = rows.next()? {
        let card = row.get(0)?;
        let children: Vec<KeptChild> =
            serde_json::from_str(&row.get::<_, String>(3)?).unwrap_or_default();
        let photos = photos.query_map([card], |row| {
            let tags: Vec<ChildTag> =
                serde_json::from_str(&row.get::<_, String>(3)?).unwrap_or_default();
            Ok(TruePhoto {
                id: row.get(0)?,
                description: row.get(1)?,
                generated: row.get(2)?,
                own_children: tags
                    .into_iter()
                    .filter(|tag| tag.own_child)
                    .map(|tag| tag.person_id)
                    .collect(),
                film: row.get(4)?,
                saveable: row.get(5)?,
            })
        })?;
        found.push(TrueCard {
            card,
            day: row.get(1)?,
            kind: row.get(2)?,
            children: children.into_iter().map(|child| child.id).collect(),
            journal_id: row.get(4)?,
            html: row.get(5)?,
            photos: photos.collect::<rusqlite::Result<_>>()?,
        });
    }
    Ok(found)
}
