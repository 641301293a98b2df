//! What a parent writes: drafts, and writes that wait in the send queue.

use crate::{AbsenceForm, ChildId, ConversationId, Day, FileId, MediaKind, RequestForm, WriteId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Where a draft belongs. One draft is kept for each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "place", content = "conversation")]
pub enum DraftPlace {
    /// A new conversation ("Bericht schrijven").
    NewMessage,
    /// An answer in a conversation.
    Reply(ConversationId),
    /// A diary entry ("Dagboek schrijven").
    Diary,
}

/// Something half-written. Kept with every change, so that a crash loses nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// Where it belongs.
    pub place: DraftPlace,
    /// About which children; one for a message.
    pub children: Vec<ChildId>,
    /// For which of the child's groups, for a message.
    pub group: Option<String>,
    /// What a message is about.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The day of a diary entry; `None` is the day it is sent.
    pub day: Option<Day>,
    /// Leave the place where a photo was taken inside it.
    pub keep_place: bool,
}

impl Draft {
    /// An empty draft.
    pub fn empty(place: DraftPlace) -> Self {
        Self {
            place,
            children: Vec::new(),
            group: None,
            subject: String::new(),
            text: String::new(),
            day: None,
            keep_place: false,
        }
    }
}

/// A photo or video that goes along with a draft or a write, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OutFile {
    /// Its identity on this device. The media protocol shows it under that.
    pub id: FileId,
    /// Its name, for the eye.
    pub name: String,
    /// Its MIME type, such as `image/jpeg`.
    pub mime: String,
    /// Still or moving.
    pub kind: MediaKind,
    /// Its size in bytes, as it is sent.
    #[specta(type = u32)]
    pub bytes: u64,
    /// How many bytes the portal has.
    #[specta(type = u32)]
    pub sent: u64,
}

/// What a write is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "what")]
pub enum WriteWhat {
    /// A message that begins a conversation.
    #[serde(rename_all = "camelCase")]
    Message {
        /// About which child.
        child: ChildId,
        /// For which of its groups.
        group: Option<String>,
        /// What it is about.
        subject: String,
        /// The text.
        text: String,
    },
    /// An answer in a conversation.
    #[serde(rename_all = "camelCase")]
    Reply {
        /// In which.
        conversation: ConversationId,
        /// The text.
        text: String,
    },
    /// A diary entry.
    #[serde(rename_all = "camelCase")]
    Diary {
        /// About which children.
        children: Vec<ChildId>,
        /// On which day.
        day: Day,
        /// The text.
        text: String,
    },
    /// A child stays away.
    Absence {
        /// As it was filled in.
        form: AbsenceForm,
    },
    /// An extra day or a swap.
    Request {
        /// As it was filled in.
        form: RequestForm,
    },
}

/// How a write stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WriteState {
    /// It waits: for a connection, for one before it, or for signing in. It can be edited.
    Queued,
    /// It is being sent.
    Sending,
    /// The portal has it.
    Sent,
    /// The portal refused it, for its own reason ("wedged"). It can be edited or copied out.
    Refused,
    /// Whether the portal has it cannot be told; the parent decides.
    Unconfirmed,
}

/// The code of a write that was refused each time, in nobody's words.
pub const NO_REASON: &str = "no-reason-given";

/// The code of a write of which a file was refused each time, in nobody's words.
pub const FILE_NOT_TAKEN: &str = "file-not-taken";

/// A write of this parent, from the moment it is given in until it stands in what is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Write {
    /// Its identity, and its idempotency key at the portal.
    pub id: WriteId,
    /// What it is.
    pub what: WriteWhat,
    /// How it stands.
    pub state: WriteState,
    /// The portal's own sentence about a refusal.
    pub reason: Option<String>,
    /// The portal's own code for it; where nobody said why, [`NO_REASON`] or [`FILE_NOT_TAKEN`].
    pub reason_code: Option<String>,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was given in.
    pub written_at: DateTime<Utc>,
    /// When the portal took it.
    pub sent_at: Option<DateTime<Utc>>,
    /// Where it stands at the portal once sent: a conversation's or an entry's identity.
    pub remote: Option<String>,
    /// The photos and videos that go along.
    pub files: Vec<OutFile>,
}
