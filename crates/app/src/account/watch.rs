//! What an account does when its sync tells something.

use super::open::{Open, damage_mended};
use super::password_rest::Asked;
use crate::api::{SessionState, Tag};
use chrono::{DateTime, Utc};
use schriftje_konnect::PortalError;
use schriftje_store::StoreError;
use schriftje_sync::{SyncError, SyncEvent, SyncProgress};
use std::sync::Weak;
use tokio::sync::{broadcast, watch};

/// Passes on what the sync tells, and acts when the session ends.
pub(super) async fn pass_on(open: Weak<Open>, mut events: broadcast::Receiver<SyncEvent>) {
    use broadcast::error::RecvError;
    loop {
        let event = match events.recv().await {
            Ok(event) => event,
            // So much happened that all is to be read again.
            Err(RecvError::Lagged(_)) => SyncEvent::Recovered,
            Err(RecvError::Closed) => return,
        };
        let Some(open) = open.upgrade() else { return };
        let tags: &[Tag] = match &event {
            SyncEvent::TimelineChanged => &[Tag::Timeline, Tag::Sync],
            SyncEvent::ChildrenChanged => &[Tag::Children, Tag::Accounts],
            SyncEvent::MediaArrived => &[Tag::Media],
            SyncEvent::MessagesChanged => &[Tag::Messages],
            SyncEvent::AgendaChanged => &[Tag::Agenda],
            SyncEvent::DocumentsChanged => &[Tag::Documents],
            SyncEvent::LocationChanged => &[Tag::Location],
            SyncEvent::FactsChanged => &[Tag::Facts],
            SyncEvent::OutboxChanged | SyncEvent::OutboxChangedElsewhere => &[Tag::Outbox],
            SyncEvent::News => &[Tag::News],
            SyncEvent::Status | SyncEvent::Trouble(_) => &[Tag::Sync],
            SyncEvent::Recovered => &[
                Tag::Accounts,
                Tag::Timeline,
                Tag::Children,
                Tag::Media,
                Tag::Sync,
                Tag::Messages,
                Tag::Outbox,
                Tag::Agenda,
                Tag::Documents,
                Tag::Location,
                Tag::Facts,
            ],
        };
        for tag in tags {
            open.host.changes.tell(*tag);
        }
        match &event {
            SyncEvent::Trouble(error) => open.met(error).await,
            SyncEvent::OutboxChangedElsewhere => open.send(),
            _ => {}
        }
    }
}

impl Open {
    /// Renews the session and lets the scheduler go on.
    async fn go_on(&self) {
        let renewed = self.renew(Asked::ByItself).await;
        let Ok(line) = self.line() else { return };
        match renewed {
            Ok(true) => line.engine.wake(),
            Ok(false) => {}
            // A password that was refused is gone, so this cannot go on for ever.
            Err(error) => {
                tracing::info!(code = ?error.code, "the session was not renewed");
                line.engine.wake_later();
            }
        }
    }

    async fn met(&self, error: &SyncError) {
        match error {
            // Without the scheduler only commands poll, and they renew the session themselves.
            SyncError::Portal(PortalError::Unauthorized) if self.host.background => {
                self.go_on().await;
            }
            SyncError::AccountRefused { .. } => {
                let Ok(line) = self.line() else { return };
                // A sync may have succeeded since this was told, or succeed while it is noted.
                if line.trouble().as_ref() == Some(error) {
                    self.note_session(SessionState::Ended).await;
                    if line.trouble().is_none() {
                        self.note_success().await;
                    }
                }
            }
            SyncError::Store(StoreError::Damaged { .. }) => self.set_mended(Some(damage_mended())),
            _ => {}
        }
    }
}

/// A sync that succeeds shows that the portal sees the account as signed in, and what waited to be
/// told until the portal was asked may be told. `fresh_at` is when one last did.
pub(super) async fn note_success(
    open: Weak<Open>,
    mut progress: watch::Receiver<SyncProgress>,
    mut fresh_at: Option<DateTime<Utc>>,
) {
    while progress.changed().await.is_ok() {
        let now = progress.borrow_and_update().fresh_at;
        if now == fresh_at {
            continue;
        }
        fresh_at = now;
        let Some(open) = open.upgrade() else { return };
        open.note_success().await;
        if open.store.has_news().await.unwrap_or_default() {
            open.host.changes.tell(Tag::News);
        }
    }
}
