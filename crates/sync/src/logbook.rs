//! Conversations: the newest of their list, read when the portal counts something new, once an hour,
//! and when somebody asks.

use crate::engine::Inner;
use crate::join::OVERLAP;
use crate::logbook_walk::{Due, due};
use crate::news::Written;
use crate::own_task::on_its_own;
use crate::poll::label;
use crate::{SyncEngine, SyncError, SyncEvent};
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_konnect::{ConversationsPage, MappedConversation, PortalError};
use schriftje_model::ConversationId;
use schriftje_store::{AppliedConversations, LogbookState, LogbookWalk, NewConversation, WalkKind};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Pages read at most; what is further back is a walk's.
const MOST_PAGES: u32 = 20;
/// How old the newest page may become.
const EVERY: TimeDelta = TimeDelta::hours(1);
/// What the portal refuses, or answers with what cannot be read, is not asked again before this.
const IN_VAIN: TimeDelta = TimeDelta::hours(1);
/// Nor is what it is just now not able to answer.
const OUT_OF_ORDER: TimeDelta = TimeDelta::minutes(5);

/// What was asked in vain a while ago.
#[derive(Default)]
pub(crate) struct Logbook {
    /// Until when the list is left alone.
    list: Mutex<Option<DateTime<Utc>>>,
    conversations: Mutex<HashMap<ConversationId, DateTime<Utc>>>,
}

impl Logbook {
    fn refused(&self, now: DateTime<Utc>) -> bool {
        let until = *self.list.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| now < until)
    }

    fn refuse(&self, until: DateTime<Utc>) {
        *self.list.lock().unwrap_or_else(PoisonError::into_inner) = Some(until);
    }

    /// Conversations that were asked for in vain.
    pub fn in_vain(&self, now: DateTime<Utc>) -> Vec<ConversationId> {
        let mut asked = self.conversations.lock().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|_, at| now - *at < IN_VAIN);
        asked.keys().cloned().collect()
    }

    /// Notes that a conversation was asked for in vain.
    pub fn leave(&self, id: ConversationId, now: DateTime<Utc>) {
        self.conversations.lock().unwrap_or_else(PoisonError::into_inner).insert(id, now);
    }
}

impl SyncEngine {
    /// Reads the newest conversations now, such as after writing in one.
    ///
    /// # Errors
    /// The network's, and the portal's.
    pub async fn refresh_conversations(&self) -> Result<(), SyncError> {
        let inner = Arc::clone(&self.0);
        on_its_own(async move {
            let read = inner.newest_conversations(None).await;
            if let Err(SyncError::Portal(error)) = &read
                && label::<()>("logbook", Err(error.clone())).is_ok()
            {
                inner.logbook_trouble(error.clone());
            }
            read
        })
        .await
    }
}

impl Inner {
    /// The part of a poll that reads conversations, if there is a reason to; `counter` is how many
    /// messages the portal counts as new. A portal that refuses them still has a timeline.
    pub async fn poll_conversations(&self, counter: Option<u32>) -> Result<(), SyncError> {
        let state = self.store.logbook_state().await?;
        if self.is_due(&state, counter) {
            let read = self.newest_conversations(counter).await;
            self.or_in_vain(read)?;
        }
        Ok(())
    }

    /// An equal number may hide one read and one new elsewhere; the hourly look finds those. What
    /// is read here makes the number forgotten. After trouble it is asked again as soon as it may.
    fn is_due(&self, state: &LogbookState, counter: Option<u32>) -> bool {
        let now = self.now();
        let moved = counter.is_some_and(|counter| state.counter != Some(counter));
        let old = state.fresh_at.is_none_or(|at| now - at >= EVERY);
        let failed = self.progress.borrow().messages_trouble.is_some();
        (moved || old || failed) && !self.logbook.refused(now)
    }

    /// Goes on without conversations where the portal refuses them: not asked again for a while.
    pub fn or_in_vain<T>(&self, read: Result<T, SyncError>) -> Result<Option<T>, SyncError> {
        match read {
            Err(SyncError::Portal(error)) => {
                let passes = matches!(error, PortalError::Server { .. });
                let nothing = label("logbook", Err(error.clone()))?;
                self.logbook_trouble(error);
                self.logbook.refuse(self.now() + if passes { OUT_OF_ORDER } else { IN_VAIN });
                Ok(nothing)
            }
            other => other.map(Some),
        }
    }

    /// Notes why conversations could not be read, until they are.
    fn logbook_trouble(&self, error: PortalError) {
        self.update(|progress| progress.messages_trouble = Some(error.into()));
    }

    /// Whether the portal refused the list a while ago.
    pub fn logbook_refused(&self) -> bool {
        self.logbook.refused(self.now())
    }

    /// Reads the list from its top until a page is known, and begins the walk that is due with it.
    pub async fn newest_conversations(&self, counter: Option<u32>) -> Result<(), SyncError> {
        let mut offset = 0;
        for n in 0..MOST_PAGES {
            let turn = self.turn().await?;
            let state = self.store.logbook_state().await?;
            let page = self.read_conversations(offset).await?;
            let received = page.received;
            let mut whole = false;
            let applied = match due(&state, self.now()) {
                Due::Begin(kind, until) if n == 0 => {
                    whole = kind == WalkKind::Full;
                    let walk = self.store.begin_logbook_walk(kind, until, self.now()).await?;
                    // Nothing of the first fetch is news.
                    self.take_walked(walk, 0, page, state.complete).await?.0
                }
                _ => self.take_in(page.conversations, None, true).await?,
            };
            drop(turn);
            if whole || applied.all_known() || received == 0 {
                break;
            }
            offset += received.saturating_sub(OVERLAP).max(1);
        }
        let now = self.now();
        self.store.set_logbook_fresh(now, counter).await?;
        self.update(|progress| {
            (progress.messages_fresh_at, progress.messages_trouble) = (Some(now), None);
        });
        Ok(())
    }

    /// Reads a page of the list.
    pub async fn read_conversations(&self, offset: u32) -> Result<ConversationsPage, PortalError> {
        let page = self.portal.conversations_page(offset).await?;
        if page.unreadable > 0 {
            tracing::warn!(conversations = page.unreadable, "a page holds what cannot be read");
        }
        tracing::debug!(offset, received = page.received, "conversations");
        Ok(page)
    }

    /// Takes in conversations, and notes those that wait to be read when they may be `news`.
    pub async fn take_in(
        &self,
        page: Vec<MappedConversation>,
        walk: Option<LogbookWalk>,
        news: bool,
    ) -> Result<AppliedConversations, SyncError> {
        let waiting: Vec<Written> =
            page.iter().filter(|one| news && one.unread).map(written).collect();
        let letters = self.letters_among(&waiting).await?;
        let page = page.into_iter().map(new_conversation).collect();
        let applied = self.store.apply_conversations(page, walk).await?;
        if applied.visible() {
            self.tell(SyncEvent::MessagesChanged);
        }
        self.note_conversations(waiting, &applied, &letters).await?;
        Ok(applied)
    }
}

fn written(mapped: &MappedConversation) -> Written {
    Written {
        id: mapped.id.clone(),
        subject: mapped.subject.clone(),
        began_at: mapped.began_at,
        at: mapped.last_written,
    }
}

fn new_conversation(mapped: MappedConversation) -> NewConversation {
    NewConversation {
        id: mapped.id,
        subject: mapped.subject,
        snippet: mapped.snippet,
        began_at: mapped.began_at,
        last_written: mapped.last_written,
        unread: mapped.unread,
        last_from_parent: mapped.last_from_parent,
        hash: mapped.hash,
    }
}
