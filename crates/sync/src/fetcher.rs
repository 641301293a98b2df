//! Fetching pictures ahead: thumbnails first, newest first, then medium sizes. What somebody is
//! looking at goes before.

use crate::engine::Inner;
use crate::{ProcessLock, SyncError, SyncPhase};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use schriftje_konnect::PortalError;
use schriftje_model::{MediaId, MediaSize};
use schriftje_store::Wanted;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// Downloads at once at a live portal. Six are allowed; two are left for what is looked at.
const AT_ONCE: usize = 4;
/// Downloads at once on this machine.
const AT_ONCE_HERE: usize = 12;
/// Pictures taken up in one go.
const BATCH: u32 = 96;

/// Pictures refused with a fresh address, each by itself, before something else must be wrong.
const MOST_LEFT: usize = 50;

type Which = (MediaId, MediaSize);

/// Whether the trouble is with one picture and not with the way to all of them.
fn concerns_one(error: &PortalError) -> bool {
    matches!(
        error,
        PortalError::MediaExpired | PortalError::Refused { .. } | PortalError::Redirected
    )
}

/// How many pictures somebody waits for just now.
#[derive(Default)]
pub(crate) struct Urgent {
    waiting: AtomicU32,
    done: Notify,
}

/// Somebody waits, until this is dropped.
pub(crate) struct Waiting<'a>(&'a Urgent);

impl Urgent {
    pub fn begin(&self) -> Waiting<'_> {
        self.waiting.fetch_add(1, Ordering::AcqRel);
        Waiting(self)
    }

    /// Waits until nobody waits.
    async fn none(&self) {
        loop {
            let done = self.done.notified();
            if self.waiting.load(Ordering::Acquire) == 0 {
                return;
            }
            done.await;
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if self.0.waiting.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.0.done.notify_waiters();
        }
    }
}

impl Inner {
    /// Fetches pictures until none is wanted and no walk brings more. One process at a time does
    /// this; another one waits for it to be done.
    pub async fn fetch_pictures(self: &Arc<Self>) -> Result<(), SyncError> {
        if !self.options.pictures_ahead {
            return Ok(());
        }
        let path = self.lock_path("media.lock");
        loop {
            if let Some(_lock) = ProcessLock::try_acquire(&path).await? {
                return self.fetch_all().await;
            }
            // The other process writes what it fetches where we read it.
            self.look_elsewhere().await?;
            self.refresh_progress().await?;
            if self.stopped() || (!self.is_walking() && self.next_batch(BATCH).await?.is_empty()) {
                return Ok(());
            }
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
                () = self.until_stopped() => {}
            }
        }
    }

    fn is_walking(&self) -> bool {
        self.walking.load(Ordering::Acquire)
    }

    async fn fetch_all(self: &Arc<Self>) -> Result<(), SyncError> {
        self.store.retry_broken(self.now()).await?;
        let began = Instant::now();
        let (mut fetched, mut failures) = (0_u32, 0);
        let mut left: HashSet<Which> = HashSet::new();
        while !self.stopped() {
            let more = self.pictures.notified();
            let besides = u32::try_from(left.len()).unwrap_or(u32::MAX);
            let mut batch = self.next_batch(BATCH + besides).await?;
            batch.retain(|wanted| !left.contains(&(wanted.id.clone(), wanted.size)));
            batch.truncate(BATCH as usize);
            if batch.is_empty() {
                if !self.is_walking() {
                    break;
                }
                tokio::select! {
                    () = more => {}
                    () = tokio::time::sleep(Duration::from_millis(500)) => {}
                }
                continue;
            }
            if !self.is_walking() {
                self.update(|progress| progress.phase = SyncPhase::Media);
            }
            let (arrived, trouble) = self.fetch_batch(batch, &mut left).await;
            fetched += arrived;
            self.refresh_progress().await?;
            self.reckon(began.elapsed(), fetched);
            // What arrived is kept; after a wait the rest follows.
            if left.len() > MOST_LEFT {
                return Err(PortalError::MediaExpired.into());
            }
            match trouble {
                None => failures = 0,
                Some(SyncError::Portal(error)) => {
                    failures = if arrived > 0 { 1 } else { failures + 1 };
                    self.pause(error, failures).await?;
                }
                Some(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Thumbnails, avatars first; then medium sizes, ahead of a walk's end only for the first
    /// screens.
    async fn next_batch(&self, limit: u32) -> Result<Vec<Wanted>, SyncError> {
        let mut batch = self.store.wanted_avatars(limit).await?;
        batch.extend(self.store.wanted_photos(MediaSize::Thumb, limit).await?);
        if batch.is_empty() && !self.is_walking() {
            batch = self.store.wanted_photos(MediaSize::Medium, limit).await?;
            let bound = self.medium_bound();
            if let Some(newest) = batch.first().and_then(|wanted| wanted.day)
                && !self.store.has_room(newest, bound).await?
            {
                self.store.give_up_mediums(newest).await?;
                batch.clear();
            }
        }
        Ok(batch)
    }

    /// Fetches some; answers how many arrived, and what stopped it.
    async fn fetch_batch(
        self: &Arc<Self>,
        batch: Vec<Wanted>,
        left: &mut HashSet<Which>,
    ) -> (u32, Option<SyncError>) {
        let at_once = if self.portal.is_loopback() { AT_ONCE_HERE } else { AT_ONCE };
        let mut batch = batch.into_iter();
        let mut under_way = FuturesUnordered::new();
        let (mut fetched, mut trouble) = (0, None);
        loop {
            while under_way.len() < at_once && trouble.is_none() && !self.stopped() {
                let Some(wanted) = batch.next() else { break };
                under_way.push(async move {
                    self.urgent.none().await;
                    let result = self.fetch_ahead(&wanted).await;
                    ((wanted.id, wanted.size), result)
                });
            }
            match under_way.next().await {
                None => return (fetched, trouble),
                Some((_, Ok(()) | Err(SyncError::PictureBroken { .. }))) => fetched += 1,
                // Refused with a fresh address: this one alone is left until the next sync.
                Some((which, Err(SyncError::Portal(error)))) if concerns_one(&error) => {
                    left.insert(which);
                }
                Some((_, Err(error))) => trouble = Some(error),
            }
        }
    }

    async fn fetch_ahead(&self, wanted: &Wanted) -> Result<(), SyncError> {
        // It may be here already: after the cache was made anew, or from before a break.
        if self.store.note_present(wanted.id.clone(), wanted.size).await? {
            return Ok(());
        }
        let mut fetched = self.fetch(&wanted.id, wanted.size).await;
        if fetched == Err(SyncError::Portal(PortalError::Truncated)) {
            fetched = self.fetch(&wanted.id, wanted.size).await;
        }
        match fetched {
            Ok(blob) => self.keep(&wanted.id, wanted.size, &blob).await,
            // The portal has it no more, or sends half of it each time: asking again now is of
            // no use.
            Err(SyncError::NotFound | SyncError::Portal(PortalError::Truncated)) => {
                Err(self.broken(&wanted.id, wanted.size).await?)
            }
            Err(error) => Err(error),
        }
    }

    /// About how long the rest takes, at the pace so far.
    fn reckon(&self, took: Duration, fetched: u32) {
        tracing::debug!(fetched, "pictures");
        self.update(|progress| {
            let rest = (progress.photos.saturating_sub(progress.thumbs))
                + progress.photos.saturating_sub(progress.mediums);
            progress.left = (fetched > 0 && progress.complete)
                .then(|| took.mul_f64(f64::from(rest) / f64::from(fetched)));
        });
    }
}
