//! Saving photos and documents to disk.

use super::AppError;
use schriftje_model::{
    AccountId, CardId, ChildId, Day, DocumentId, DocumentKind, FactKind, MediaId, PhotoId,
};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What to save to disk.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "what")]
pub enum SaveWhat {
    /// One or several photos.
    Photos {
        /// Which.
        ids: Vec<PhotoId>,
    },
    /// All photos of a card.
    Card {
        /// Which.
        id: CardId,
    },
    /// All photos of a day.
    Day {
        /// Which.
        day: Day,
        /// Only of these children; empty means every child.
        children: Vec<ChildId>,
    },
    /// "Bewaar alles": a child, a period, or simply everything.
    Range {
        /// Only of these children; empty means every child.
        children: Vec<ChildId>,
        /// From this day on.
        from: Option<Day>,
        /// Up to and including this day.
        until: Option<Day>,
    },
    /// One or several documents.
    Documents {
        /// Which.
        ids: Vec<DocumentId>,
    },
    /// "Alles bewaren": documents of a kind, of a year, or simply all.
    AllDocuments {
        /// Only of this kind.
        kind: Option<DocumentKind>,
        /// Only with a day in this year.
        year: Option<i32>,
    },
    /// A file that comes with a news item or a page.
    Attached {
        /// With which.
        of: FactKind,
        /// Which.
        id: MediaId,
    },
}

/// What a save is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SaveAbout {
    /// Photos and videos.
    Photos,
    /// Documents, and files that come with news and pages.
    Documents,
}

/// A save under way or done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SaveJob {
    /// Its number, since the app started.
    pub id: u32,
    /// Of which account.
    pub account: AccountId,
    /// What it is about.
    pub about: SaveAbout,
    /// How it stands.
    pub state: SaveState,
    /// The folder it saves to, as text for the eye.
    pub folder: String,
    /// How many it is about.
    pub total: u32,
    /// Written now.
    pub saved: u32,
    /// Of those, how many in the medium size: the account has ended, and the originals cannot be
    /// had any more. The files say so.
    pub reduced: u32,
    /// Already in the folder.
    pub already: u32,
    /// Not allowed, for the portal's own reasons.
    pub refused: Vec<Refused>,
    /// Could not be fetched or written; a new save tries them again.
    pub failed: u32,
    /// Bytes written.
    #[specta(type = u32)]
    pub bytes: u64,
    /// The trouble that stopped it or made photos fail, when there was one.
    pub trouble: Option<AppError>,
}

/// A photo the organisation does not let a parent save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    /// Which.
    pub id: PhotoId,
    /// Why, in the portal's words.
    pub reason: String,
}

/// How a save stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SaveState {
    /// Under way.
    Running,
    /// Finished; some photos may have failed or been refused.
    Done,
    /// Stopped by the parent; saving the same again goes on where it was.
    Cancelled,
    /// Stopped by trouble, such as a full disk.
    Failed,
}
