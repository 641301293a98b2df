//! Walking the list of conversations from its top back: the first fetch of all of it, and later the
//! re-reads that find what is gone.
//!
//! A conversation moves to the top when something is written in it. One that does so before a walk
//! has come to it is not seen further down, so a walk ends with another look at the top, down to
//! what was there when it began; and with another one, as long as that took more than one page.

use crate::engine::Inner;
use crate::join::{Joins, OVERLAP, STEP_BACK, TAIL, joins};
use crate::walk::{FULL_EVERY, RECENT_DAYS, RECENT_EVERY, Step};
use crate::{SyncError, SyncEvent};
use chrono::{DateTime, Days, TimeDelta, Utc};
use schriftje_konnect::{ConversationsPage, MappedConversation};
use schriftje_model::ConversationId;
use schriftje_store::{AppliedConversations, LogbookState, LogbookWalk, WalkKind};

/// Pages that bring nothing before a walk gives up: a portal may count otherwise than was seen.
const STALLED: u32 = 40;
/// Pages of a walk. No family writes as much.
const MOST_PAGES: u32 = 5000;

impl Inner {
    /// Reads the next page of the walk over the list, or begins one that is due. A portal that
    /// refuses the list is left alone for a while.
    pub async fn logbook_step(&self) -> Result<Step, SyncError> {
        if self.logbook_refused() {
            return Ok(Step::Nothing);
        }
        let step = self.walk_conversations().await;
        Ok(self.or_in_vain(step)?.unwrap_or(Step::Nothing))
    }

    async fn walk_conversations(&self) -> Result<Step, SyncError> {
        let _turn = self.turn().await?;
        let state = self.store.logbook_state().await?;
        let mut walk = match due(&state, self.now()) {
            Due::Nothing => return Ok(Step::Nothing),
            Due::GoOn(walk) => walk,
            Due::Begin(kind, until) => {
                self.store.begin_logbook_walk(kind, until, self.now()).await?
            }
        };
        let (mut offset, mut right_after) = (walk.next, false);
        let page = loop {
            if walk.stalled >= STALLED || walk.pages >= MOST_PAGES {
                tracing::warn!("the list of conversations cannot be walked");
                return self.finish(walk, false).await;
            }
            let page = self.read_conversations(offset).await?;
            let here = ids(&page);
            let mut how = joins(&walk.tail, offset, page.received, &here, right_after);
            let alone = right_after && matches!(how, Joins::On | Joins::End);
            if alone && !self.conversations_still_stand(&walk, offset, &here).await? {
                how = Joins::Gap;
            }
            match how {
                Joins::On => break page,
                // Nothing new yet: further on, still with the last conversation in sight.
                Joins::AtEnd => {
                    right_after = page.received == 1;
                    offset += page.received.saturating_sub(1).max(1);
                    walk.stalled += 1;
                }
                Joins::Gap => {
                    tracing::debug!("the conversations have shifted: the walk steps back");
                    self.store.save_logbook_walk(step_back(walk, page.received)).await?;
                    return Ok(Step::Further);
                }
                Joins::End => return self.at_end(walk).await,
            }
        };
        Ok(self.take_walked(walk, offset, page, state.complete).await?.1)
    }

    /// Whether the last conversation read and the page at `offset` are where they were, as on the
    /// timeline: nothing else shows that none slipped away between two that were read alone.
    async fn conversations_still_stand(
        &self,
        walk: &LogbookWalk,
        offset: u32,
        page: &[ConversationId],
    ) -> Result<bool, SyncError> {
        let before = self.read_conversations(offset.saturating_sub(1)).await?;
        let again = self.read_conversations(offset).await?;
        let joined = ids(&before).first() == walk.tail.last();
        Ok(joined && ids(&again).first() == page.first())
    }

    /// Takes in a page of a walk, and ends the walk when that was all. The caller holds the turn.
    pub async fn take_walked(
        &self,
        walk: LogbookWalk,
        offset: u32,
        page: ConversationsPage,
        news: bool,
    ) -> Result<(AppliedConversations, Step), SyncError> {
        let walk = advance(walk, offset, &page);
        let oldest = page.conversations.iter().map(|one| one.last_written).min();
        let applied = self.take_in(page.conversations, Some(walk.clone()), news).await?;
        let done = oldest.is_some_and(|oldest| match walk.head {
            Some(head) => oldest <= head,
            None => walk.until.is_some_and(|until| oldest < until),
        });
        let step = if done { self.at_end(walk).await? } else { Step::Further };
        Ok((applied, step))
    }

    /// Looks at the top once more, or ends a walk for which one page was all of it.
    async fn at_end(&self, walk: LogbookWalk) -> Result<Step, SyncError> {
        if walk.pages > 1 && walk.newest.is_some() {
            let again = LogbookWalk {
                head: walk.newest,
                next: 0,
                tail: Vec::new(),
                newest: None,
                pages: 0,
                ..walk
            };
            self.store.save_logbook_walk(again).await?;
            return Ok(Step::Further);
        }
        self.finish(walk, true).await
    }

    async fn finish(&self, walk: LogbookWalk, sure: bool) -> Result<Step, SyncError> {
        let removed = self.store.finish_logbook_walk(walk, sure, self.now()).await?;
        if removed.doubted {
            tracing::warn!("a walk missed conversations; the next one decides");
        }
        if removed.conversations > 0 {
            self.tell(SyncEvent::MessagesChanged);
        }
        Ok(Step::Done)
    }
}

fn ids(page: &ConversationsPage) -> Vec<ConversationId> {
    page.conversations.iter().map(|one| one.id.clone()).collect()
}

/// Where the walk goes on after a page at `offset`.
fn advance(mut walk: LogbookWalk, offset: u32, page: &ConversationsPage) -> LogbookWalk {
    walk.next = offset + page.received.saturating_sub(OVERLAP);
    let mut seen = ids(page);
    if !seen.is_empty() {
        walk.tail = seen.split_off(seen.len().saturating_sub(TAIL));
    }
    let written = || page.conversations.iter().map(|one| one.last_written);
    walk.newest = walk.newest.or_else(|| written().max());
    walk.oldest = walk.oldest.into_iter().chain(written()).min();
    walk.pages += 1;
    walk.in_order &= newest_first(&page.conversations);
    walk
}

fn newest_first(page: &[MappedConversation]) -> bool {
    page.is_sorted_by(|a, b| a.last_written >= b.last_written)
}

/// Where the walk looks after a gap: the page right before the one that did not join on.
fn step_back(mut walk: LogbookWalk, received: u32) -> LogbookWalk {
    let back = if received == 0 { STEP_BACK } else { received };
    walk.next = walk.next.saturating_sub(back);
    walk.stalled += 1;
    walk
}

/// What is to be walked.
pub(crate) enum Due {
    Nothing,
    GoOn(LogbookWalk),
    Begin(WalkKind, Option<DateTime<Utc>>),
}

pub(crate) fn due(state: &LogbookState, now: DateTime<Utc>) -> Due {
    let older = |at: Option<DateTime<Utc>>, age: TimeDelta| at.is_none_or(|at| now - at >= age);
    if let Some(walk) = &state.walk {
        return Due::GoOn(walk.clone());
    }
    if !state.complete || older(state.full_at, FULL_EVERY) {
        return Due::Begin(WalkKind::Full, None);
    }
    if older(state.recent_at, RECENT_EVERY) {
        return Due::Begin(WalkKind::Recent, now.checked_sub_days(Days::new(RECENT_DAYS)));
    }
    Due::Nothing
}
