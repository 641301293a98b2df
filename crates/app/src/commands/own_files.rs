//! Photos and videos of this parent that were not sent yet, for the media protocol.

use super::media::{MediaAnswer, MediaRange};
use crate::account::Open;
use crate::api::AppError;
use schriftje_model::{FileId, MediaId, MediaKind, OutFile};

/// A photo of a draft or a write; `None` when the identity is another's.
pub(super) async fn picture(open: &Open, id: &MediaId) -> Result<Option<MediaAnswer>, AppError> {
    let Some(file) = file(open, id).await? else { return Ok(None) };
    if file.kind == MediaKind::Video {
        return Err(AppError::not_found("picture of a film that was not sent yet"));
    }
    let bytes = open.store.file_piece(file.id, 0, file.bytes).await?;
    Ok(Some(MediaAnswer { bytes, mime: file.mime }))
}

/// A piece of a film, from byte `start` to byte `last` inclusive; `None` when it is another's.
pub(super) async fn piece(
    open: &Open,
    id: &MediaId,
    start: u64,
    last: u64,
) -> Result<Option<MediaRange>, AppError> {
    let Some(file) = file(open, id).await? else { return Ok(None) };
    let length = (last + 1).min(file.bytes).saturating_sub(start);
    let bytes = open.store.file_piece(file.id, start, length).await?;
    Ok(Some(MediaRange { bytes, mime: file.mime, start, total: file.bytes }))
}

/// Ours have an identity of a form that no portal's has, so that a timeline asks nobody.
async fn file(open: &Open, id: &MediaId) -> Result<Option<OutFile>, AppError> {
    if !id.0.starts_with("out-") {
        return Ok(None);
    }
    Ok(open.store.file(FileId(id.0.clone())).await?)
}
