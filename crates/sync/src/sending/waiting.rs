//! Wishes: once the portal can be asked what is possible they are ready for the parent.

use super::queue::Inner;
use crate::{SyncError, SyncEvent};

impl Inner {
    /// Whether some wish is not ready yet.
    pub async fn wishes_wait(&self) -> Result<bool, SyncError> {
        Ok(self.store.wishes().await?.iter().any(|wish| !wish.ready))
    }

    /// Makes every wish ready; each is told of once.
    pub async fn ready_wishes(&self) -> Result<(), SyncError> {
        if self.store.ready_wishes().await? > 0 {
            self.changed();
            self.engine.0.tell(SyncEvent::News);
        }
        Ok(())
    }
}
