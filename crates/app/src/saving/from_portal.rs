//! Originals as the portal gives them, and of an account that has ended what is left of them here.

use super::plan::Paper;
use super::run::{Copied, CopyError, Originals};
use crate::account::{Asked, Line, Open};
use crate::api::{AppError, ErrorCode, SessionState};
use crate::attached;
use crate::commands::documents::file_of;
use crate::copies::{CopyTrouble, write_to};
use async_trait::async_trait;
use schriftje_konnect::PortalError;
use schriftje_model::{MediaId, MediaKind, MediaSize, PhotoId, Saveable};
use schriftje_sync::{SyncEngine, SyncError};
use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncSeekExt, AsyncWriteExt};

/// Photos asked about in one go.
const ASK_AT_ONCE: usize = 50;

/// Where the originals of one save come from.
pub(crate) struct FromPortal {
    engine: Option<SyncEngine>,
    open: Arc<Open>,
    questions: tokio::sync::Mutex<Questions>,
    /// The account has ended and the portal gives nothing: it is left alone.
    gone: AtomicBool,
}

/// Whether photos may be saved, as far as that is not known yet.
#[derive(Default)]
struct Questions {
    unasked: VecDeque<PhotoId>,
    answers: HashMap<PhotoId, Saveable>,
    /// Why there will be no answers.
    vain: Option<AppError>,
}

impl FromPortal {
    /// Without a `line` there is no way to the portal. Of `unasked` photos it is asked in
    /// batches, each at the turn of its first, whether they may be saved.
    pub(crate) fn new(open: Arc<Open>, line: Option<Line>, unasked: VecDeque<PhotoId>) -> Self {
        let questions = Questions { unasked, ..Questions::default() };
        Self {
            engine: line.map(|line| line.engine),
            open,
            questions: questions.into(),
            gone: AtomicBool::new(false),
        }
    }

    fn engine(&self) -> Result<&SyncEngine, AppError> {
        let engine = self.engine.as_ref();
        engine.ok_or_else(|| AppError::new(ErrorCode::SessionExpired, "sign in again"))
    }

    /// Renews the session when that is what `error` asks for.
    async fn renewed(&self, error: &SyncError) -> Result<bool, AppError> {
        Ok(*error == SyncError::Portal(PortalError::Unauthorized)
            && self.open.renew(Asked::ByItself).await?)
    }

    async fn original(&self, id: &PhotoId, file: File) -> Result<Copied, CopyError> {
        let fetch = CopyError::Fetch;
        let engine = self.engine().map_err(fetch)?;
        let mut body = match engine.original(id.clone(), None).await {
            Err(error) if self.renewed(&error).await.map_err(fetch)? => {
                engine.original(id.clone(), None).await
            }
            other => other,
        }
        .map_err(|error| fetch(error.into()))?;
        let mut file = tokio::fs::File::from_std(file);
        let mut bytes = 0;
        while let Some(piece) = body.chunk().await.map_err(|error| fetch(error.into()))? {
            file.write_all(&piece).await.map_err(CopyError::Disk)?;
            bytes += piece.len() as u64;
        }
        file.flush().await.map_err(CopyError::Disk)?;
        // Dropping the file would close it in the background; what follows works on its bytes.
        drop(file.into_std().await);
        Ok(Copied { bytes, reduced: false })
    }

    /// The medium size, when it is here. Of a film that is a still picture, and no film.
    async fn medium(&self, id: &PhotoId, file: File) -> Result<Copied, CopyError> {
        let store = &self.open.store;
        let fetch = |error: schriftje_store::StoreError| CopyError::Fetch(error.into());
        let known = store.photo(id.clone()).await.map_err(fetch)?;
        let still = known.is_some_and(|known| known.photo.kind == MediaKind::Photo);
        let medium = if still {
            store.media(MediaId(id.0.clone()), MediaSize::Medium).await.map_err(fetch)?
        } else {
            None
        };
        let Some(medium) = medium else {
            return Err(CopyError::Fetch(AppError::new(
                ErrorCode::AccountEnded,
                "the original cannot be had any more, and nothing of it is here",
            )));
        };
        let mut file = tokio::fs::File::from_std(file);
        // What came of the original is no picture.
        file.set_len(0).await.map_err(CopyError::Disk)?;
        file.rewind().await.map_err(CopyError::Disk)?;
        file.write_all(&medium.bytes).await.map_err(CopyError::Disk)?;
        file.flush().await.map_err(CopyError::Disk)?;
        drop(file.into_std().await);
        Ok(Copied { bytes: medium.bytes.len() as u64, reduced: true })
    }
}

#[async_trait]
impl Originals for FromPortal {
    async fn saveable(&self, id: &PhotoId) -> Result<Saveable, AppError> {
        let mut questions = self.questions.lock().await;
        if let Some(answer) = questions.answers.remove(id) {
            return Ok(answer);
        }
        if let Some(vain) = &questions.vain {
            return Err(vain.clone());
        }
        let mut ids = vec![id.clone()];
        while ids.len() < ASK_AT_ONCE
            && let Some(other) = questions.unasked.pop_front()
        {
            if other != *id && !questions.answers.contains_key(&other) {
                ids.push(other);
            }
        }
        let engine = self.engine()?;
        let (mut answers, mut why) = engine.may_save(ids.clone()).await?;
        if let Some(error) = &why
            && self.renewed(error).await?
        {
            (answers, why) = engine.may_save(ids).await?;
        }
        questions.answers.extend(answers);
        if let Some(answer) = questions.answers.remove(id) {
            return Ok(answer);
        }
        if self.open.has_ended().await? {
            let vain = AppError::new(ErrorCode::AccountEnded, "nobody can tell any more");
            questions.vain = Some(vain.clone());
            return Err(vain);
        }
        Err(why.unwrap_or(SyncError::NotFound).into())
    }

    async fn copy(&self, id: &PhotoId, file: File) -> Result<Copied, CopyError> {
        if !self.gone.load(Ordering::Acquire) {
            let again = file.try_clone().map_err(CopyError::Disk)?;
            let error = match self.original(id, again).await {
                Err(CopyError::Fetch(error)) => error,
                other => return other,
            };
            if error.code == ErrorCode::AccountEnded {
                self.open.note_session(SessionState::Ended).await;
            } else if !self.open.has_ended().await.map_err(|e| CopyError::Fetch(e.into()))? {
                return Err(CopyError::Fetch(error));
            }
            // One picture may be gone or broken by itself.
            if !matches!(error.code, ErrorCode::NotFound | ErrorCode::PictureBroken) {
                self.gone.store(true, Ordering::Release);
            }
        }
        self.medium(id, file).await
    }

    async fn copy_paper(&self, paper: &Paper, file: File) -> Result<Copied, CopyError> {
        let known = match paper.clone() {
            Paper::Document(id) => file_of(&self.open, id, Asked::ByItself).await,
            Paper::Attached(of, id) => attached::file_of(&self.open, of, id, Asked::ByItself).await,
        };
        let known = known.map_err(CopyError::Fetch)?;
        match write_to(&self.open.store, &known, file).await {
            Ok(()) => Ok(Copied { bytes: known.bytes, reduced: false }),
            Err(CopyTrouble::Disk(error)) => Err(CopyError::Disk(error)),
            Err(CopyTrouble::Store(error)) => Err(CopyError::Fetch(error.into())),
        }
    }
}
