//! What to read again.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Something changed; read it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// What.
    pub tags: Vec<Tag>,
}

impl Tag {
    /// All of them: what to say when some changes were missed.
    pub const ALL: [Self; 15] = [
        Self::Accounts,
        Self::Timeline,
        Self::Children,
        Self::Media,
        Self::Sync,
        Self::Saves,
        Self::Settings,
        Self::Messages,
        Self::Outbox,
        Self::Agenda,
        Self::Documents,
        Self::Location,
        Self::Facts,
        Self::Lock,
        Self::News,
    ];
}

/// What can change.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "camelCase")]
pub enum Tag {
    /// The accounts, or which is in use, or its session.
    Accounts,
    /// Cards or entries.
    Timeline,
    /// Children.
    Children,
    /// Pictures that were not here before.
    Media,
    /// How fresh things are.
    Sync,
    /// A save.
    Saves,
    /// Settings.
    Settings,
    /// Conversations or messages, or what of them is unread.
    Messages,
    /// Writes that wait or were sent.
    Outbox,
    /// The planning, requests, wishes or credits.
    Agenda,
    /// Documents: their lists, or what of them is here.
    Documents,
    /// News or newsletters, or what of them is unread.
    Location,
    /// What the portal tells of the place or the family.
    Facts,
    /// Whether the app is locked.
    Lock,
    /// Something that deserves a notification: a host that raises them takes them now.
    News,
}
