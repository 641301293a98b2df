//! News and newsletters: their lists are read when the portal counts something new, once a day, and
//! when somebody asks; a whole one ahead, or when the parent opens it.
//!
//! Whether reading one marks it read at the portal is not known. What is unread there is read when
//! the parent opens it, and never ahead.

use crate::conversation::concerns_one;
use crate::engine::Inner;
use crate::own_task::on_its_own;
use crate::poll::label;
use crate::{SyncEngine, SyncError, SyncEvent};
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_konnect::{Counters, PortalError};
use schriftje_model::{ArticleId, NewsletterId};
use schriftje_store::{Bulletin, BulletinState};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How old a list may become.
const EVERY: TimeDelta = TimeDelta::days(1);
/// What the portal refuses, or answers with what cannot be read, is not asked again before this.
const IN_VAIN: TimeDelta = TimeDelta::hours(1);
/// Whole ones that cannot be read in a row before something else must be wrong.
const FAILURES: u32 = 3;

const LISTS: [Bulletin; 2] = [Bulletin::Articles, Bulletin::Newsletters];

/// What was asked in vain a while ago.
#[derive(Default)]
pub(crate) struct Board {
    /// By list.
    trouble: Mutex<HashMap<&'static str, PortalError>>,
    lists: Mutex<HashMap<&'static str, DateTime<Utc>>>,
    whole: Mutex<HashMap<String, DateTime<Utc>>>,
}

fn name(which: Bulletin) -> &'static str {
    match which {
        Bulletin::Articles => "news",
        Bulletin::Newsletters => "newsletters",
    }
}

impl SyncEngine {
    /// Reads the newest news and newsletters now.
    ///
    /// # Errors
    /// The network's, and the portal's.
    pub async fn refresh_bulletins(&self) -> Result<(), SyncError> {
        let inner = Arc::clone(&self.0);
        on_its_own(async move { inner.newest_bulletins().await }).await
    }

    /// Why news or newsletters could not be read, until they can.
    pub fn bulletin_trouble(&self) -> Option<PortalError> {
        let trouble = self.0.board.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        LISTS.into_iter().find_map(|which| trouble.get(name(which))).cloned()
    }

    /// Reads a news item now, and notes that the parent has read it. Without the portal, what is
    /// here is what the parent reads.
    ///
    /// # Errors
    /// [`SyncError::NotFound`] when the list does not name it, else the network's.
    pub async fn open_article(&self, id: ArticleId) -> Result<(), SyncError> {
        let inner = Arc::clone(&self.0);
        on_its_own(async move { inner.open_article(&id).await }).await
    }

    /// Reads a newsletter now, as [`SyncEngine::open_article`] does.
    ///
    /// # Errors
    /// [`SyncError::NotFound`] when the list does not name it, else the network's.
    pub async fn open_newsletter(&self, id: NewsletterId) -> Result<(), SyncError> {
        let inner = Arc::clone(&self.0);
        on_its_own(async move { inner.open_newsletter(&id).await }).await
    }
}

impl Inner {
    /// The part of a poll that reads news and newsletters, where there is a reason to. A portal
    /// that refuses them still has a timeline.
    pub async fn poll_bulletins(&self, counters: Option<Counters>) -> Result<(), SyncError> {
        let now = self.now();
        for (which, counter) in [
            (Bulletin::Articles, counters.map(|counters| counters.news)),
            (Bulletin::Newsletters, counters.map(|counters| counters.newsletters)),
        ] {
            let state = self.store.bulletin_state(which).await?;
            if !is_due(&state, counter, now) || self.list_in_vain(which) {
                continue;
            }
            let read = self.newest_of(which, counter).await;
            if let Err(SyncError::Portal(error)) = read {
                label::<()>(name(which), Err(error))?;
                let mut lists = self.board.lists.lock().unwrap_or_else(PoisonError::into_inner);
                lists.insert(name(which), now + IN_VAIN);
            } else {
                read?;
            }
        }
        Ok(())
    }

    fn list_in_vain(&self, which: Bulletin) -> bool {
        let lists = self.board.lists.lock().unwrap_or_else(PoisonError::into_inner);
        lists.get(name(which)).is_some_and(|until| self.now() < *until)
    }

    pub async fn newest_bulletins(&self) -> Result<(), SyncError> {
        for which in LISTS {
            self.newest_of(which, None).await?;
        }
        Ok(())
    }

    async fn newest_of(&self, which: Bulletin, counter: Option<u32>) -> Result<(), SyncError> {
        let read = match which {
            Bulletin::Articles => self.newest_articles(counter).await,
            Bulletin::Newsletters => self.newest_newsletters(counter).await,
        };
        self.note_bulletin_trouble(which, &read);
        read
    }

    fn note_bulletin_trouble(&self, which: Bulletin, read: &Result<(), SyncError>) {
        let mut trouble = self.board.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        let (before, now) = match read {
            Ok(()) => (trouble.remove(name(which)), None),
            Err(SyncError::Portal(error)) => {
                (trouble.insert(name(which), error.clone()), Some(error))
            }
            Err(_) => return,
        };
        drop(trouble);
        if before.as_ref() != now {
            self.tell(SyncEvent::LocationChanged);
        }
    }

    /// Reads whole those that are behind and read at the portal, the newest first.
    pub async fn read_bulletins_ahead(&self) -> Result<(), SyncError> {
        let mut failures = 0;
        while !self.stopped() && failures < FAILURES {
            let (id, read) = if let Some(id) = self.next_article().await? {
                let read = self.read_article(&id).await;
                (id.0, read)
            } else if let Some(id) = self.next_newsletter().await? {
                let read = self.read_newsletter(&id).await;
                (id.0, read)
            } else {
                break;
            };
            match read {
                Ok(()) => failures = 0,
                Err(SyncError::Portal(error)) if concerns_one(&error) => {
                    tracing::warn!(%error, "news or a newsletter cannot be read");
                    let mut whole = self.board.whole.lock().unwrap_or_else(PoisonError::into_inner);
                    whole.insert(id, self.now() + IN_VAIN);
                    failures += 1;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn next_article(&self) -> Result<Option<ArticleId>, SyncError> {
        let in_vain = self.whole_in_vain();
        let behind = self.store.articles_to_fetch(besides(&in_vain)).await?;
        Ok(behind.into_iter().find(|id| !in_vain.contains(&id.0)))
    }

    async fn next_newsletter(&self) -> Result<Option<NewsletterId>, SyncError> {
        let in_vain = self.whole_in_vain();
        let behind = self.store.newsletters_to_fetch(besides(&in_vain)).await?;
        Ok(behind.into_iter().find(|id| !in_vain.contains(&id.0)))
    }

    fn whole_in_vain(&self) -> Vec<String> {
        let now = self.now();
        let mut whole = self.board.whole.lock().unwrap_or_else(PoisonError::into_inner);
        whole.retain(|_, until| now < *until);
        whole.keys().cloned().collect()
    }

    async fn open_article(&self, id: &ArticleId) -> Result<(), SyncError> {
        if self.store.article(id.clone()).await?.is_none() {
            return Err(SyncError::NotFound);
        }
        let read = self.read_article(id).await;
        let here = self.store.article(id.clone()).await?;
        if here.is_some_and(|here| here.up_to_date)
            && self.store.mark_article_read(id.clone()).await?
        {
            self.tell(SyncEvent::LocationChanged);
        }
        read
    }

    async fn open_newsletter(&self, id: &NewsletterId) -> Result<(), SyncError> {
        if self.store.newsletter(id.clone()).await?.is_none() {
            return Err(SyncError::NotFound);
        }
        let read = self.read_newsletter(id).await;
        let here = self.store.newsletter(id.clone()).await?;
        if here.is_some_and(|here| here.up_to_date)
            && self.store.mark_newsletter_read(id.clone()).await?
        {
            self.tell(SyncEvent::LocationChanged);
        }
        read
    }
}

fn is_due(state: &BulletinState, counter: Option<u32>, now: DateTime<Utc>) -> bool {
    let moved = counter.is_some_and(|counter| state.counter != Some(counter));
    moved || state.fresh_at.is_none_or(|at| !(TimeDelta::zero()..EVERY).contains(&(now - at)))
}

fn besides(in_vain: &[String]) -> u32 {
    u32::try_from(in_vain.len()).unwrap_or(u32::MAX).saturating_add(1)
}
