//! All accounts together: what is new at each, and one timeline of them all.

use super::{Account, AgendaDay, AppError, Unread};
use schriftje_model::{AccountId, TimelineCard};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Every account at a glance, from what is here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TogetherOverview {
    /// The accounts, in the order of [`super::Overview::accounts`].
    pub accounts: Vec<TogetherAccount>,
    /// Why the others cannot be opened: one for each of them.
    pub not_opened: Vec<AppError>,
}

/// An account at a glance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TogetherAccount {
    /// The account.
    pub account: Account,
    /// Whether it is the one in use.
    pub in_use: bool,
    /// Cards with photos or a diary entry that were not seen yet.
    pub new_cards: u32,
    /// What else is new.
    pub unread: Unread,
    /// Why what is here is not up to date, where it is not.
    pub trouble: Option<AppError>,
    /// What comes next in its agenda, where that is today or tomorrow.
    pub next: Option<AgendaDay>,
}

/// A page of the timeline of all accounts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TogetherPage {
    /// The cards, newest day first; on one day those of an account stand together.
    pub cards: Vec<TogetherCard>,
    /// Where the next page begins; `None` at the end of what is known.
    pub next: Option<String>,
    /// Why accounts that are open could not be read: their cards are missing here and further on.
    pub not_read: Vec<AppError>,
}

/// A card, and whose it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TogetherCard {
    /// The account it belongs to.
    pub account: AccountId,
    /// The card.
    pub card: TimelineCard,
}
