//! Counts shown on screen (table `totals`, kept up by triggers).

use crate::{Store, StoreError};
use rusqlite::Connection;

/// How much is known, and how much of it is here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Cards.
    pub cards: u32,
    /// Photos and videos.
    pub photos: u32,
    /// Photos and videos with their thumbnail here.
    pub thumbs: u32,
    /// Photos and videos with their medium size here.
    pub mediums: u32,
    /// Conversations.
    pub conversations: u32,
}

impl Store {
    /// The counts. Costs the same whatever is in the account.
    pub async fn totals(&self) -> Result<Totals, StoreError> {
        self.0.cache.read(read).await
    }
}

pub(crate) const SELECT: &str = "SELECT value FROM totals WHERE name = ?1";

pub(crate) fn read(c: &Connection) -> rusqlite::Result<Totals> {
    let mut statement = c.prepare_cached(SELECT)?;
    let mut value = |name: &str| statement.query_row([name], |row| row.get(0));
    Ok(Totals {
        cards: value("cards")?,
        photos: value("photos")?,
        thumbs: value("thumbs")?,
        mediums: value("mediums")?,
        conversations: value("conversations")?,
    })
}
