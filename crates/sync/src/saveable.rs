//! Which photos the organisation lets a parent save. Asked only of a portal that offers to tell.

use crate::engine::Inner;
use crate::{SyncError, SyncEvent};
use schriftje_konnect::PortalError;
use schriftje_model::{PhotoId, Saveable};
use schriftje_store::StoreError;
use std::collections::HashMap;

/// Photos asked about in one go.
const AT_ONCE: u32 = 50;
/// What a portal calls the ability to tell.
const FEATURE: &str = "media";

impl Inner {
    /// Asks about the photos that were not asked about. A portal that cannot tell lets all be
    /// saved, and is asked about them should it learn to.
    pub async fn ask_saveable(&self) -> Result<(), SyncError> {
        let mut told = false;
        while !self.stopped() {
            let photos = self.store.unasked_photos(AT_ONCE).await?;
            if photos.is_empty() || !self.offers(FEATURE).await? {
                break;
            }
            let answers = self.answers(photos).await?;
            told |= answers.iter().any(|(_, saveable)| *saveable != Saveable::Yes);
            self.store.set_saveable(answers).await?;
        }
        if told {
            self.tell(SyncEvent::TimelineChanged);
        }
        Ok(())
    }

    /// Whether photos that are about to be saved may be: a fresh answer, else the last one.
    pub async fn may_save(
        &self,
        photos: Vec<PhotoId>,
    ) -> Result<(HashMap<PhotoId, Saveable>, Option<SyncError>), StoreError> {
        match self.ask_now(photos.clone()).await {
            Ok(answers) => Ok((answers.into_iter().collect(), None)),
            Err(SyncError::Store(error)) => Err(error),
            Err(error) => {
                let told = self.store.told_saveable(photos).await?;
                Ok((told.into_iter().collect(), Some(error)))
            }
        }
    }

    async fn ask_now(&self, photos: Vec<PhotoId>) -> Result<Vec<(PhotoId, Saveable)>, SyncError> {
        if photos.is_empty() || !self.offered_or_was().await?.has(FEATURE) {
            return Ok(photos.into_iter().map(|id| (id, Saveable::Yes)).collect());
        }
        let mut all = Vec::with_capacity(photos.len());
        for some in photos.chunks(AT_ONCE as usize) {
            let answers = self.answers(some.to_vec()).await?;
            self.store.set_saveable(answers.clone()).await?;
            all.extend(answers);
        }
        Ok(all)
    }

    async fn answers(&self, photos: Vec<PhotoId>) -> Result<Vec<(PhotoId, Saveable)>, PortalError> {
        match self.portal.media_saveable(&photos).await {
            // A portal that says it can tell, and then does not know the call, says nothing.
            Err(PortalError::Refused { status: 404, .. }) => {
                Ok(photos.into_iter().map(|id| (id, Saveable::Yes)).collect())
            }
            other => other,
        }
    }
}
