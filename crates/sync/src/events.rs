//! What a sync tells while it runs.

use crate::{Clearing, SyncError};
use chrono::{DateTime, Utc};
use schriftje_model::Day;
use std::time::Duration;

/// Something to read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyncEvent {
    /// Cards are new, changed or gone.
    TimelineChanged,
    /// Conversations or their messages are new, changed, read or gone.
    MessagesChanged,
    /// The planning, requests or credits changed, or can or cannot be read.
    AgendaChanged,
    /// Documents are new, changed, gone or here, or can or cannot be read.
    DocumentsChanged,
    /// News or newsletters are new, changed, read or gone, or can or cannot be read.
    LocationChanged,
    /// What the portal tells of the place or the family changed, or can or cannot be read.
    FactsChanged,
    /// Children, the parent or the organisation changed.
    ChildrenChanged,
    /// Pictures have arrived, or were found broken.
    MediaArrived,
    /// Writes of the parent moved on.
    OutboxChanged,
    /// Another process changed drafts or writes: there may be something to send.
    OutboxChangedElsewhere,
    /// Something deserves a notification, or does no more: [`crate::SyncEngine::take_news`].
    News,
    /// [`SyncProgress`] moved.
    Status,
    /// A database was damaged and made anew: read everything again.
    Recovered,
    /// The sync has met trouble. [`schriftje_konnect::PortalError::Unauthorized`] waits for
    /// [`crate::SyncEngine::wake`]; other trouble is tried again by itself.
    Trouble(SyncError),
}

/// What a sync is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SyncPhase {
    /// Nothing.
    #[default]
    Idle,
    /// Reading the newest cards.
    Newest,
    /// Reading older cards.
    Backfill,
    /// Fetching pictures.
    Media,
}

/// How a sync stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncProgress {
    /// What it is doing.
    pub phase: SyncPhase,
    /// When the newest page was last read without trouble.
    pub fresh_at: Option<DateTime<Utc>>,
    /// Whether every card back to the first has been read at least once.
    pub complete: bool,
    /// Cards known.
    pub cards: u32,
    /// Photos and videos known.
    pub photos: u32,
    /// Of those, how many have their thumbnail here.
    pub thumbs: u32,
    /// Of those, how many have their medium size here.
    pub mediums: u32,
    /// The oldest day read so far.
    pub oldest: Option<Day>,
    /// How long this sync has taken so far.
    pub took: Duration,
    /// About how long it still takes, when that can be told.
    pub left: Option<Duration>,
    /// The parent stopped it; it goes on when woken.
    pub stopped: bool,
    /// Older things and pictures wait for a network that costs nothing.
    pub held_back: bool,
    /// The last trouble, until a sync succeeds.
    pub trouble: Option<SyncError>,
    /// When the newest conversations were last read without trouble.
    pub messages_fresh_at: Option<DateTime<Utc>>,
    /// Whether every conversation back to the first has been read at least once.
    pub messages_complete: bool,
    /// Why they could not be read since, where the rest could.
    pub messages_trouble: Option<SyncError>,
    /// The cache is about to be emptied: how far looking at what the portal shows has come.
    pub clearing: Option<Clearing>,
}
