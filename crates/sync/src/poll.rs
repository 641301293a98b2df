//! Looking for something new: the counters, the newest cards until a page is known, and the newest
//! conversations, news and newsletters where there is a reason to.

use crate::engine::Inner;
use crate::join::{OVERLAP, ids, new_cards};
use crate::own_task::on_its_own;
use crate::{SyncEngine, SyncError, SyncEvent, SyncPhase};
use schriftje_konnect::{Counters, PortalError, TimelinePage};
use schriftje_model::CardId;
use schriftje_store::{Applied, WalkKind};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Pages a poll reads at most; what is further back is a walk's.
const MOST_PAGES: u32 = 50;

/// What a poll found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Polled {
    /// What the portal counts as new.
    pub counters: Counters,
    /// Cards that were not here.
    pub new_cards: u32,
    /// Cards that say something else than before.
    pub changed_cards: u32,
    /// Photos that were not here.
    pub new_photos: u32,
}

impl SyncEngine {
    /// Looks for something new. With nothing new this is two calls: the counters and the newest
    /// page. Nothing is tried again here; the caller tells the parent.
    pub async fn poll(&self) -> Result<Polled, SyncError> {
        let inner = Arc::clone(&self.0);
        on_its_own(async move {
            let _running = inner.running();
            match inner.poll().await {
                Ok(polled) => {
                    inner.update(|progress| progress.trouble = None);
                    Ok(polled)
                }
                Err(error) => Err(inner.trouble(error)),
            }
        })
        .await
    }
}

impl Inner {
    async fn poll(&self) -> Result<Polled, SyncError> {
        self.update(|progress| progress.phase = SyncPhase::Newest);
        self.look_elsewhere().await?;
        let counters = label("counters", self.portal.counters().await)?;
        let (applied, mut polled) = self.newest().await?;
        self.poll_conversations(counters.as_ref().map(|counters| counters.messages)).await?;
        self.poll_bulletins(counters).await?;
        polled.counters = counters.unwrap_or_default();
        self.household(!applied.unknown_children.is_empty()).await?;
        self.store.set_fresh(self.now()).await?;
        self.refresh_progress().await?;
        self.keep_offered_fresh().await?;
        self.poll_planning().await?;
        self.poll_documents().await?;
        self.poll_facts().await?;
        Ok(polled)
    }

    /// Notices what another process has done, and databases that had to be made anew.
    pub async fn look_elsewhere(&self) -> Result<(), SyncError> {
        if self.store.take_recovered().await?.any() {
            self.tell(SyncEvent::Recovered);
        }
        if self.store.changed_elsewhere().await? {
            self.refresh_progress().await?;
            self.tell(SyncEvent::TimelineChanged);
            self.tell(SyncEvent::MessagesChanged);
            self.tell(SyncEvent::AgendaChanged);
            self.tell(SyncEvent::DocumentsChanged);
            self.tell(SyncEvent::LocationChanged);
            self.tell(SyncEvent::ChildrenChanged);
            self.tell(SyncEvent::MediaArrived);
            if self.store.has_news().await? {
                self.tell(SyncEvent::News);
            }
        }
        if self.store.outbox_changed_elsewhere().await? {
            self.tell(SyncEvent::OutboxChangedElsewhere);
        }
        Ok(())
    }

    /// The newest pages, until one was known before. Two polls at once would each take what the other
    /// just read for that, so one waits for the other.
    async fn newest(&self) -> Result<(Applied, Polled), SyncError> {
        let _alone = self.polling.lock().await;
        let mut polled = Polled::default();
        let mut all = Applied::default();
        let mut arrived = HashSet::new();
        let gap_before = self.poll_broke_off.load(Ordering::Acquire);
        let mut offset = 0;
        for _ in 0..MOST_PAGES {
            let turn = self.turn().await?;
            let state = self.store.timeline_state().await?;
            let page = self.read_page(offset).await?;
            let received = page.received;
            let recent = self.recent_cards(&page.cards);
            let here: HashSet<CardId> = ids(&page.cards).into_iter().collect();
            // The very first page begins the first walk, which goes on from there by itself.
            let first = !state.complete && state.walk.is_none();
            let applied = if first {
                let walk = self.store.begin_walk(WalkKind::Full, None, self.now()).await?;
                let walk = crate::join::advance(walk, 0, received, &page.cards);
                self.store.apply_walked_page(new_cards(page.cards), walk).await?
            } else {
                self.store.apply_timeline_page(new_cards(page.cards)).await?
            };
            drop(turn);
            polled.new_cards += applied.new;
            polled.changed_cards += applied.changed;
            polled.new_photos += applied.new_photos;
            // Nothing of the first fetch is news.
            if !first {
                self.note_cards(&recent, &applied.arrived).await?;
            }
            self.tell_applied(&applied);
            // What this poll has brought itself may have moved on to the next page meanwhile.
            let known_before =
                applied.all_known() && (arrived.is_empty() || !here.is_subset(&arrived));
            arrived.extend(applied.arrived.into_iter().map(|card| card.id));
            all.unknown_children.extend(applied.unknown_children);
            if first || known_before || received == 0 {
                self.poll_broke_off.store(gap_before, Ordering::Release);
                return Ok((all, polled));
            }
            self.poll_broke_off.store(true, Ordering::Release);
            offset += received.saturating_sub(OVERLAP).max(1);
        }
        Ok((all, polled))
    }

    /// Reads a page and notes where its pictures are just now.
    ///
    /// Fails with [`SyncError::AccountRefused`] when the portal lets this account read no more.
    pub async fn read_page(&self, offset: u32) -> Result<TimelinePage, SyncError> {
        let mut page = self.portal.timeline_page(offset).await.map_err(|error| match error {
            PortalError::Refused { status: 403, message_code } => {
                SyncError::AccountRefused { message_code }
            }
            error => error.into(),
        })?;
        if page.unreadable > 0 || page.unreadable_photos > 0 {
            tracing::warn!(
                cards = page.unreadable,
                photos = page.unreadable_photos,
                "a page holds what cannot be read"
            );
        }
        for card in &mut page.cards {
            self.links.note(card.media.drain(..).chain(card.avatars.drain(..)));
        }
        tracing::debug!(offset, received = page.received, known = ids(&page.cards).len(), "page");
        Ok(page)
    }

    pub fn tell_applied(&self, applied: &Applied) {
        if !applied.all_known() {
            self.tell(SyncEvent::TimelineChanged);
        }
        self.pictures.notify_waiters();
    }
}

/// A label, or `None` when the portal refuses it or its answer cannot be read: what parents come
/// for is the timeline, and that decides how the sync stands. The network's trouble stays trouble,
/// and so do an ended session and a portal that asks to slow down.
pub(crate) fn label<T>(
    what: &'static str,
    answer: Result<T, PortalError>,
) -> Result<Option<T>, PortalError> {
    match answer {
        Ok(label) => Ok(Some(label)),
        Err(
            error @ (PortalError::Refused { .. }
            | PortalError::NotAPortal
            | PortalError::Redirected
            | PortalError::Changed { .. }
            | PortalError::Server { .. }
            | PortalError::TooLarge { .. }),
        ) => {
            tracing::warn!(what, %error, "a label cannot be read");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
