//! "Berichten": conversations with the group, and what was written in them.

use crate::{Attachment, ChildId, ConversationId, MessageId, Photo};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A conversation as it stands in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    /// Its identity at the portal.
    pub id: ConversationId,
    /// What it is about; empty when the portal gives none.
    pub subject: String,
    /// The beginning of what was written last, without mark-up.
    pub snippet: String,
    /// When it began.
    pub began_at: Option<DateTime<Utc>>,
    /// When something was written in it last.
    pub last_written: DateTime<Utc>,
    /// Whether it holds something this parent has not read, here or at the portal.
    pub unread: bool,
    /// Whether a parent wrote last (wire: `lastFromParent`).
    pub last_from_parent: bool,
    /// Who wrote last, once that is known: the list does not say.
    pub last_author: Option<String>,
    /// What the children it is about are called, once that is known.
    pub child_names: Vec<String>,
    /// The children, where the portal says which.
    pub children: Vec<ChildId>,
    /// The group, where the portal says which.
    pub group: Option<String>,
    /// Whether the portal takes no more answers in it.
    pub closed: bool,
    /// Whether its messages have been read from the portal, so that they are here offline.
    pub read_here: bool,
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its identity, derived.
    pub id: MessageId,
    /// Who wrote it, as the portal names them.
    pub author: Option<String>,
    /// Whether that is this parent, by the name the portal knows them by.
    pub own: bool,
    /// When it was written.
    pub at: Option<DateTime<Utc>>,
    /// The child it is about.
    pub child_name: Option<String>,
    /// The text as cleaned HTML, as in a diary entry.
    pub html: String,
    /// The same text without mark-up.
    pub text: String,
    /// Photos and videos that came with it.
    pub photos: Vec<Photo>,
    /// Files that came with it.
    pub attachments: Vec<Attachment>,
}
