//! Everything a sync does after the newest page: walks, conversations, what may be saved, pictures.

use crate::engine::Inner;
use crate::own_task::on_its_own;
use crate::walk::Step;
use crate::{Polled, Rhythm, SyncEngine, SyncError, SyncEvent, SyncPhase, retry, schedule};
use schriftje_konnect::PortalError;
use schriftje_model::{PhotoId, Saveable};
use schriftje_store::StoreError;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Conversations of which it is asked ahead of a walk's end what they are about.
const AT_ONCE: usize = 50;
/// How often a portal that refuses the account is asked at most.
const REFUSED_EVERY: Duration = Duration::from_hours(1);

impl SyncEngine {
    /// A whole sync: something new, older history, pictures. Returns when all of it is here, or
    /// with [`SyncError::Stopped`] after [`SyncEngine::stop`].
    pub async fn sync(&self) -> Result<Polled, SyncError> {
        let polled = self.poll().await?;
        self.catch_up().await?;
        Ok(polled)
    }

    /// Older history and pictures, side by side. Goes on where it was.
    pub async fn catch_up(&self) -> Result<(), SyncError> {
        let inner = Arc::clone(&self.0);
        on_its_own(async move { inner.catch_up().await }).await
    }

    /// Polls, catches up, and waits for the next time, for as long as it is let run. Trouble is
    /// told as [`SyncEvent::Trouble`]; a session that has ended waits for [`SyncEngine::wake`]. An
    /// account that is refused is asked for now and then: a portal may change its mind.
    pub async fn run(&self) {
        let mut failures = 0_u32;
        loop {
            let result = match self.poll().await {
                Ok(_) if self.0.stopped_by_hand() => Ok(()),
                Ok(_) => self.catch_up().await,
                Err(error) => Err(error),
            };
            let usual = schedule::until_next(self.0.now(), self.0.rhythm());
            let wait = match &result {
                Ok(()) | Err(SyncError::Stopped) => {
                    failures = 0;
                    Some(usual)
                }
                Err(SyncError::Portal(PortalError::Unauthorized)) => None,
                Err(SyncError::AccountRefused { .. }) => Some(usual.max(REFUSED_EVERY)),
                Err(error) => {
                    failures += 1;
                    let asked = match error {
                        SyncError::Portal(error) => retry::wait(error, failures),
                        _ => None,
                    };
                    Some(asked.unwrap_or(usual))
                }
            };
            let rest = async {
                match result {
                    Err(
                        ended @ (SyncError::Portal(PortalError::Unauthorized)
                        | SyncError::AccountRefused { .. }),
                    ) => self.0.let_in(ended, wait, usual).await,
                    _ => tokio::time::sleep(wait.unwrap_or(usual)).await,
                }
            };
            if self.0.rest(rest).await {
                failures = 0;
            }
        }
    }

    /// Whether these photos may be saved: asked anew where the portal can tell, else as it last
    /// said. A photo that was never asked about, and cannot be now, is not in the answer; why is
    /// told beside it.
    pub async fn may_save(
        &self,
        photos: Vec<PhotoId>,
    ) -> Result<(HashMap<PhotoId, Saveable>, Option<SyncError>), StoreError> {
        self.0.may_save(photos).await
    }
}

impl Inner {
    async fn catch_up(self: Arc<Self>) -> Result<(), SyncError> {
        let _running = self.running();
        if self.held_back() {
            return self.tell_what_was_read().await.map_err(|error| self.trouble(error));
        }
        self.walking.store(true, Ordering::Release);
        let texts = async {
            let texts = self.texts().await;
            self.walking.store(false, Ordering::Release);
            self.pictures.notify_waiters();
            texts
        };
        let pictures = self.fetch_pictures();
        tokio::pin!(texts, pictures);
        // Without the portal there are no pictures either; without pictures there still are texts.
        let done = tokio::select! {
            texts = &mut texts => match texts {
                Ok(()) => pictures.await,
                Err(error) => Err(error),
            },
            pictures = &mut pictures => texts.await.and(pictures),
        };
        self.refresh_progress().await?;
        match done {
            Ok(()) if self.stopped_by_hand() => Err(SyncError::Stopped),
            Ok(()) => Ok(()),
            Err(error) => Err(self.trouble(error)),
        }
    }

    /// Walks until nothing is due, then reads conversations and asks what may be saved.
    async fn texts(self: &Arc<Self>) -> Result<(), SyncError> {
        self.update(|progress| progress.phase = SyncPhase::Backfill);
        let mut attempt = 0;
        while !self.stopped() {
            match self.next_steps().await {
                Ok(Step::Nothing) => break,
                Ok(Step::Further | Step::Done) => {
                    if attempt > 0 {
                        self.update(|progress| progress.trouble = None);
                    }
                    attempt = 0;
                    self.refresh_progress().await?;
                }
                Err(SyncError::Portal(error)) => {
                    attempt += 1;
                    self.pause(error, attempt).await?;
                }
                Err(error) => return Err(error),
            }
        }
        let mut attempt = 0;
        while let Err(error) = self.ask_besides().await {
            let SyncError::Portal(error) = error else { return Err(error) };
            attempt += 1;
            self.pause(error, attempt).await?;
        }
        self.update(|progress| progress.phase = SyncPhase::Media);
        Ok(())
    }

    /// A step over the timeline, and one over the conversations.
    async fn next_steps(&self) -> Result<Step, SyncError> {
        let timeline = self.walk_step().await?;
        let conversations = self.logbook_step().await?;
        if conversations == Step::Further {
            self.ask_about(AT_ONCE).await?;
        }
        let nothing = timeline == Step::Nothing && conversations == Step::Nothing;
        Ok(if nothing { Step::Nothing } else { Step::Further })
    }

    /// What is asked about what the walks brought.
    async fn ask_besides(&self) -> Result<(), SyncError> {
        self.tell_what_was_read().await?;
        self.ask_about(1).await?;
        self.read_ahead().await?;
        self.read_bulletins_ahead().await?;
        self.ask_saveable().await
    }

    /// Waits until `end`, or for somebody to wake it, and notices meanwhile what another process
    /// does. Answers whether it was woken.
    async fn rest(&self, end: impl Future<Output = ()>) -> bool {
        let watch = async {
            loop {
                tokio::time::sleep(match self.rhythm() {
                    Rhythm::Foreground => Duration::from_secs(5),
                    Rhythm::Background => Duration::from_mins(1),
                })
                .await;
                if let Err(error) = self.look_elsewhere().await {
                    tracing::debug!(%error, "cannot look at what another process does");
                }
            }
        };
        tokio::select! {
            () = end => false,
            () = self.wake.notified() => true,
            () = watch => false,
        }
    }

    /// Waits while `ended` stands, for `wait` at most, and for `usual` once a poll, whoever asked
    /// for it, found that it does not stand after all.
    async fn let_in(&self, ended: SyncError, wait: Option<Duration>, usual: Duration) {
        let mut progress = self.progress.subscribe();
        let over = async {
            match wait {
                Some(wait) => tokio::time::sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = over => return,
            _ = progress.wait_for(|progress| progress.trouble.as_ref() != Some(&ended)) => {}
            () = self.later.notified() => {}
        }
        tokio::time::sleep(usual).await;
    }

    /// Waits before the next try, or gives up with the error. Ends at once when stopped.
    pub async fn pause(&self, error: PortalError, attempt: u32) -> Result<(), SyncError> {
        let Some(wait) = retry::wait(&error, attempt) else { return Err(error.into()) };
        if wait > Duration::from_secs(5) {
            self.update(|progress| progress.trouble = Some(error.clone().into()));
            self.tell(SyncEvent::Status);
        }
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = self.until_stopped() => {}
        }
        Ok(())
    }
}
