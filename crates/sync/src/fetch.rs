//! One picture: from the store, else from the portal.

use crate::engine::Inner;
use crate::own_task::on_its_own;
use crate::{SyncEngine, SyncError, SyncEvent, picture};
use chrono::TimeDelta;
use schriftje_konnect::{ByteRange, MediaBody, PortalError};
use schriftje_model::{Day, MediaId, MediaKind, MediaSize, PhotoId, today};
use schriftje_store::{Blob, NewBlob};
use std::sync::Arc;

/// The most bytes of a picture, and of a film.
const PICTURE: u64 = 64 << 20;
const FILM: u64 = 2 << 30;
/// A picture that cannot be read is not fetched again before this.
const BROKEN_FOR: TimeDelta = TimeDelta::days(1);

impl SyncEngine {
    /// A picture to show now, before anything that is fetched ahead. `Full` is never kept.
    ///
    /// # Errors
    /// [`SyncError::PictureBroken`], [`SyncError::NotFound`], or the network's.
    pub async fn picture(&self, id: MediaId, size: MediaSize) -> Result<Blob, SyncError> {
        if let Some(blob) = self.0.store.media(id.clone(), size).await? {
            return Ok(blob);
        }
        if let Some(retry_at) = self.0.store.broken_until(id.clone(), size).await?
            && retry_at > self.0.now()
        {
            return Err(SyncError::PictureBroken { retry_at });
        }
        let inner = Arc::clone(&self.0);
        on_its_own(async move {
            let _urgent = inner.urgent.begin();
            let blob = inner.fetch(&id, size).await?;
            // What cannot be kept, such as on a full disk, can be looked at all the same.
            if let Err(error) = inner.keep(&id, size, &blob).await {
                inner.trouble(error);
            }
            Ok(blob)
        })
        .await
    }

    /// The original of a photo or film as it comes, or a part of it. It is not kept.
    ///
    /// # Errors
    /// [`SyncError::NotFound`] when nobody knows it any more, or the network's.
    pub async fn original(
        &self,
        id: PhotoId,
        range: Option<ByteRange>,
    ) -> Result<MediaBody, SyncError> {
        let known = self.0.store.photo(id.clone()).await?;
        let limit = match known.map(|known| known.photo.kind) {
            Some(MediaKind::Video) => FILM,
            _ => PICTURE,
        };
        let inner = Arc::clone(&self.0);
        let download =
            async move { inner.download(&MediaId(id.0), MediaSize::Full, range, limit).await };
        on_its_own(download).await
    }
}

impl Inner {
    /// Fetches a picture and looks at it.
    pub async fn fetch(&self, id: &MediaId, size: MediaSize) -> Result<Blob, SyncError> {
        let fetched = async {
            let body = self.download(id, size, None, PICTURE).await?;
            Ok::<_, SyncError>(body.bytes().await?)
        };
        let bytes = match fetched.await {
            Ok(bytes) => bytes,
            Err(SyncError::Portal(PortalError::TooLarge { .. } | PortalError::MediaAddress)) => {
                return Err(self.broken(id, size).await?);
            }
            Err(error) => return Err(error),
        };
        let looked = tokio::task::spawn_blocking(move || {
            picture::look(&bytes).map(|look| Blob {
                mime: look.mime.to_owned(),
                width: look.width,
                height: look.height,
                bytes: bytes.into(),
            })
        })
        .await
        .ok()
        .flatten();
        match looked {
            Some(blob) => Ok(blob),
            None => Err(self.broken(id, size).await?),
        }
    }

    pub async fn broken(&self, id: &MediaId, size: MediaSize) -> Result<SyncError, SyncError> {
        let retry_at = self.now() + BROKEN_FOR;
        self.store.mark_broken(id.clone(), size, retry_at).await?;
        self.tell(SyncEvent::MediaArrived);
        Ok(SyncError::PictureBroken { retry_at })
    }

    /// Keeps a picture, the newest longest.
    pub async fn keep(&self, id: &MediaId, size: MediaSize, blob: &Blob) -> Result<(), SyncError> {
        if size == MediaSize::Full {
            return Ok(());
        }
        let photo = self.store.photo(PhotoId(id.0.clone())).await?;
        let day = match photo {
            Some(known) => Some(known.photo.day),
            None => self.store.newsletter_picture(id.clone()).await?.map(|(_, sent)| today(sent)),
        };
        let new = NewBlob {
            id: id.clone(),
            size,
            day: day.unwrap_or(Day::MAX),
            pinned: day.is_none(),
            blob: blob.clone(),
            fetched_at: self.now(),
        };
        self.store.put_media(new, self.medium_bound()).await?;
        self.links.forget(id, size);
        self.tell(SyncEvent::MediaArrived);
        Ok(())
    }

    /// Begins a download; an address that has died is looked up anew, once.
    async fn download(
        &self,
        id: &MediaId,
        size: MediaSize,
        range: Option<ByteRange>,
        limit: u64,
    ) -> Result<MediaBody, SyncError> {
        let mut again = false;
        loop {
            let Some(source) = self.source(id, size).await? else {
                return Err(SyncError::NotFound);
            };
            match self.portal.download(&source, range, limit).await {
                Err(PortalError::MediaExpired) if !again => {
                    self.links.forget(id, size);
                    again = true;
                }
                Err(PortalError::MediaGone) => return Err(SyncError::NotFound),
                other => return Ok(other?),
            }
        }
    }
}
