//! What is written: limits, drafts with their files, and what waits.

use schriftje_model::{AccountId, Draft, OutFile, RequestForm, Wish, Write};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What can be written at this portal. Where something cannot, the organisation's own web portal
/// is opened instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Writing {
    /// Messages and answers.
    pub messages: bool,
    /// Diary entries.
    pub diary: bool,
    /// Photos with either.
    pub photos: bool,
    /// Videos with either.
    pub videos: bool,
    /// Characters of a subject at most.
    pub subject_characters: u32,
    /// Characters of a text at most.
    pub text_characters: u32,
    /// Files with one write at most.
    pub files: u32,
    /// Bytes of one file at most.
    #[specta(type = u32)]
    pub file_bytes: u64,
    /// The organisation's web portal.
    pub web_portal: String,
}

/// A draft with what goes along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftWithFiles {
    /// The draft.
    pub draft: Draft,
    /// Its photos and videos, in order.
    pub files: Vec<OutFile>,
}

/// What would be lost by signing out of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Unsent {
    /// Whose it is.
    pub account: AccountId,
    /// What was given in and the portal does not have, as far as is known; oldest first.
    pub writes: Vec<Write>,
    /// What is half-written, last changed first.
    pub drafts: Vec<DraftWithFiles>,
    /// Requests that wait for a network or for the parent, oldest first.
    pub wishes: Vec<Wish>,
    /// Half-filled requests, last changed first.
    pub forms: Vec<RequestForm>,
}

impl Unsent {
    /// Whether nothing would be lost.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty()
            && self.drafts.is_empty()
            && self.wishes.is_empty()
            && self.forms.is_empty()
    }
}

/// What came of adding photos and videos to a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Added {
    /// All files of the draft now, in order.
    pub files: Vec<OutFile>,
    /// What was not taken, and why.
    pub rejected: Vec<Rejected>,
}

/// A file that does not go along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Rejected {
    /// Its name, without its folder.
    pub name: String,
    /// Why not.
    pub why: RejectedWhy,
}

/// Why a file does not go along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RejectedWhy {
    /// It holds nothing.
    Empty,
    /// It is there no more, or cannot be read.
    Gone,
    /// It is neither a photo nor a video.
    NotAPicture,
    /// It is cut off or damaged.
    Broken,
    /// It is larger than the portal takes.
    TooLarge,
    /// There are as many files as the portal takes already.
    TooMany,
    /// The portal takes no photos or videos with this.
    NotTaken,
    /// The organisation takes no videos.
    NoVideos,
    /// It takes videos, but not of this kind.
    KindNotTaken,
    /// This device cannot read that kind of photo, and the portal does not take it as it is.
    NoDecoder,
}

/// What a parent decides about a write of which nobody can tell whether it arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Decision {
    /// It stands at the portal: it is done.
    Arrived,
    /// It does not: send it again.
    SendAgain,
}
