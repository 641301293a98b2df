//! What the cache takes, and emptying it.

use super::sync::poll;
use crate::App;
use crate::account::Open;
use crate::api::{AppError, ErrorCode, StorageUse, SyncStatus};

impl App {
    /// What the offline cache of the account in use takes, and the others beside it.
    pub async fn storage_use(&self) -> Result<StorageUse, AppError> {
        let open = self.registry.current()?;
        let used = open.store.storage_use().await?;
        let mut others = 0;
        for other in self.registry.opened().iter().filter(|other| other.id != open.id) {
            let used = other.store.storage_use().await?;
            others += used.texts + used.media + used.outbox;
        }
        Ok(StorageUse {
            texts: used.texts,
            media: used.media,
            offline: used.mediums,
            others,
            cards: used.totals.cards,
            photos: used.totals.photos,
            mediums: used.totals.mediums,
            documents: used.documents,
        })
    }

    /// Empties the cache of the account in use and reads everything anew. What was written and not
    /// sent stays, and so does what the portal may not give again: all it shows is looked at first,
    /// which [`SyncStatus::clearing`] tells of.
    ///
    /// # Errors
    /// [`ErrorCode::AccountEnded`] for an archive, which cannot be read anew,
    /// [`ErrorCode::Cancelled`] after [`App::stop_clearing`], and whatever keeps the portal from being
    /// asked. Nothing was let go of then.
    pub async fn clear_cache(&self) -> Result<SyncStatus, AppError> {
        let open = self.registry.current()?;
        refuse_archive(&open).await?;
        let line = open.line()?;
        poll(&open, &line).await?;
        line.engine.clear().await?;
        self.copies.clear().await;
        line.engine.resume();
        poll(&open, &line).await?;
        if self.host.background {
            open.catch_up(&line);
        }
        self.sync_status().await
    }

    /// Stops [`App::clear_cache`] while nothing was let go of yet.
    pub async fn stop_clearing(&self) -> Result<(), AppError> {
        self.registry.current()?.line()?.engine.stop_clearing();
        Ok(())
    }
}

async fn refuse_archive(open: &Open) -> Result<(), AppError> {
    if open.has_ended().await? {
        return Err(AppError::new(ErrorCode::AccountEnded, "an archive cannot be read anew"));
    }
    Ok(())
}
