//! How fresh things are, and what they take.

use super::AppError;
use chrono::{DateTime, Utc};
use schriftje_model::Day;
use serde::{Deserialize, Serialize};
use specta::Type;

/// How fresh things are, and what is being fetched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncStatus {
    /// What is going on.
    pub phase: SyncPhase,
    /// When the newest page was last read without trouble.
    pub fresh_at: Option<DateTime<Utc>>,
    /// The last trouble, until a sync succeeds.
    pub trouble: Option<AppError>,
    /// When the newest conversations were last read without trouble.
    pub messages_fresh_at: Option<DateTime<Utc>>,
    /// Whether every conversation back to the first has been read at least once.
    pub messages_complete: bool,
    /// Why they could not be read since, where the rest could.
    pub messages_trouble: Option<AppError>,
    /// Whether every card back to the first has been read at least once.
    pub complete: bool,
    /// Cards known.
    pub cards: u32,
    /// Photos and videos known.
    pub photos: u32,
    /// Of those, how many have their thumbnail here.
    pub thumbs: u32,
    /// The oldest day read so far.
    pub oldest: Option<Day>,
    /// Seconds this sync has taken so far.
    pub seconds: u32,
    /// About how many seconds remain, when that can be told.
    pub seconds_left: Option<u32>,
    /// The parent stopped the backfill; it goes on at the next start or on request.
    pub stopped: bool,
    /// Older things and photos wait for a network that is not metered.
    pub held_back: bool,
    /// The cache is being emptied: how far looking at what the portal shows has come.
    pub clearing: Option<Clearing>,
}

/// How far looking at what the portal shows has come, before the cache is emptied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Clearing {
    /// Cards and conversations looked at.
    pub seen: u32,
    /// About how many there are.
    pub of: u32,
}

/// What a sync is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SyncPhase {
    /// Nothing.
    Idle,
    /// Reading the newest cards.
    Newest,
    /// Reading older cards.
    Backfill,
    /// Fetching pictures.
    Media,
}

/// What the offline cache takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorageUse {
    /// Texts, in bytes on disk.
    #[specta(type = u32)]
    pub texts: u64,
    /// Photos and documents, in bytes on disk.
    #[specta(type = u32)]
    pub media: u64,
    /// Of those, the photos kept for offline, in bytes.
    #[specta(type = u32)]
    pub offline: u64,
    /// What the other accounts on this device take, in bytes on disk.
    #[specta(type = u32)]
    pub others: u64,
    /// Cards known.
    pub cards: u32,
    /// Photos and videos known.
    pub photos: u32,
    /// Medium sizes here.
    pub mediums: u32,
    /// Files of documents here.
    pub documents: u32,
}

/// What is new, for badges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Unread {
    /// Conversations with something unread.
    pub messages: u32,
    /// News items that were not read.
    pub news: u32,
    /// Newsletters that were not read.
    pub newsletters: u32,
    /// Writes that wait, were refused, or need a decision.
    pub outbox: u32,
}
