//! Photos and videos.

use crate::{ChildId, Day, PhotoId};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Whether it moves (wire: `mediaType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum MediaKind {
    /// A still picture.
    Photo,
    /// A film.
    Video,
}

/// The sizes a picture comes in.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "camelCase")]
pub enum MediaSize {
    /// For a strip or a list (wire: `thumbUrl`).
    Thumb,
    /// For a card or a phone's whole screen (wire: `mediumUrl`).
    Medium,
    /// The original (wire: `fullSizeUrl`).
    Full,
}

/// What of a photo is on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Cached {
    /// Nothing yet: it has not been fetched.
    Nothing,
    /// The thumbnail.
    Thumb,
    /// Thumbnail and medium size.
    Medium,
    /// The thumbnail; the medium size made room for newer photos.
    Evicted,
    /// The portal's picture cannot be read; perhaps its thumbnail can.
    Broken,
}

/// Whether the organisation lets a parent save it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "answer", content = "reason")]
pub enum Saveable {
    /// It may be saved. Also when the portal says nothing about it.
    Yes,
    /// It may not, for the portal's own reason.
    No(String),
}

/// A photo or video, as far as words go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Photo {
    /// Its identity at the portal.
    pub id: PhotoId,
    /// The day it belongs to; its clock time is not known.
    pub day: Day,
    /// Still or moving.
    pub kind: MediaKind,
    /// What a person wrote under it.
    pub caption: Option<String>,
    /// What the portal's machine made of it (`generatedDescription`): fit for a screen reader,
    /// never a caption.
    pub machine_description: Option<String>,
    /// The parent's own children in it (`childTags[].ownChild`).
    pub own_children: Vec<ChildId>,
    /// What of it is on this device.
    pub cached: Cached,
    /// Whether it may be saved.
    pub saveable: Saveable,
}
