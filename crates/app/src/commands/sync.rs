//! How fresh things are, and asking for more.

use crate::App;
use crate::account::{Asked, Line, Open};
use crate::api::{AppError, Clearing, ErrorCode, SyncPhase, SyncStatus};
use schriftje_konnect::PortalError;
use schriftje_sync::{Clearing as Walking, SyncError, SyncProgress};
use std::sync::Arc;
use std::time::Duration;

impl App {
    /// How fresh things are, and what is being fetched.
    pub async fn sync_status(&self) -> Result<SyncStatus, AppError> {
        let open = self.registry.current()?;
        let Ok(line) = open.line() else { return offline_status(&open).await };
        Ok(status(&open, line.engine.status().await?))
    }

    /// Reads what is new, and goes on with older cards and pictures in the background. Returns
    /// when the newest page is in.
    pub async fn sync_now(&self) -> Result<SyncStatus, AppError> {
        let open = self.registry.current()?;
        let line = open.line()?;
        line.engine.resume();
        poll(&open, &line).await?;
        if self.host.background {
            open.catch_up(&line);
        }
        self.sync_status().await
    }

    /// Like [`App::sync_now`], and returns only when every text and picture is here, or when
    /// [`App::sync_stop`] was called.
    pub async fn sync_all(&self) -> Result<SyncStatus, AppError> {
        let open = self.registry.current()?;
        let line = open.line()?;
        line.engine.resume();
        poll(&open, &line).await?;
        let sent = self.send_now().await;
        let mut done = line.engine.catch_up().await;
        if is_ended(&done) && open.renew(Asked::ByParent).await? {
            done = line.engine.catch_up().await;
        }
        match done {
            Ok(()) | Err(SyncError::Stopped) => sent.and(self.sync_status().await),
            Err(error) => Err(error.into()),
        }
    }

    /// Stops fetching older cards and pictures; it goes on at the next start or [`App::sync_now`].
    pub async fn sync_stop(&self) -> Result<(), AppError> {
        self.registry.current()?.line()?.engine.stop();
        Ok(())
    }
}

/// Reads what is new; when the session has ended, once more after signing in again with the
/// remembered password.
pub(super) async fn poll(open: &Arc<Open>, line: &Line) -> Result<(), AppError> {
    let mut polled = line.engine.poll().await;
    if is_ended(&polled) && open.renew(Asked::ByParent).await? {
        polled = line.engine.poll().await;
    }
    polled?;
    open.note_success().await;
    Ok(())
}

fn is_ended<T>(result: &Result<T, SyncError>) -> bool {
    matches!(result, Err(SyncError::Portal(PortalError::Unauthorized)))
}

fn status(open: &Open, progress: SyncProgress) -> SyncStatus {
    let trouble = progress.trouble.map(AppError::from);
    SyncStatus {
        phase: match progress.phase {
            schriftje_sync::SyncPhase::Idle => SyncPhase::Idle,
            schriftje_sync::SyncPhase::Newest => SyncPhase::Newest,
            schriftje_sync::SyncPhase::Backfill => SyncPhase::Backfill,
            schriftje_sync::SyncPhase::Media => SyncPhase::Media,
        },
        fresh_at: progress.fresh_at,
        trouble: trouble.or_else(|| open.mended()),
        messages_fresh_at: progress.messages_fresh_at,
        messages_complete: progress.messages_complete,
        messages_trouble: progress.messages_trouble.map(AppError::from),
        complete: progress.complete,
        cards: progress.cards,
        photos: progress.photos,
        thumbs: progress.thumbs,
        oldest: progress.oldest,
        seconds: seconds(progress.took),
        seconds_left: progress.left.map(seconds),
        stopped: progress.stopped,
        held_back: progress.held_back,
        clearing: progress.clearing.map(|Walking { seen, of }| Clearing { seen, of }),
    }
}

/// How things stand with an account whose portal is not known any more.
async fn offline_status(open: &Open) -> Result<SyncStatus, AppError> {
    let (totals, state) = (open.store.totals().await?, open.store.timeline_state().await?);
    let messages = open.store.logbook_state().await?;
    let progress = SyncProgress {
        fresh_at: state.fresh_at,
        messages_fresh_at: messages.fresh_at,
        messages_complete: messages.complete,
        complete: state.complete,
        cards: totals.cards,
        photos: totals.photos,
        thumbs: totals.thumbs,
        oldest: state.oldest,
        ..SyncProgress::default()
    };
    let expired = AppError::new(ErrorCode::SessionExpired, "sign in again");
    Ok(SyncStatus { trouble: Some(expired), ..status(open, progress) })
}

fn seconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_secs()).unwrap_or(u32::MAX)
}
