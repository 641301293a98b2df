//! "Berichten": conversations, whole and in pages.

use super::AppError;
use schriftje_model::{Conversation, Message, Write};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A page of the conversations.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConversationPage {
    /// The conversations, the one written in last first.
    pub conversations: Vec<Conversation>,
    /// Where the next page begins; `None` at the end of what is known.
    pub next: Option<String>,
}

/// A conversation, whole.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Thread {
    /// The conversation.
    pub conversation: Conversation,
    /// Its messages, oldest first; empty while they were never read from the portal.
    pub messages: Vec<Message>,
    /// This parent's answers that do not stand among the messages yet.
    pub writes: Vec<Write>,
    /// Why the newest could not be read just now, when it could not.
    pub trouble: Option<AppError>,
}
