//! What there really is, for a test to compare a client's cache with.

use crate::nursery::{Nursery, NurseryError, family};
use crate::photo::ChildTag;
use crate::timeline::{KeptChild, PARENT};
use crate::true_family::{TrueConsent, TrueEmail};
use crate::true_planning::{TrueCredit, TruePlanning, TrueRequest, TrueSlot};
use chrono::NaiveDate;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

/// Everything on a family's timeline, in its conversations and in its planning, and what it answered
/// and was e-mailed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Truth {
    /// Newest first.
    pub cards: Vec<TrueCard>,
    /// Last written in first.
    #[serde(default)]
    pub conversations: Vec<TrueConversation>,
    /// What was asked and told about the planning, the newest first.
    #[serde(default)]
    pub requests: Vec<TrueRequest>,
    /// Child by child.
    #[serde(default)]
    pub credits: Vec<TrueCredit>,
    /// Child by child and day by day, from four weeks ago until 120 days ahead.
    #[serde(default)]
    pub slots: Vec<TrueSlot>,
    /// Child by child.
    #[serde(default)]
    pub consents: Vec<TrueConsent>,
    /// What the parents were e-mailed, the oldest first.
    #[serde(default)]
    pub emails: Vec<TrueEmail>,
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
    /// Who wrote the diary entry.
    pub author: Option<String>,
    /// Whether that is a parent.
    pub from_parent: bool,
    /// The idempotency key of the parent's write that made it.
    pub key: Option<String>,
    /// Photos and films, of the card or of its entry.
    pub photos: Vec<TruePhoto>,
}

/// A conversation as the nursery knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrueConversation {
    /// Its identity.
    pub id: String,
    /// What it is about.
    pub subject: String,
    /// The identity of the child it is about.
    pub child: String,
    /// The group, when one was named.
    pub group: Option<String>,
    /// Whether the parents have not read it yet.
    pub unread: bool,
    /// Whether parents cannot answer any more.
    pub closed: bool,
    /// In the order they were written.
    pub messages: Vec<TrueMessage>,
}

/// A message as the nursery knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrueMessage {
    /// Its text as HTML.
    pub html: String,
    /// Who wrote it.
    pub author: String,
    /// Whether that is a parent.
    pub from_parent: bool,
    /// How many photos and films came with it.
    pub photos: usize,
    /// The idempotency key of the parent's write that made it.
    pub key: Option<String>,
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

    /// The diary entries parents wrote, newest first.
    pub fn entries_of_parents(&self) -> impl Iterator<Item = &TrueCard> {
        self.cards.iter().filter(|card| card.from_parent)
    }
}

impl Nursery {
    /// Everything on the timeline and in the conversations of `username`'s family; of the demo family when left out.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn truth(&self, username: Option<&str>) -> Result<Truth, NurseryError> {
        let username = username.map(str::to_owned);
        let portal = self.0.clone();
        self.change(move |db| {
            crate::kept_planning::pass_time(db, &portal)?;
            let family = family(db, username.as_deref())?;
            let planning = crate::kept_planning::read(db, &portal, family)?;
            let TruePlanning { requests, credits, slots } =
                TruePlanning::of(&planning, portal.clock.now());
            Ok(Truth {
                cards: read_cards(db, family)?,
                conversations: read_conversations(db, family)?,
                requests,
                credits,
                slots,
                consents: TrueConsent::of_family(db, family)?,
                emails: TrueEmail::of_family(db, family)?,
            })
        })
        .await
    }
}

fn read_cards(db: &Connection, family: i64) -> rusqlite::Result<Vec<TrueCard>> {
    let mut photos = db.prepare_cached(
        "SELECT id, description, generated, child_tags, video IS NOT NULL,
                may_not_be_saved IS NULL
         FROM photo WHERE card = ?1 ORDER BY position DESC",
    )?;
    let mut cards = db.prepare_cached(
        "SELECT id, day, kind, children, journal_id, content, author, author_kind IS ?2, key
         FROM card WHERE family = ?1
         ORDER BY day DESC, rank DESC",
    )?;
    let mut found = Vec::new();
    let mut rows = cards.query(params![family, PARENT])?;
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
            author: row.get(6)?,
            from_parent: row.get(7)?,
            key: row.get(8)?,
            photos: photos.collect::<rusqlite::Result<_>>()?,
        });
    }
    Ok(found)
}

fn read_conversations(db: &Connection, family: i64) -> rusqlite::Result<Vec<TrueConversation>> {
    let mut messages = db.prepare_cached(
        "SELECT html, written_by, from_parent, key,
                (SELECT count(*) FROM photo WHERE photo.conversation = message.conversation
                 AND photo.message = message.position)
         FROM message WHERE conversation = ?1 ORDER BY position",
    )?;
    let mut conversations = db.prepare_cached(
        "SELECT id, subject, child, group_name, unread, closed FROM conversation
         WHERE family = ?1 ORDER BY last_written DESC, rank DESC",
    )?;
    let mut found = Vec::new();
    let mut rows = conversations.query([family])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let messages = messages.query_map([&id], |row| {
            Ok(TrueMessage {
                html: row.get(0)?,
                author: row.get(1)?,
                from_parent: row.get(2)?,
                key: row.get(3)?,
                photos: usize::try_from(row.get::<_, i64>(4)?).unwrap_or_default(),
            })
        })?;
        found.push(TrueConversation {
            subject: row.get(1)?,
            child: row.get(2)?,
            group: row.get(3)?,
            unread: row.get(4)?,
            closed: row.get(5)?,
            messages: messages.collect::<rusqlite::Result<_>>()?,
            id,
        });
    }
    Ok(found)
}
