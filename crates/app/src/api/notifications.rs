//! Notifications: what to raise, and what a click opens.

use schriftje_model::{
    AccountId, ArticleId, CardId, ChildId, ConversationId, NewsletterId, WishId, WriteId,
};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What a click on a notification opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "what")]
pub enum OpenWhat {
    /// The timeline.
    #[serde(rename_all = "camelCase")]
    Timeline {
        /// Of which account.
        account: AccountId,
    },
    /// A card of it.
    #[serde(rename_all = "camelCase")]
    Card {
        /// Of which account.
        account: AccountId,
        /// Which card.
        id: CardId,
    },
    /// The conversations.
    #[serde(rename_all = "camelCase")]
    Conversations {
        /// Of which account.
        account: AccountId,
    },
    /// One of them.
    #[serde(rename_all = "camelCase")]
    Conversation {
        /// Of which account.
        account: AccountId,
        /// Which.
        id: ConversationId,
    },
    /// "Mijn locatie".
    #[serde(rename_all = "camelCase")]
    Location {
        /// Of which account.
        account: AccountId,
    },
    /// A news item.
    #[serde(rename_all = "camelCase")]
    Article {
        /// Of which account.
        account: AccountId,
        /// Which.
        id: ArticleId,
    },
    /// A newsletter.
    #[serde(rename_all = "camelCase")]
    Newsletter {
        /// Of which account.
        account: AccountId,
        /// Which.
        id: NewsletterId,
    },
    /// The overview of requests.
    #[serde(rename_all = "camelCase")]
    Requests {
        /// Of which account.
        account: AccountId,
    },
    /// The consents and declarations of a child, or where one chooses a child.
    #[serde(rename_all = "camelCase")]
    Consents {
        /// Of which account.
        account: AccountId,
        /// Of which child, when they are of one.
        child: Option<ChildId>,
    },
    /// The observations.
    #[serde(rename_all = "camelCase")]
    Observations {
        /// Of which account.
        account: AccountId,
    },
    /// One of them.
    #[serde(rename_all = "camelCase")]
    Observation {
        /// Of which account.
        account: AccountId,
        /// Which, at the portal.
        id: String,
    },
    /// A form as it was filled in, whose request was refused or can be completed now.
    #[serde(rename_all = "camelCase")]
    Form {
        /// Of which account.
        account: AccountId,
        /// The refused write, or else the wish.
        write: Option<WriteId>,
        /// The wish.
        wish: Option<WishId>,
    },
}

/// A notification to raise: composed, and allowed by the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// About which account.
    pub account: AccountId,
    /// What replaces what: a newer one of the same group takes the place of an older one.
    pub group: String,
    /// Its first line.
    pub title: String,
    /// The rest.
    pub body: String,
    /// With a sound.
    pub sound: bool,
    /// What a click opens.
    pub what: OpenWhat,
}

impl Notification {
    /// Whether it may name somebody, where the settings allow that. What became of a form is told by
    /// no name or word of it.
    pub fn may_name(&self) -> bool {
        !matches!(self.what, OpenWhat::Form { .. })
    }
}

/// Which notifications to raise on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct NotificationSettings {
    /// New photos.
    pub photos: bool,
    /// New diary entries.
    pub diary: bool,
    /// New messages.
    pub messages: bool,
    /// What became of requests.
    pub requests: bool,
    /// Consents and declarations that wait for an answer.
    pub consents: bool,
    /// New observations.
    pub observations: bool,
    /// News of the organisation.
    pub news: bool,
    /// Newsletters.
    pub newsletters: bool,
    /// Names and subjects may stand in a notification, where others may read them.
    pub private: bool,
    /// With a sound.
    pub sound: bool,
    /// Raise none from `quiet_from` to `quiet_until`.
    pub quiet: bool,
    /// Minutes since midnight on this device's clock.
    pub quiet_from: u16,
    /// Minutes since midnight on this device's clock.
    pub quiet_until: u16,
}

impl Default for NotificationSettings {
    fn default() -> Self {
        Self {
            photos: true,
            diary: true,
            messages: true,
            requests: true,
            consents: true,
            observations: true,
            news: true,
            newsletters: true,
            private: false,
            sound: true,
            quiet: false,
            quiet_from: 20 * 60,
            quiet_until: 7 * 60,
        }
    }
}
