//! "Mijn kind": the timeline, by card offset.

use crate::answer::Refusal;
use crate::bearer::Parent;
use crate::day::midnight_ms;
use crate::media::signed;
use crate::photo::{KeptPhoto, Photo};
use crate::portal::{Portal, Shared};
use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use chrono::NaiveDate;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// `writtenByType` of what the group wrote, as observed (B).
pub const EMPLOYEE: &str = "timeline.card_journal_header_type.employees_of";
/// `writtenByType` of what a parent wrote, in the same manner; it has not been observed.
pub const PARENT: &str = "timeline.card_journal_header_type.parent";

/// Cards in one answer. No client relies on it: the next offset is what came, added up.
const CARDS: u32 = 10;

pub fn routes() -> Router<Shared> {
    Router::new().route("/restservices-parent/timeline/cards/v2/{offset}", get(cards))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Card {
    date: i64,
    #[serde(rename = "type")]
    kind: String,
    children: Vec<CardChild>,
    #[serde(skip_serializing_if = "Option::is_none")]
    journal: Option<Journal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    photos: Option<Vec<Photo>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CardChild {
    id: String,
    first_name: String,
    middle_name: Option<String>,
    last_name: String,
    has_active_placements: bool,
    /// Only null has been observed (B).
    avatar: (),
    avatars: Avatars,
    child_group: String,
    date_of_birth: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Avatars {
    full_size_url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "these are the portal's names")]
struct Journal {
    date: i64,
    written_by_name: String,
    written_by_type: String,
    /// Text and day rhythm in one.
    content: String,
    /// The portal's own spelling.
    day_rythm_content: String,
    journal_content: String,
    journal_id: String,
    child_id: String,
    photos: Vec<Photo>,
    /// Never filled here: what an attachment looks like has not been observed.
    attachment_content_items: [(); 0],
    is_new: bool,
    edited: bool,
}

/// A child on a card, as it is kept: its group then, not its group now.
#[derive(Serialize, Deserialize)]
pub struct KeptChild {
    pub id: String,
    pub group: String,
}

struct KeptCard {
    number: i64,
    day: NaiveDate,
    kind: String,
    children: Vec<KeptChild>,
    journal: Option<KeptJournal>,
    photos: Vec<KeptPhoto>,
}

struct KeptJournal {
    id: String,
    author: String,
    author_kind: String,
    content: String,
    rhythm: String,
    is_new: bool,
    edited: bool,
}

struct Person {
    first_name: String,
    middle_name: Option<String>,
    last_name: String,
    born: NaiveDate,
    placed: bool,
}

async fn cards(
    State(portal): State<Shared>,
    parent: Parent,
    Path(offset): Path<u32>,
) -> Result<Json<Vec<Card>>, Refusal> {
    let today = crate::day::today(portal.clock.now());
    let (kept, people) = portal
        .store
        .run(move |db| {
            Ok((read_cards(db, parent.family, offset)?, people(db, parent.family, today)?))
        })
        .await?;
    Ok(Json(kept.into_iter().map(|card| sent(&portal, &people, card)).collect()))
}

fn sent(portal: &Portal, people: &HashMap<String, Person>, card: KeptCard) -> Card {
    let date = midnight_ms(card.day);
    let photos: Vec<Photo> =
        card.photos.into_iter().map(|photo| photo.sent(portal, date)).collect();
    let children: Vec<CardChild> = card
        .children
        .into_iter()
        .filter_map(|kept| {
            let person = people.get(&kept.id)?;
            Some(CardChild {
                first_name: person.first_name.clone(),
                middle_name: person.middle_name.clone(),
                last_name: person.last_name.clone(),
                has_active_placements: person.placed,
                avatar: (),
                avatars: Avatars {
                    full_size_url: signed(portal, &format!("/avatars/{}.jpg", kept.id)),
                },
                child_group: kept.group,
                date_of_birth: midnight_ms(person.born),
                id: kept.id,
            })
        })
        .collect();
    let (journal, photos) = match card.journal {
        Some(journal) => {
            let journal = Journal {
                date,
                written_by_name: journal.author,
                written_by_type: journal.author_kind,
                content: format!("{}{}", journal.content, journal.rhythm),
                day_rythm_content: journal.rhythm,
                journal_content: journal.content,
                journal_id: journal.id,
                child_id: children.first().map(|child| child.id.clone()).unwrap_or_default(),
                photos,
                attachment_content_items: [],
                is_new: journal.is_new,
                edited: journal.edited,
            };
            (Some(journal), None)
        }
        None => (None, (card.kind == "photo").then_some(photos)),
    };
    Card { date, kind: card.kind, children, journal, photos }
}

fn read_cards(db: &Connection, family: i64, offset: u32) -> rusqlite::Result<Vec<KeptCard>> {
    let mut cards = db.prepare_cached(
        "SELECT id, day, kind, children, journal_id, author, author_kind, content, rhythm, is_new,
                edited
         FROM card WHERE family = ?1 ORDER BY day DESC, rank DESC LIMIT ?2 OFFSET ?3",
    )?;
    let rows = cards.query_map(params![family, CARDS, offset], |row| {
        let journal = match row.get::<_, Option<String>>(4)? {
            Some(id) => Some(KeptJournal {
                id,
                author: row.get(5)?,
                author_kind: row.get(6)?,
                content: row.get(7)?,
                rhythm: row.get(8)?,
                is_new: row.get(9)?,
                edited: row.get(10)?,
            }),
            None => None,
        };
        Ok(KeptCard {
            number: row.get(0)?,
            day: row.get(1)?,
            kind: row.get(2)?,
            children: serde_json::from_str(&row.get::<_, String>(3)?).unwrap_or_default(),
            journal,
            photos: Vec::new(),
        })
    })?;
    let mut cards = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    for card in &mut cards {
        card.photos = KeptPhoto::on_card(db, card.number)?;
    }
    Ok(cards)
}

fn people(
    db: &Connection,
    family: i64,
    today: NaiveDate,
) -> rusqlite::Result<HashMap<String, Person>> {
    let mut children = db.prepare_cached(
        "SELECT id, first_name, nullif(middle_name, ''), last_name, born,
                starts <= ?2 AND (ends IS NULL OR ends > ?2)
         FROM child WHERE family = ?1",
    )?;
    let rows = children.query_map(params![family, today], |row| {
        let person = Person {
            first_name: row.get(1)?,
            middle_name: row.get(2)?,
            last_name: row.get(3)?,
            born: row.get(4)?,
            placed: row.get(5)?,
        };
        Ok((row.get(0)?, person))
    })?;
    rows.collect()
}
