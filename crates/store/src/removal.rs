//! What is gone at the portal: cards that a complete walk has not seen.
//!
//! Only days that lie inside the walk count. History that the portal no longer shows at its far
//! end stays here, and so does that of a child who has left: parents keep what the portal lets go.

use crate::walks::{self, Walk, WalkKind};
use crate::{Applied, NewCard, Store, StoreError, cards, day};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use schriftje_model::{Day, MediaId, MediaSize};

/// What the end of a walk removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Cards.
    pub cards: u32,
    /// Photos that stand on no card any more, and came with no message or news.
    pub photos: u32,
    /// So many cards were missing that the next walk has to say so too before they are removed.
    pub doubted: bool,
}

impl Store {
    /// Takes in a page that a walk read, and how far the walk has come, in one transaction.
    pub async fn apply_walked_page(
        &self,
        cards: Vec<NewCard>,
        walk: Walk,
    ) -> Result<Applied, StoreError> {
        self.0
            .cache
            .write(move |c| {
                let applied = cards::apply(c, &cards)?;
                walks::save(c, &walk)?;
                Ok(applied)
            })
            .await
    }

    /// Ends a walk that has seen everything it set out to see, and removes the cards within its
    /// days that it has not seen. `days` are the first and last of those days.
    pub async fn finish_walk(
        &self,
        walk: Walk,
        days: Option<(Day, Day)>,
        now: DateTime<Utc>,
    ) -> Result<Removed, StoreError> {
        let full = walk.kind == WalkKind::Full;
        let (removed, photos) = self.0.cache.write(move |c| finish(c, &walk, days, now)).await?;
        for id in photos {
            for size in [MediaSize::Thumb, MediaSize::Medium] {
                self.forget_media(MediaId(id.clone()), size).await?;
            }
        }
        if full {
            self.sweep_media().await?;
            self.let_shown_go_again().await?;
        }
        Ok(removed)
    }
}

/// Cards that may go at once without a second walk's word.
const FEW: i64 = 20;

/// Cards within days that no walk since has seen; not those of children who have all left.
const MAY_GO: &str = "day BETWEEN ?1 AND ?2 AND walk < ?3
    AND (NOT EXISTS (SELECT 1 FROM children)
         OR NOT EXISTS (SELECT 1 FROM card_children WHERE card = cards.n)
         OR EXISTS (SELECT 1 FROM card_children JOIN children ON children.id = card_children.child
                    WHERE card = cards.n AND children.attends))";

fn finish(
    c: &Connection,
    walk: &Walk,
    days: Option<(Day, Day)>,
    now: DateTime<Utc>,
) -> rusqlite::Result<(Removed, Vec<String>)> {
    let mut removed = Removed::default();
    if let Some((first, last)) = days {
        let (first, last) = (day::number(first), day::number(last));
        let missing: i64 = c.query_row(
            &format!("SELECT count(*) FROM cards WHERE {MAY_GO}"),
            [first, last, walk.number],
            |row| row.get(0),
        )?;
        let all: i64 =
            c.query_row("SELECT value FROM totals WHERE name = 'cards'", [], |row| row.get(0))?;
        removed.doubted = missing > FEW.max(all / 4);
        let unseen_since =
            if removed.doubted { walks::before(c, walk.kind)?.unwrap_or(0) } else { walk.number };
        let gone =
            c.execute(&format!("DELETE FROM cards WHERE {MAY_GO}"), [first, last, unseen_since])?;
        removed.cards = u32::try_from(gone).unwrap_or(u32::MAX);
    }
    let photos: Vec<String> = c
        .prepare(
            "DELETE FROM photos
             WHERE NOT EXISTS (SELECT 1 FROM card_photos WHERE photo = photos.n)
                 AND NOT EXISTS (SELECT 1 FROM message_photos WHERE photo = photos.n)
                 AND NOT EXISTS (SELECT 1 FROM article_parts WHERE photo = photos.n)
             RETURNING id",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    removed.photos = u32::try_from(photos.len()).unwrap_or(u32::MAX);
    c.execute("DELETE FROM walks WHERE feed = 'timeline'", [])?;
    walks::done(c, walk)?;
    let now = now.timestamp_millis();
    c.execute("UPDATE feeds SET recent_at = ?1 WHERE name = 'timeline'", [now])?;
    if walk.kind == WalkKind::Full {
        c.execute("UPDATE feeds SET full_at = ?1, complete = 1 WHERE name = 'timeline'", [now])?;
    }
    Ok((removed, photos))
}
