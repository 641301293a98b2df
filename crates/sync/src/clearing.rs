//! Emptying the cache at a portal that answers, and reading everything anew.
//!
//! What the portal shows no more stays, so all it shows is walked first. Until that is done nothing
//! is let go of.

use crate::engine::Inner;
use crate::own_task::on_its_own;
use crate::walk::Step;
use crate::{SyncEngine, SyncError, SyncEvent};
use chrono::{DateTime, Utc};
use schriftje_store::{Cleared, WalkKind, Walked};
use std::sync::Arc;

/// How far looking at what the portal shows has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clearing {
    /// Cards and conversations looked at.
    pub seen: u32,
    /// About how many there are.
    pub of: u32,
}

impl SyncEngine {
    /// Lets go of what the portal can give again, once all it shows has been walked. A poll and
    /// [`SyncEngine::catch_up`] then read everything anew.
    ///
    /// # Errors
    /// [`SyncError::Stopped`] after [`SyncEngine::stop_clearing`], the network's, and the portal's;
    /// nothing was let go of then.
    pub async fn clear(&self) -> Result<Cleared, SyncError> {
        let inner = Arc::clone(&self.0);
        inner.clear_stopped.send_replace(false);
        inner.update(|progress| progress.clearing = Some(Clearing::default()));
        let _told = Told(Arc::clone(&inner));
        let mut stopped = inner.clear_stopped.subscribe();
        let walked = tokio::select! {
            walked = on_its_own({
                let inner = Arc::clone(&inner);
                async move { inner.walk_everything().await }
            }) => walked?,
            _ = stopped.wait_for(|stopped| *stopped) => return Err(SyncError::Stopped),
        };
        on_its_own(async move {
            let turn = inner.turn().await?;
            let cleared = inner.store.clear(walked).await?;
            drop(turn);
            inner.refresh_progress().await?;
            inner.tell(SyncEvent::Recovered);
            Ok(cleared)
        })
        .await
    }

    /// Stops [`SyncEngine::clear`] while it still looks at what the portal shows.
    pub fn stop_clearing(&self) {
        self.0.clear_stopped.send_replace(true);
    }
}

impl Inner {
    /// Walks all the portal shows from here on, whatever was walked before.
    async fn walk_everything(&self) -> Result<Walked, SyncError> {
        let began = self.now();
        // Whose pictures can be had again depends on who still comes.
        let children = self.portal.children().await?;
        self.links.note(children.avatars);
        self.store.set_children(children.children).await?;
        let turn = self.turn().await?;
        let timeline = self.store.begin_walk(WalkKind::Full, None, began).await?.number;
        drop(turn);
        while self.store.timeline_walked().await? < timeline {
            self.note_clearing().await?;
            if self.walk_step().await? == Step::Nothing {
                return Err(SyncError::Busy);
            }
        }
        let conversations = self.walk_all_conversations(began).await?;
        let documents = match self.read_documents().await {
            Err(SyncError::Portal(error)) => {
                crate::poll::label::<()>("documents", Err(error))?.is_some()
            }
            read => read.map(|()| true)?,
        };
        Ok(Walked { conversations, documents })
    }

    /// Answers whether every conversation was walked: a portal may refuse them.
    async fn walk_all_conversations(&self, began: DateTime<Utc>) -> Result<bool, SyncError> {
        let turn = self.turn().await?;
        let walk = self.store.begin_logbook_walk(WalkKind::Full, None, began).await?.number;
        drop(turn);
        while self.store.logbook_walked().await? < walk {
            self.note_clearing().await?;
            if self.logbook_step().await? == Step::Nothing {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn note_clearing(&self) -> Result<(), SyncError> {
        let totals = self.store.totals().await?;
        let timeline = self.store.timeline_state().await?.walk;
        let list = self.store.logbook_state().await?.walk;
        let of = totals.cards + totals.conversations;
        let seen = match (timeline, list) {
            (Some(walk), _) => walk.next.min(totals.cards),
            (None, list) => totals.cards + list.map_or(0, |walk| walk.next),
        };
        self.update(|progress| progress.clearing = Some(Clearing { seen: seen.min(of), of }));
        Ok(())
    }
}

/// Says that the cache is being emptied until this is dropped.
struct Told(Arc<Inner>);

impl Drop for Told {
    fn drop(&mut self) {
        self.0.update(|progress| progress.clearing = None);
    }
}
