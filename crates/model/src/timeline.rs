//! The timeline ("Mijn kind") and what stands on its cards.

use crate::{CardId, ChildId, Day, JournalId, MediaId, Photo, RhythmMoment};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What a card is (wire: `type`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind", content = "wire")]
pub enum CardKind {
    /// A diary entry: a day report of the group, or what a parent wrote.
    Journal,
    /// Photos of a day.
    Photos,
    /// A consent or action asked for.
    Trigger,
    /// A kind this version does not know, with the portal's word for it.
    Unsupported(String),
}

/// A child as it stands on a card: its group then, not its group now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CardChild {
    /// The child.
    pub id: ChildId,
    /// What it is called.
    pub first_name: String,
    /// The group it was in.
    pub group: Option<String>,
    /// Its picture.
    pub avatar: Option<MediaId>,
}

/// Who wrote an entry (wire: `writtenByType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AuthorKind {
    /// Somebody of the group.
    Employee,
    /// A parent.
    Parent,
    /// The portal does not say, or says something new.
    Unknown,
}

/// A file that came with an entry. Its bytes are not cached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// Its name, as far as the portal gives one.
    pub name: String,
}

/// A diary entry ("dagboek", wire: journal).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DiaryEntry {
    /// Its identity at the portal.
    pub id: JournalId,
    /// Who wrote it, as the portal names them.
    pub author: Option<String>,
    /// Whether that is the group or a parent.
    pub author_kind: AuthorKind,
    /// The text as cleaned HTML: paragraphs, emphasis, lists, links; no pictures, styles or scripts.
    pub html: String,
    /// The same text without mark-up, for summaries and the terminal.
    pub text: String,
    /// The day rhythm, in the portal's order.
    pub rhythm: Vec<RhythmMoment>,
    /// Photos and videos of the entry.
    pub photos: Vec<Photo>,
    /// Files that came with it.
    pub attachments: Vec<Attachment>,
    /// Whether it was changed after it was first posted.
    pub edited: bool,
}

/// A card of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TimelineCard {
    /// Its identity, derived: a journal's id, else a hash of kind, day and children.
    pub id: CardId,
    /// The day it belongs to.
    pub day: Day,
    /// What it is.
    pub kind: CardKind,
    /// The children it is about.
    pub children: Vec<CardChild>,
    /// The diary entry of a journal card.
    pub entry: Option<DiaryEntry>,
    /// The photos of a photo card.
    pub photos: Vec<Photo>,
}
