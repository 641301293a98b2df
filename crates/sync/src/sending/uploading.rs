//! Files of a write, brought to the portal before it.

use super::outcome::{Outcome, begun_in_vain, is_key_reused, upload_outcome};
use super::queue::Inner;
use crate::SyncError;
use bytes::Bytes;
use schriftje_konnect::{UploadId, WriteError};
use schriftje_model::OutFile;
use schriftje_store::{Outgoing, Upload};
use uuid::Uuid;

/// How often a file is begun anew that the portal keeps forgetting.
const BEGINNINGS: u32 = 3;

/// How the files of a write fared.
pub(super) enum Uploaded {
    /// All are at the portal.
    All(Vec<UploadId>),
    /// The write was withdrawn meanwhile.
    Withdrawn,
    /// Something else can go at once; the rest of the files follow.
    Paused,
    /// One did not get there.
    Not(Outcome),
}

/// How one file fared.
enum Went {
    All(UploadId),
    Withdrawn,
    Paused,
}

impl Inner {
    /// Brings all files of a write to the portal; what is there already is not sent again.
    /// Something that can go at once goes first: then this answers after the piece in hand.
    pub async fn upload_all(
        &self,
        outgoing: &Outgoing,
        skipped: &[String],
    ) -> Result<Uploaded, SyncError> {
        let mut uploads = Vec::with_capacity(outgoing.uploads.len());
        for (file, known) in outgoing.write.files.iter().zip(&outgoing.uploads) {
            match self.upload(outgoing, file, known, skipped).await? {
                Ok(Went::All(upload)) => uploads.push(upload),
                Ok(Went::Paused) => return Ok(Uploaded::Paused),
                Ok(Went::Withdrawn) => {
                    self.drop_uploads(outgoing, &uploads).await;
                    return Ok(Uploaded::Withdrawn);
                }
                Err(outcome) => return Ok(Uploaded::Not(outcome)),
            }
        }
        Ok(Uploaded::All(uploads))
    }

    async fn upload(
        &self,
        outgoing: &Outgoing,
        file: &OutFile,
        upload: &Upload,
        skipped: &[String],
    ) -> Result<Result<Went, Outcome>, SyncError> {
        let mut known = upload.upload.clone().map(UploadId::from);
        let mut key = upload.key.as_deref().and_then(|key| Uuid::parse_str(key).ok());
        let mut last = None;
        for _ in 0..BEGINNINGS {
            let begun = match &known {
                Some(upload) => match self.portal.upload_offset(upload).await {
                    Ok(offset) => Ok((upload.clone(), offset)),
                    Err(error) => Err(error),
                },
                None => self.begin(file, key.take()).await?.map(|upload| (upload, 0)),
            };
            let sent = match begun {
                Ok((upload, offset)) => {
                    known = Some(upload.clone());
                    self.send_from(outgoing, file, &upload, offset, skipped).await?
                }
                Err(error) => Err(error),
            };
            match sent {
                Ok(Went::Withdrawn) => {
                    if let Some(upload) = &known {
                        let _ = self.portal.drop_upload(upload).await;
                    }
                    return Ok(Ok(Went::Withdrawn));
                }
                Ok(went) => return Ok(Ok(went)),
                // The portal knows it no more, or at another place: from its own word on.
                Err(error @ WriteError::Refused { status: 404 | 410, .. }) => {
                    self.store.forget_upload(file.id.clone()).await?;
                    (known, key) = (None, None);
                    last = Some(error);
                }
                // The portal knows its key of another file: it begins under a new one, once.
                Err(error) if is_key_reused(&error) => {
                    self.store.forget_upload(file.id.clone()).await?;
                    (known, key) = (None, None);
                    if last.replace(error).is_some_and(|before| is_key_reused(&before)) {
                        break;
                    }
                }
                Err(error @ WriteError::Refused { status: 409 | 460, .. }) => last = Some(error),
                Err(error) => return Ok(Err(upload_outcome(error, outgoing.write.attempts))),
            }
        }
        self.store.forget_upload(file.id.clone()).await?;
        let in_vain = last.map(|error| begun_in_vain(error, outgoing.write.attempts));
        Ok(Err(in_vain.unwrap_or(Outcome::FilesGone)))
    }

    /// Begins an upload; its key is kept before, so that a break makes no second one.
    async fn begin(
        &self,
        file: &OutFile,
        kept: Option<Uuid>,
    ) -> Result<Result<UploadId, WriteError>, SyncError> {
        let key = kept.unwrap_or_else(Uuid::new_v4);
        let id = file.id.clone();
        self.store.set_upload(id.clone(), None, key.to_string()).await?;
        let (bytes, mime, name) = (file.bytes, &file.mime, &file.name);
        let created = self.portal.create_upload(key, bytes, mime, name).await;
        if let Ok(upload) = &created {
            self.store.set_upload(id, Some(upload.to_string()), key.to_string()).await?;
        }
        Ok(created)
    }

    /// Sends the rest, for as long as nothing comes between.
    async fn send_from(
        &self,
        outgoing: &Outgoing,
        file: &OutFile,
        upload: &UploadId,
        offset: u64,
        skipped: &[String],
    ) -> Result<Result<Went, WriteError>, SyncError> {
        let mut at = offset;
        let mut pieces = 0;
        self.store.set_upload_sent(file.id.clone(), at.min(file.bytes)).await?;
        self.changed();
        while at < file.bytes {
            if self.store.write(outgoing.write.id.clone()).await?.is_none() {
                return Ok(Ok(Went::Withdrawn));
            }
            if pieces > 0 && self.something_goes_at_once(outgoing, skipped).await? {
                return Ok(Ok(Went::Paused));
            }
            let length = self.piece.min(file.bytes - at);
            let piece = self.store.file_piece(file.id.clone(), at, length).await?;
            if piece.is_empty() {
                return Ok(Ok(Went::Withdrawn));
            }
            pieces += 1;
            match self.portal.upload_piece(upload, at, Bytes::from(piece)).await {
                Ok(next) if next > at => at = next.min(file.bytes),
                // A portal that does not get further is asked where it stands.
                Ok(_) => {
                    return Ok(Err(WriteError::Refused { status: 409, code: None, detail: None }));
                }
                Err(error) => return Ok(Err(error)),
            }
            self.store.set_upload_sent(file.id.clone(), at).await?;
            self.changed();
        }
        Ok(Ok(Went::All(upload.clone())))
    }

    /// Lets the portal forget what was brought for a write that was withdrawn.
    async fn drop_uploads(&self, outgoing: &Outgoing, uploads: &[UploadId]) {
        tracing::debug!(
            files = outgoing.uploads.len(),
            "a write was withdrawn while its files went"
        );
        for upload in uploads {
            let _ = self.portal.drop_upload(upload).await;
        }
    }
}
