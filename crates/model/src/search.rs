//! Finding things again.

use crate::{ArticleId, CardId, ConversationId, Day, MessageId, NewsletterId, PhotoId};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What can be found.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "camelCase")]
pub enum FindKind {
    /// The text or day rhythm of a diary entry.
    Diary,
    /// A message of a conversation.
    Message,
    /// What a person wrote under a photo.
    Caption,
    /// A news item.
    News,
    /// A newsletter.
    Newsletter,
}

/// Where something found stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "where")]
pub enum FoundPlace {
    /// On a card of the timeline.
    Card {
        /// Which.
        card: CardId,
    },
    /// Under a photo on a card.
    Photo {
        /// The card.
        card: CardId,
        /// The photo.
        photo: PhotoId,
    },
    /// In a conversation.
    Conversation {
        /// Which.
        conversation: ConversationId,
        /// The message in it; none when it is its subject.
        message: Option<MessageId>,
    },
    /// A news item.
    News {
        /// Which.
        article: ArticleId,
    },
    /// A newsletter.
    Newsletter {
        /// Which.
        newsletter: NewsletterId,
    },
}

/// A run of text, found or around what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Fragment {
    /// The text.
    pub text: String,
    /// Whether it is one of the words looked for.
    pub hit: bool,
}

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// What it is.
    pub kind: FindKind,
    /// Where it stands.
    pub place: FoundPlace,
    /// Its day in Amsterdam.
    pub day: Day,
    /// The subject of a conversation or newsletter, the title of a news item, or the author of an
    /// entry, where there is one.
    pub title: Option<String>,
    /// What the children it is about are called.
    pub child_names: Vec<String>,
    /// The text around the words, with them marked.
    pub fragments: Vec<Fragment>,
}
