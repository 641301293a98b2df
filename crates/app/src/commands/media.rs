//! The bytes behind the media protocol.

use super::own_files;
use crate::App;
use crate::account::Asked;
use crate::api::{AppError, ErrorCode};
use schriftje_konnect::{ByteRange, PortalError};
use schriftje_model::{AccountId, MediaId, MediaSize, PhotoId, Saveable};
use schriftje_store::Blob;
use schriftje_sync::SyncError;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaAnswer {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What they are, such as `image/jpeg`.
    pub mime: String,
}

/// A piece of a video.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaRange {
    /// The bytes of this piece.
    pub bytes: Vec<u8>,
    /// What the whole is, such as `video/mp4`.
    pub mime: String,
    /// Where the piece begins, in bytes.
    pub start: u64,
    /// How many bytes the whole has.
    pub total: u64,
}

/// A piece of a video is never longer than this, in bytes.
const LONGEST_PIECE: u64 = 2 << 20;

impl App {
    /// A picture: from the cache, else fetched from the portal. `Full` is fetched and not kept.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] when nobody knows it, [`ErrorCode::PictureBroken`] when its bytes
    /// are no picture, or the network's.
    pub async fn media(
        &self,
        account: AccountId,
        id: MediaId,
        size: MediaSize,
    ) -> Result<MediaAnswer, AppError> {
        let open = self.registry.get(&account).ok_or_else(AppError::not_signed_in)?;
        if let Some(own) = own_files::picture(&open, &id).await? {
            return Ok(own);
        }
        let Ok(line) = open.line() else {
            let kept = open.store.media(id, size).await?;
            return kept.map(MediaAnswer::from).ok_or_else(|| AppError::not_found("picture"));
        };
        let mut blob = line.engine.picture(id.clone(), size).await;
        if matches!(blob, Err(SyncError::Portal(PortalError::Unauthorized)))
            && open.renew(Asked::ByItself).await?
        {
            blob = line.engine.picture(id, size).await;
        }
        Ok(blob?.into())
    }

    /// A photo to put on the clipboard: the original, or without the portal the medium size.
    ///
    /// # Errors
    /// [`ErrorCode::NotSaveable`] with the organisation's reason when it may not be taken out of
    /// the app; when nobody can tell whether it may, why not.
    pub async fn photo_to_copy(&self, id: PhotoId) -> Result<MediaAnswer, AppError> {
        let open = self.registry.current()?;
        let engine = open.line()?.engine;
        let (mut told, why) = engine.may_save(vec![id.clone()]).await?;
        match told.remove(&id) {
            Some(Saveable::Yes) => {}
            Some(Saveable::No(reason)) => {
                let refused = AppError::new(ErrorCode::NotSaveable, "it may not be saved");
                return Err(refused.saying(reason));
            }
            None => return Err(why.unwrap_or(SyncError::NotFound).into()),
        }
        let (account, id) = (open.id.clone(), MediaId(id.0));
        match self.media(account.clone(), id.clone(), MediaSize::Full).await {
            Err(error) if error.code != ErrorCode::PictureBroken => {
                self.media(account, id, MediaSize::Medium).await
            }
            other => other,
        }
    }

    /// A piece of a video's original, from byte `start` to byte `end` inclusive. A piece may be
    /// shorter than asked for.
    pub async fn media_range(
        &self,
        account: AccountId,
        id: MediaId,
        start: u64,
        end: Option<u64>,
    ) -> Result<MediaRange, AppError> {
        let open = self.registry.get(&account).ok_or_else(AppError::not_signed_in)?;
        let longest = start.saturating_add(LONGEST_PIECE - 1);
        let last = end.map_or(longest, |end| end.min(longest));
        if last < start {
            return Err(AppError::not_found("piece of a video"));
        }
        if let Some(own) = own_files::piece(&open, &id, start, last).await? {
            return Ok(own);
        }
        let engine = open.line()?.engine;
        let range = Some(ByteRange { first: start, last: Some(last) });
        let id = PhotoId(id.0);
        let mut body = engine.original(id.clone(), range).await;
        if matches!(body, Err(SyncError::Portal(PortalError::Unauthorized)))
            && open.renew(Asked::ByItself).await?
        {
            body = engine.original(id, range).await;
        }
        let mut body = body?;
        let wanted = last - start + 1;
        // A server that knows no ranges sends everything from the first byte on.
        let mut skip = start.saturating_sub(body.first.unwrap_or(0));
        let mut bytes = Vec::new();
        while (bytes.len() as u64) < wanted
            && let Some(piece) = body.chunk().await?
        {
            let dropped = skip.min(piece.len() as u64);
            skip -= dropped;
            let room = wanted - bytes.len() as u64;
            let from = usize::try_from(dropped).unwrap_or(usize::MAX);
            let piece = piece.get(from..).unwrap_or_default();
            let room = usize::try_from(room).unwrap_or(usize::MAX).min(piece.len());
            bytes.extend_from_slice(&piece[..room]);
        }
        let total = body.total.unwrap_or(start + bytes.len() as u64);
        let mime = body.mime.clone().filter(|mime| mime.starts_with("video/"));
        Ok(MediaRange { bytes, mime: mime.unwrap_or_else(|| "video/mp4".into()), start, total })
    }
}

impl From<Blob> for MediaAnswer {
    fn from(blob: Blob) -> Self {
        Self { bytes: blob.bytes, mime: blob.mime }
    }
}
