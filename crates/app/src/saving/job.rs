//! The list of saves: what the interface follows and stops.

use super::plan::{Plan, Thing};
use super::run::{Originals, Progress, run};
use crate::api::{AppError, SaveAbout, SaveJob, SaveState, Tag};
use crate::changes::Changes;
use schriftje_model::AccountId;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// The saves since the app started.
#[derive(Clone, Debug)]
pub(crate) struct Saves(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    jobs: Mutex<BTreeMap<u32, Followed>>,
    last: std::sync::atomic::AtomicU32,
    /// One save writes at a time; others wait for their turn.
    turn: Arc<tokio::sync::Mutex<()>>,
    /// Where a folder is held against other processes.
    locks: PathBuf,
    changes: Changes,
}

#[derive(Debug)]
struct Followed {
    job: watch::Receiver<SaveJob>,
    cancel: CancellationToken,
}

impl Saves {
    /// No saves yet. `locks` is a folder of ours for lock files.
    pub(crate) fn new(locks: PathBuf, changes: Changes) -> Self {
        let (jobs, last, turn) = Default::default();
        Self(Arc::new(Inner { jobs, last, turn, locks, changes }))
    }

    /// Starts a save. It stops when `account_gone` is cancelled.
    pub(crate) fn start(
        &self,
        plan: Plan,
        folder: PathBuf,
        originals: Arc<dyn Originals>,
        account: AccountId,
        account_gone: &CancellationToken,
    ) -> SaveJob {
        let id = self.0.last.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
        let papers = plan.iter().any(|item| matches!(item.thing, Thing::Paper { .. }));
        let job = SaveJob {
            id,
            account,
            about: if papers { SaveAbout::Documents } else { SaveAbout::Photos },
            state: SaveState::Running,
            folder: folder.display().to_string(),
            total: u32::try_from(plan.len()).unwrap_or(u32::MAX),
            saved: 0,
            reduced: 0,
            already: 0,
            refused: Vec::new(),
            failed: 0,
            bytes: 0,
            trouble: None,
        };
        let (sender, receiver) = watch::channel(job.clone());
        let cancel = account_gone.child_token();
        self.jobs().insert(id, Followed { job: receiver, cancel: cancel.clone() });
        let progress = Progress::new(sender, self.0.changes.clone());
        let (turn, locks) = (self.0.turn.clone(), self.0.locks.clone());
        tokio::spawn(async move {
            let turn = tokio::select! {
                turn = turn.lock_owned() => turn,
                () = cancel.cancelled() => return progress.finish(SaveState::Cancelled, None),
            };
            run(plan, folder, locks, originals, progress, cancel).await;
            drop(turn);
        });
        self.0.changes.tell(Tag::Saves);
        job
    }

    /// The saves, oldest first.
    pub(crate) fn list(&self) -> Vec<SaveJob> {
        self.jobs().values().map(|followed| followed.job.borrow().clone()).collect()
    }

    /// Waits until a save is over.
    pub(crate) async fn done(&self, id: u32) -> Result<SaveJob, AppError> {
        let job = self.jobs().get(&id).map(|followed| followed.job.clone());
        let mut job = job.ok_or_else(|| AppError::not_found("save"))?;
        let over = job.wait_for(|job| job.state != SaveState::Running).await;
        over.map(|job| job.clone()).map_err(|_| AppError::internal("a save was cut short"))
    }

    /// Follows a save.
    pub(crate) fn follow(&self, id: u32) -> Result<watch::Receiver<SaveJob>, AppError> {
        let job = self.jobs().get(&id).map(|followed| followed.job.clone());
        job.ok_or_else(|| AppError::not_found("save"))
    }

    /// Stops a save and waits until it has stopped.
    pub(crate) async fn cancel(&self, id: u32) -> Result<SaveJob, AppError> {
        let cancel = self.jobs().get(&id).map(|followed| followed.cancel.clone());
        cancel.ok_or_else(|| AppError::not_found("save"))?.cancel();
        self.done(id).await
    }

    /// Takes a save that is over off the list.
    pub(crate) fn dismiss(&self, id: u32) -> Result<(), AppError> {
        let mut jobs = self.jobs();
        match jobs.get(&id).map(|followed| followed.job.borrow().state) {
            None => Err(AppError::not_found("save")),
            Some(SaveState::Running) => {
                Err(AppError::new(crate::api::ErrorCode::Busy, "the save is still running"))
            }
            Some(_) => {
                jobs.remove(&id);
                drop(jobs);
                self.0.changes.tell(Tag::Saves);
                Ok(())
            }
        }
    }

    /// Stops the saves of an account and takes them off the list.
    pub(crate) async fn forget(&self, account: &AccountId) {
        let ids: Vec<u32> = self
            .jobs()
            .iter()
            .filter(|(_, followed)| followed.job.borrow().account == *account)
            .map(|(id, _)| *id)
            .collect();
        for id in ids {
            // A save that is over stays as it is until it is off the list.
            let _ = self.cancel(id).await;
            self.jobs().remove(&id);
        }
        self.0.changes.tell(Tag::Saves);
    }

    /// Stops all saves and waits until they have stopped.
    pub(crate) async fn stop(&self) {
        let ids: Vec<u32> = self.jobs().keys().copied().collect();
        for id in ids {
            // A save that is over stays as it is.
            let _ = self.cancel(id).await;
        }
    }

    fn jobs(&self) -> std::sync::MutexGuard<'_, BTreeMap<u32, Followed>> {
        self.0.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
