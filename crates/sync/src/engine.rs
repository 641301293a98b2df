//! The sync of one account, and what holds it together.

use crate::bulletins::Board;
use crate::documents::Cabinet;
use crate::facts::Facts;
use crate::fetcher::Urgent;
use crate::links::Links;
use crate::locate::Locator;
use crate::logbook::Logbook;
use crate::planning::Desk;
use crate::{
    PortalReads, ProcessLock, Rhythm, SyncError, SyncEvent, SyncPhase, SyncProgress, schedule,
};
use chrono::{DateTime, Utc};
use schriftje_konnect::PortalError;
use schriftje_model::Clock;
use schriftje_store::{Store, StoreError};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, broadcast, watch};
use tokio::time::Instant;

/// What can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyncOptions {
    /// Bytes the medium sizes may take together.
    pub medium_bound: u64,
    /// How often to look for something new.
    pub rhythm: Rhythm,
    /// Fetch pictures ahead, and not only when somebody looks at them.
    pub pictures_ahead: bool,
    /// The network is dear: see [`SyncEngine::hold_back`].
    pub held_back: bool,
}

impl Default for SyncOptions {
    fn default() -> Self {
        Self {
            medium_bound: 5 << 30,
            rhythm: Rhythm::Foreground,
            pictures_ahead: true,
            held_back: false,
        }
    }
}

/// The sync of one account. Clones share it.
#[derive(Clone)]
pub struct SyncEngine(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub store: Store,
    pub portal: Arc<dyn PortalReads>,
    pub clock: Arc<dyn Clock>,
    pub options: SyncOptions,
    pub links: Links,
    pub locator: Locator,
    pub logbook: Logbook,
    pub planning: Desk,
    pub cabinet: Cabinet,
    pub board: Board,
    pub facts: Facts,
    pub urgent: Urgent,
    turns: tokio::sync::Mutex<()>,
    /// Whoever reads the newest pages of the timeline.
    pub polling: tokio::sync::Mutex<()>,
    /// Whether a poll brought cards and ended before one it knew. A walk closes the gap.
    pub poll_broke_off: AtomicBool,
    pub events: broadcast::Sender<SyncEvent>,
    pub progress: watch::Sender<SyncProgress>,
    /// Wakes the scheduler, the fetcher, and whoever waits to go on.
    pub wake: Notify,
    /// Lets a scheduler that waits for a new session go on at the usual rhythm.
    pub later: Notify,
    pub pictures: Notify,
    pub stopping: watch::Sender<bool>,
    /// Older things and pictures wait for a network that costs nothing.
    pub holding: watch::Sender<bool>,
    /// Looking at what the portal shows, before the cache is emptied, is to end.
    pub clear_stopped: watch::Sender<bool>,
    medium_bound: AtomicU64,
    rhythm: Mutex<Rhythm>,
    /// When a poll last asked what the portal offers, in vain or not.
    pub offered_asked: Mutex<Option<DateTime<Utc>>>,
    /// Walks under way in this process; pictures wait for the newest cards while there are.
    pub walking: AtomicBool,
    running: AtomicU32,
    began: Mutex<Option<Instant>>,
}

impl std::fmt::Debug for SyncEngine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SyncEngine")
    }
}

impl SyncEngine {
    /// The sync of the account in `store` at `portal`. Nothing is asked yet.
    pub fn new(
        store: Store,
        portal: Arc<dyn PortalReads>,
        clock: Arc<dyn Clock>,
        options: SyncOptions,
    ) -> Self {
        Self(Arc::new(Inner {
            store,
            portal,
            clock,
            options,
            links: Links::default(),
            locator: Locator::default(),
            logbook: Logbook::default(),
            planning: Desk::default(),
            cabinet: Cabinet::default(),
            board: Board::default(),
            facts: Facts::default(),
            urgent: Urgent::default(),
            turns: tokio::sync::Mutex::default(),
            polling: tokio::sync::Mutex::default(),
            poll_broke_off: AtomicBool::new(false),
            events: broadcast::channel(256).0,
            progress: watch::channel(SyncProgress {
                held_back: options.held_back,
                ..SyncProgress::default()
            })
            .0,
            wake: Notify::new(),
            later: Notify::new(),
            pictures: Notify::new(),
            stopping: watch::channel(false).0,
            holding: watch::channel(options.held_back).0,
            clear_stopped: watch::channel(false).0,
            medium_bound: AtomicU64::new(options.medium_bound),
            rhythm: Mutex::new(options.rhythm),
            offered_asked: Mutex::default(),
            walking: AtomicBool::new(false),
            running: AtomicU32::new(0),
            began: Mutex::new(None),
        }))
    }

    /// What changes, as it changes.
    pub fn subscribe(&self) -> broadcast::Receiver<SyncEvent> {
        self.0.events.subscribe()
    }

    /// How the sync stands, as it moves.
    pub fn progress(&self) -> watch::Receiver<SyncProgress> {
        self.0.progress.subscribe()
    }

    /// How the sync stands now, with the counts read anew.
    pub async fn status(&self) -> Result<SyncProgress, SyncError> {
        self.0.refresh_progress().await?;
        Ok(self.0.progress.borrow().clone())
    }

    /// Stops walks and the fetching of pictures after what is in hand. Polls go on.
    pub fn stop(&self) {
        self.0.stopping.send_replace(true);
        self.0.pictures.notify_waiters();
        self.0.update(|progress| progress.stopped = true);
    }

    /// Takes back [`SyncEngine::stop`]; the next [`SyncEngine::sync`], or the scheduler once it
    /// is woken, goes on where it was.
    pub fn resume(&self) {
        self.0.stopping.send_replace(false);
        self.0.update(|progress| progress.stopped = false);
    }

    /// Whether older things and pictures that nobody asked for are left for later, since the network
    /// is dear. What is new and what somebody opens is read all the same.
    pub fn hold_back(&self, held_back: bool) {
        if self.0.holding.send_replace(held_back) == held_back {
            return;
        }
        self.0.pictures.notify_waiters();
        self.0.update(|progress| progress.held_back = held_back);
        if !held_back {
            self.wake();
        }
    }

    /// What medium sizes may take together from now on, in bytes. With less room the oldest go;
    /// with more, the next sync fetches those that found none.
    pub async fn set_medium_bound(&self, bound: u64) -> Result<(), SyncError> {
        let before = self.0.medium_bound.swap(bound, Ordering::AcqRel);
        if bound < before && self.0.store.fit_mediums(bound).await? > 0 {
            self.0.refresh_progress().await?;
            self.0.tell(SyncEvent::MediaArrived);
        }
        if bound > before {
            self.0.store.want_mediums_again().await?;
            self.wake();
        }
        Ok(())
    }

    /// Lets [`SyncEngine::run`] poll now, also when it waits for a new sign-in.
    pub fn wake(&self) {
        self.0.wake.notify_one();
    }

    /// Lets [`SyncEngine::run`] poll at the usual rhythm, also when it waits for a new sign-in:
    /// for one that failed in passing, such as without a network.
    pub fn wake_later(&self) {
        self.0.later.notify_one();
    }

    /// How often to look for something new from now on. Whoever comes back to the app after a
    /// while sees at once what is new.
    pub fn set_rhythm(&self, rhythm: Rhythm) {
        let before = {
            let mut now = self.0.rhythm.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *now, rhythm)
        };
        if (before, rhythm) == (Rhythm::Background, Rhythm::Foreground) && self.0.is_overdue() {
            self.wake();
        }
    }
}

impl Inner {
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub fn rhythm(&self) -> Rhythm {
        *self.rhythm.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the portal was last asked longer ago than somebody who looks should wait. A
    /// session that has ended waits for a new sign-in.
    fn is_overdue(&self) -> bool {
        let progress = self.progress.borrow();
        progress.trouble != Some(PortalError::Unauthorized.into())
            && progress.fresh_at.is_none_or(|at| self.now() - at >= schedule::IN_SIGHT)
    }

    /// Whether walks and the fetching of pictures are to end: somebody stopped them, or the network
    /// is dear.
    pub fn stopped(&self) -> bool {
        self.stopped_by_hand() || self.held_back()
    }

    pub fn stopped_by_hand(&self) -> bool {
        *self.stopping.borrow()
    }

    pub fn held_back(&self) -> bool {
        *self.holding.borrow()
    }

    pub fn medium_bound(&self) -> u64 {
        self.medium_bound.load(Ordering::Acquire)
    }

    /// Waits until walks and the fetching of pictures are to end.
    pub async fn until_stopped(&self) {
        let (mut stopping, mut holding) = (self.stopping.subscribe(), self.holding.subscribe());
        tokio::select! {
            _ = stopping.wait_for(|stopped| *stopped) => {}
            _ = holding.wait_for(|held_back| *held_back) => {}
        }
    }

    pub fn tell(&self, event: SyncEvent) {
        // Nobody listening is fine.
        let _ = self.events.send(event);
    }

    /// Held while a page is read and taken in, so that two processes take turns. Whoever waits
    /// longest is next: a walk does not keep a poll waiting.
    pub async fn turn(&self) -> Result<Turn<'_>, SyncError> {
        let here = self.turns.lock().await;
        let queue = ProcessLock::acquire(&self.lock_path("sync.queue.lock")).await?;
        let turn = ProcessLock::acquire(&self.lock_path("sync.lock")).await?;
        drop(queue);
        Ok(Turn { _process: turn, _here: here })
    }

    pub fn lock_path(&self, name: &str) -> PathBuf {
        self.store.folder().join(name)
    }

    pub fn update(&self, change: impl FnOnce(&mut SyncProgress)) {
        let changed = self.progress.send_if_modified(|progress| {
            let before = progress.clone();
            change(progress);
            *progress != before
        });
        if changed {
            self.tell(SyncEvent::Status);
        }
    }

    /// Reads the counts anew.
    pub async fn refresh_progress(&self) -> Result<(), StoreError> {
        let totals = self.store.totals().await?;
        let state = self.store.timeline_state().await?;
        let messages = self.store.logbook_state().await?;
        let began = *self.began.lock().unwrap_or_else(PoisonError::into_inner);
        self.update(|progress| {
            progress.fresh_at = state.fresh_at;
            progress.messages_fresh_at = messages.fresh_at;
            progress.messages_complete = messages.complete;
            progress.complete = state.complete;
            progress.oldest = state.oldest;
            progress.cards = totals.cards;
            progress.photos = totals.photos;
            progress.thumbs = totals.thumbs;
            progress.mediums = totals.mediums;
            if let Some(began) = began {
                progress.took = began.elapsed();
            }
        });
        Ok(())
    }

    /// Marks the sync as running until the guard is dropped.
    pub fn running(self: &Arc<Self>) -> RunningGuard {
        if self.running.fetch_add(1, Ordering::AcqRel) == 0 {
            *self.began.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
            self.update(|progress| {
                progress.took = std::time::Duration::ZERO;
                progress.left = None;
            });
        }
        RunningGuard(Arc::clone(self))
    }

    /// Notes trouble, tells it, and answers it.
    pub fn trouble(&self, error: SyncError) -> SyncError {
        if error != SyncError::Stopped {
            tracing::info!(%error, "sync met trouble");
            self.update(|progress| progress.trouble = Some(error.clone()));
            self.tell(SyncEvent::Trouble(error.clone()));
        }
        error
    }
}

/// A turn at reading pages, until it is dropped.
pub(crate) struct Turn<'a> {
    _process: ProcessLock,
    _here: tokio::sync::MutexGuard<'a, ()>,
}

pub(crate) struct RunningGuard(Arc<Inner>);

impl Drop for RunningGuard {
    fn drop(&mut self) {
        if self.0.running.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.0.update(|progress| {
                progress.phase = SyncPhase::Idle;
                progress.left = None;
            });
        }
    }
}
