//! Conversations that are gone at the portal: those that a complete walk has not seen.
//!
//! As on the timeline, only what lies inside the walk counts: what the portal no longer lists at
//! its far end stays here, and so does what is about a child who has left.

use crate::logbook::LogbookWalk;
use crate::walks::WalkKind;
use crate::{Store, StoreError, photos};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use schriftje_model::PhotoId;

/// What the end of a walk over the list removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemovedConversations {
    /// Conversations.
    pub conversations: u32,
    /// Photos that came with them and stand nowhere else.
    pub photos: u32,
    /// So many were missing that the next walk has to say so too before they are removed.
    pub doubted: bool,
}

impl Store {
    /// Ends a walk over the list. When it is `sure` to have seen everything it set out to see, the
    /// conversations it has not seen are removed.
    pub async fn finish_logbook_walk(
        &self,
        walk: LogbookWalk,
        sure: bool,
        now: DateTime<Utc>,
    ) -> Result<RemovedConversations, StoreError> {
        let (removed, gone) = self.0.cache.write(move |c| finish(c, &walk, sure, now)).await?;
        self.forget_photos(gone).await?;
        Ok(removed)
    }
}

/// Conversations that may go at once without a second walk's word.
const FEW: i64 = 10;

/// Conversations that no walk since has seen; not those about children who have all left. At a
/// plain portal a child is known by its first name alone.
const MAY_GO: &str = "last_written >= ?1 AND walk < ?2
    AND (NOT EXISTS (SELECT 1 FROM children WHERE NOT attends AND
             (id IN (SELECT value FROM json_each(conversations.children))
              OR first_name IN (SELECT value FROM json_each(child_names))))
         OR EXISTS (SELECT 1 FROM children WHERE attends AND
             (id IN (SELECT value FROM json_each(conversations.children))
              OR first_name IN (SELECT value FROM json_each(child_names)))))";

fn finish(
    c: &Connection,
    walk: &LogbookWalk,
    sure: bool,
    now: DateTime<Utc>,
) -> rusqlite::Result<(RemovedConversations, Vec<PhotoId>)> {
    let mut removed = RemovedConversations::default();
    let mut gone = Vec::new();
    let oldest = match walk.kind {
        WalkKind::Full => walk.oldest,
        WalkKind::Recent => walk.until.max(walk.oldest),
    };
    if let Some(oldest) = oldest.filter(|_| sure && walk.oldest.is_some()) {
        (removed, gone) = remove(c, walk, oldest.timestamp_millis())?;
    }
    let done = match walk.kind {
        WalkKind::Full => {
            "UPDATE logbook SET recent_at = ?1, full_at = ?1, complete = 1, full_walk = ?2"
        }
        WalkKind::Recent => "UPDATE logbook SET recent_at = ?1, recent_walk = ?2",
    };
    c.execute(done, [now.timestamp_millis(), walk.number])?;
    c.execute("DELETE FROM logbook_walk", [])?;
    Ok((removed, gone))
}

fn remove(
    c: &Connection,
    walk: &LogbookWalk,
    oldest: i64,
) -> rusqlite::Result<(RemovedConversations, Vec<PhotoId>)> {
    let missing: i64 = c.query_row(
        &format!("SELECT count(*) FROM conversations WHERE {MAY_GO}"),
        [oldest, walk.number],
        |row| row.get(0),
    )?;
    let all: i64 =
        c.query_row("SELECT value FROM totals WHERE name = 'conversations'", [], |row| row.get(0))?;
    // A list that is not sorted may hide what it holds.
    let doubted = missing > 0 && (missing > FEW.max(all / 4) || !walk.in_order);
    let unseen_since = if doubted { before(c, walk.kind)?.unwrap_or(0) } else { walk.number };
    let photos_before: Vec<i64> = c
        .prepare(&format!(
            "SELECT mp.photo FROM message_photos mp JOIN messages m ON m.n = mp.message
             WHERE m.conversation IN (SELECT n FROM conversations WHERE {MAY_GO})"
        ))?
        .query_map([oldest, unseen_since], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let removed =
        c.execute(&format!("DELETE FROM conversations WHERE {MAY_GO}"), [oldest, unseen_since])?;
    let gone = photos::remove_unplaced(c, &photos_before)?;
    let told = RemovedConversations {
        conversations: u32::try_from(removed).unwrap_or(u32::MAX),
        photos: u32::try_from(gone.len()).unwrap_or(u32::MAX),
        doubted,
    };
    Ok((told, gone))
}

/// The number of the last walk of this kind that was done.
fn before(c: &Connection, kind: WalkKind) -> rusqlite::Result<Option<i64>> {
    let sql = match kind {
        WalkKind::Full => "SELECT full_walk FROM logbook",
        WalkKind::Recent => "SELECT recent_walk FROM logbook",
    };
    c.query_row(sql, [], |row| row.get(0)).optional().map(Option::flatten)
}
