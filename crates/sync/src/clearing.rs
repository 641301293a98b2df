//! Emptying the cache at a portal that answers, and reading everything anew.

use crate::own_task::on_its_own;
use crate::{SyncEngine, SyncError, SyncEvent};
use schriftje_store::Cleared;
use std::sync::Arc;

impl SyncEngine {
    /// Lets go of what the portal can give again, once it has answered. A poll and
    /// [`SyncEngine::catch_up`] then read everything anew.
    ///
    /// # Errors
    /// The network's, and the portal's; nothing was let go of then.
    pub async fn clear(&self) -> Result<Cleared, SyncError> {
        self.poll().await?;
        let inner = Arc::clone(&self.0);
        on_its_own(async move {
            // Whose pictures can be had again depends on who still comes.
            let children = inner.portal.children().await?;
            inner.links.note(children.avatars);
            inner.store.set_children(children.children).await?;
            let turn = inner.turn().await?;
            let cleared = inner.store.clear().await?;
            drop(turn);
            inner.refresh_progress().await?;
            inner.tell(SyncEvent::Recovered);
            Ok(cleared)
        })
        .await
    }
}
