//! Walking the timeline from its newest card back: the first fetch of all history, and later the
//! re-reads that find what was edited or removed.

use crate::engine::Inner;
use crate::join::{Joins, advance, ids, joins, new_cards, step_back};
use crate::{SyncError, SyncEvent};
use chrono::{DateTime, Days, TimeDelta, Utc};
use schriftje_model::{CardId, Day, today};
use schriftje_store::{FeedState, Walk, WalkKind};
use std::sync::atomic::Ordering;

/// About how many cards a page holds; only used to look around.
pub(crate) const PAGE: u32 = 10;
/// Days a recent walk reads.
pub(crate) const RECENT_DAYS: u64 = 14;
/// How old the last recent walk may become.
pub(crate) const RECENT_EVERY: TimeDelta = TimeDelta::hours(1);
/// How old the last full walk may become.
pub(crate) const FULL_EVERY: TimeDelta = TimeDelta::days(7);

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// There is nothing to walk.
    Nothing,
    /// A page was read; there is more.
    Further,
    /// The walk is done.
    Done,
}

impl Inner {
    /// Reads the next page of the walk under way, or begins one that is due. Another process may
    /// take the step after this one: the walk's place is read anew each time.
    pub async fn walk_step(&self) -> Result<Step, SyncError> {
        let _turn = self.turn().await?;
        let state = self.store.timeline_state().await?;
        let broke_off = self.poll_broke_off.load(Ordering::Acquire);
        let walk = match due(&state, self.now(), broke_off) {
            Due::Nothing => return Ok(Step::Nothing),
            Due::GoOn(walk) => walk,
            Due::Begin(kind, until) => {
                self.poll_broke_off.store(false, Ordering::Release);
                self.store.begin_walk(kind, until, self.now()).await?
            }
        };
        let (mut offset, mut right_after) = (walk.next, false);
        let page = loop {
            let page = self.read_page(offset).await?;
            let here = ids(&page.cards);
            let mut how = joins(&walk.tail, offset, page.received, &here, right_after);
            let alone = right_after && matches!(how, Joins::On | Joins::End);
            if alone && !self.still_stand(&walk, offset, &here).await? {
                how = Joins::Gap;
            }
            match how {
                Joins::On => break page,
                // Nothing new yet: further on, still with the last card in sight.
                Joins::AtEnd => {
                    right_after = page.received == 1;
                    offset += page.received.saturating_sub(1).max(1);
                }
                Joins::Gap => {
                    tracing::debug!("the timeline has shifted: the walk steps back");
                    self.store.save_walk(step_back(walk, page.received)).await?;
                    return Ok(Step::Further);
                }
                Joins::End => {
                    self.end(walk).await?;
                    return Ok(Step::Done);
                }
            }
        };
        let recent = self.recent_cards(&page.cards);
        let walk = advance(walk, offset, page.received, &page.cards);
        let applied = self.store.apply_walked_page(new_cards(page.cards), walk.clone()).await?;
        // Photos for yesterday's card are found here; a walk over all history brings no news.
        if walk.kind == WalkKind::Recent {
            self.note_cards(&recent, &applied.arrived).await?;
        }
        self.tell_applied(&applied);
        if !applied.unknown_children.is_empty() {
            self.household(true).await?;
        }
        if walk.kind == WalkKind::Recent
            && let (Some(oldest), Some(until)) = (walk.oldest, walk.until)
            && oldest < until
        {
            self.end(walk).await?;
            return Ok(Step::Done);
        }
        Ok(Step::Further)
    }

    /// Whether the last card read and the page at `offset` are where they were. Pages of one card
    /// have none in common, so nothing else shows that no card slipped away between them.
    async fn still_stand(
        &self,
        walk: &Walk,
        offset: u32,
        page: &[CardId],
    ) -> Result<bool, SyncError> {
        let before = self.read_page(offset.saturating_sub(1)).await?;
        let again = self.read_page(offset).await?;
        let joined = ids(&before.cards).first() == walk.tail.last();
        Ok(joined && ids(&again.cards).first() == page.first())
    }

    async fn end(&self, walk: Walk) -> Result<(), SyncError> {
        let days = inside(&walk);
        let removed = self.store.finish_walk(walk, days, self.now()).await?;
        if removed.doubted {
            tracing::warn!("a walk missed many cards; the next one decides");
        }
        if removed.cards > 0 {
            self.tell(SyncEvent::TimelineChanged);
        }
        Ok(())
    }
}

/// The days of which a finished walk has seen every card. Anything newer than its newest card
/// lies inside it too, since it began at the top.
fn inside(walk: &Walk) -> Option<(Day, Day)> {
    let oldest = walk.oldest?;
    let first = match walk.kind {
        WalkKind::Full => oldest,
        WalkKind::Recent => walk.until.map_or(oldest, |until| oldest.max(until)),
    };
    Some((first, Day::MAX))
}

enum Due {
    Nothing,
    GoOn(Walk),
    Begin(WalkKind, Option<Day>),
}

/// A poll that broke off left a gap below what it read, which a walk closes.
fn due(state: &FeedState, now: DateTime<Utc>, broke_off: bool) -> Due {
    let older = |at: Option<DateTime<Utc>>, age: TimeDelta| at.is_none_or(|at| now - at >= age);
    if let Some(walk) = &state.walk {
        return Due::GoOn(walk.clone());
    }
    if !state.complete || older(state.full_at, FULL_EVERY) {
        return Due::Begin(WalkKind::Full, None);
    }
    if broke_off || older(state.recent_at, RECENT_EVERY) {
        let until = today(now).checked_sub_days(Days::new(RECENT_DAYS - 1));
        return Due::Begin(WalkKind::Recent, until);
    }
    Due::Nothing
}
