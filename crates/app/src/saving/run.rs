//! One save from beginning to end.

use super::plan::{Item, Paper, Plan, Thing};
use crate::api::{AppError, ErrorCode, Refused, SaveJob, SaveState, Tag};
use crate::changes::Changes;
use crate::error::save_folder;
use crate::save::{FolderIndex, Held, Place, Placed, StampError, date, stamp};
use async_trait::async_trait;
use futures::StreamExt;
use schriftje_model::{PhotoId, Saveable};
use schriftje_sync::ProcessLock;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Originals fetched at once.
const AT_ONCE: usize = 4;
/// So many failures of the network in a row stop a save: the rest would fail too.
const NETWORK_FAILURES: u32 = 4;

/// Where originals come from.
#[async_trait]
pub(crate) trait Originals: Send + Sync {
    /// Whether the organisation lets `id` be saved.
    async fn saveable(&self, id: &PhotoId) -> Result<Saveable, AppError>;
    /// Writes the original of `id` into `file`, or what is left of it.
    async fn copy(&self, id: &PhotoId, file: File) -> Result<Copied, CopyError>;
    /// Writes the bytes of `paper` into `file`.
    async fn copy_paper(&self, paper: &Paper, file: File) -> Result<Copied, CopyError>;
}

/// What was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Copied {
    /// How many bytes.
    pub(crate) bytes: u64,
    /// Whether it is the medium size, since the original cannot be had any more.
    pub(crate) reduced: bool,
}

/// Why an original did not arrive.
#[derive(Debug)]
pub(crate) enum CopyError {
    /// The portal, or the way to it.
    Fetch(AppError),
    /// The folder.
    Disk(io::Error),
}

/// Tells how a save goes.
pub(crate) struct Progress {
    job: watch::Sender<SaveJob>,
    changes: Changes,
}

impl Progress {
    pub(crate) fn new(job: watch::Sender<SaveJob>, changes: Changes) -> Self {
        Self { job, changes }
    }

    fn note(&self, change: impl FnOnce(&mut SaveJob)) {
        self.job.send_modify(change);
        self.changes.tell(Tag::Saves);
    }

    pub(crate) fn finish(&self, state: SaveState, trouble: Option<AppError>) {
        self.note(|job| {
            job.state = state;
            job.trouble = trouble.or(job.trouble.take());
        });
    }
}

/// What came of one thing.
enum Outcome {
    Saved(Copied),
    Already,
    Refused(Refused),
    Failed(AppError),
    /// The folder fails: so would everything else.
    Stop(AppError),
    /// The save was stopped before its original was here.
    LeftOut,
}

/// Saves what `plan` says into `folder`.
pub(crate) async fn run(
    plan: Plan,
    folder: PathBuf,
    locks: PathBuf,
    originals: Arc<dyn Originals>,
    progress: Progress,
    cancel: CancellationToken,
) {
    let files = TaskTracker::new();
    let stop = cancel.child_token();
    let ended = save_all(plan, &folder, &locks, &originals, &progress, &files, &stop).await;
    // What is being done to a file on another thread is let finish: then nothing half is left.
    files.close();
    files.wait().await;
    match ended {
        _ if cancel.is_cancelled() => progress.finish(SaveState::Cancelled, None),
        Ok(()) => progress.finish(SaveState::Done, None),
        Err(error) => progress.finish(SaveState::Failed, Some(error)),
    }
}

/// Ends early when `stop` is cancelled, and cancels it itself when going on makes no sense. What
/// is being put in the folder by then is let finish, and counts.
async fn save_all(
    plan: Plan,
    folder: &Path,
    locks: &Path,
    originals: &Arc<dyn Originals>,
    progress: &Progress,
    files: &TaskTracker,
    stop: &CancellationToken,
) -> Result<(), AppError> {
    if plan.is_empty() {
        return Ok(());
    }
    let (folder, index, lock) = tokio::select! {
        biased;
        () = stop.cancelled() => return Ok(()),
        prepared = prepare(folder, locks, files) => prepared?,
    };
    let outcomes = futures::stream::iter(plan)
        .map(|item| {
            let (folder, index, originals) = (folder.clone(), index.clone(), originals.clone());
            async move { save_one(item, folder, &index, originals.as_ref(), files, stop).await }
        })
        .buffer_unordered(AT_ONCE);
    tokio::pin!(outcomes);
    let mut failures = 0;
    let mut ended = Ok(());
    while let Some(outcome) = outcomes.next().await {
        if !matches!(outcome, Outcome::Failed(_)) {
            failures = 0;
        }
        match outcome {
            Outcome::Saved(copied) => progress.note(|job| {
                job.saved += 1;
                job.reduced += u32::from(copied.reduced);
                job.bytes += copied.bytes;
            }),
            Outcome::Already => progress.note(|job| job.already += 1),
            Outcome::Refused(refused) => progress.note(|job| job.refused.push(refused)),
            Outcome::Failed(error) => {
                let code = error.code;
                progress.note(|job| {
                    job.failed += 1;
                    job.trouble = Some(error.clone());
                });
                failures += u32::from(is_network(code));
                if failures >= NETWORK_FAILURES || is_final(code) {
                    stop.cancel();
                    ended = ended.and(Err(error));
                }
            }
            Outcome::Stop(error) => {
                progress.note(|job| job.failed += 1);
                stop.cancel();
                ended = ended.and(Err(error));
            }
            Outcome::LeftOut => {}
        }
    }
    drop(lock);
    ended
}

/// Makes the folder, holds it against other saves of ours, and looks what is in it.
async fn prepare(
    folder: &Path,
    locks: &Path,
    files: &TaskTracker,
) -> Result<(PathBuf, Arc<FolderIndex>, Option<ProcessLock>), AppError> {
    let (wanted, locks) = (folder.to_owned(), locks.to_owned());
    let made = blocking(files, move || {
        std::fs::create_dir_all(&wanted)?;
        let folder = std::fs::canonicalize(&wanted)?;
        // The name of a folder can be private; its hash is not.
        let name = hex::encode(Sha256::digest(folder.as_os_str().as_encoded_bytes()));
        let lock = std::fs::create_dir_all(&locks).map(|()| locks.join(&name[..32]));
        // Texts from the system's own form of the path are for its eyes only.
        let folder = if cfg!(windows) { wanted } else { folder };
        io::Result::Ok((folder, lock.ok()))
    });
    let (folder, lock) = made.await?.map_err(|error| save_folder(&error))?;
    let lock = match lock {
        // Without a lock two processes could save one photo twice at the same moment; no more.
        Some(path) => ProcessLock::acquire(&path).await.ok(),
        None => None,
    };
    let reading = folder.clone();
    let index = blocking(files, move || FolderIndex::read(&reading)).await?;
    let index = index.map_err(|error| save_folder(&error))?;
    Ok((folder, Arc::new(index), lock))
}

async fn save_one(
    item: Item,
    folder: PathBuf,
    index: &FolderIndex,
    originals: &dyn Originals,
    files: &TaskTracker,
    stop: &CancellationToken,
) -> Outcome {
    let held = match &item.thing {
        Thing::Photo { stamp, .. } => index.holds(&stamp.identity),
        // It carries no mark: it is known by its bytes.
        Thing::Paper { .. } => None,
    };
    let arrived = tokio::select! {
        biased;
        () = stop.cancelled() => return Outcome::LeftOut,
        arrived = original(&item, held, &folder, originals, files) => arrived,
    };
    let (mut place, copied) = match arrived {
        Ok(arrived) => arrived,
        Err(outcome) => return outcome,
    };
    let finished = blocking(files, move || {
        let stamped = match item.thing {
            Thing::Photo { stamp: mut words, .. } => {
                words.reduced = copied.reduced;
                stamp(place.file(), &words)?
            }
            Thing::Paper { day, .. } => date(place.file(), day)?,
        };
        let same = !stamped.marked;
        Ok(place.finish(&item.name, stamped.extension, item.number, item.of, same)?)
    });
    match finished.await {
        Ok(Ok(Placed::New(_))) => Outcome::Saved(copied),
        Ok(Ok(Placed::Already)) => Outcome::Already,
        Ok(Err(StampError::Broken)) => Outcome::Failed(AppError::new(
            ErrorCode::PictureBroken,
            "the original is no picture that can be read",
        )),
        Ok(Err(StampError::NotADocument)) => Outcome::Failed(AppError::new(
            ErrorCode::NotADocument,
            "the file is none that may be opened",
        )),
        Ok(Err(StampError::Io(error))) => Outcome::Stop(save_folder(&error)),
        Err(error) => Outcome::Failed(error),
    }
}

/// The original of a photo that may be saved and is not there yet, or a paper.
async fn original(
    item: &Item,
    held: Option<Held>,
    folder: &Path,
    originals: &dyn Originals,
    files: &TaskTracker,
) -> Result<(Place, Copied), Outcome> {
    if held == Some(Held::Original) {
        return Err(Outcome::Already);
    }
    if let Thing::Photo { id, .. } = &item.thing {
        let saveable = match &item.saveable {
            Some(saveable) => saveable.clone(),
            None => originals.saveable(id).await.map_err(Outcome::Failed)?,
        };
        if let Saveable::No(reason) = saveable {
            return Err(Outcome::Refused(Refused { id: id.clone(), reason }));
        }
    }
    let mut again = true;
    let (place, copied) = loop {
        match fetch(&item.thing, folder, originals, files).await {
            Ok(fetched) => break fetched,
            // A hiccup of the network is worth one more try, from the beginning.
            Err(Outcome::Failed(error)) if again && is_hiccup(error.code) => again = false,
            Err(outcome) => return Err(outcome),
        }
    };
    if copied.reduced && held.is_some() {
        return Err(Outcome::Already);
    }
    Ok((place, copied))
}

/// Fetches an original into a file on its way to the folder.
async fn fetch(
    thing: &Thing,
    folder: &Path,
    originals: &dyn Originals,
    files: &TaskTracker,
) -> Result<(Place, Copied), Outcome> {
    let folder = folder.to_owned();
    let opened = blocking(files, move || {
        let mut place = Place::new(&folder)?;
        let file = place.file().try_clone()?;
        io::Result::Ok((place, file))
    });
    let (place, file) = match opened.await {
        Ok(Ok(opened)) => opened,
        Ok(Err(error)) => return Err(Outcome::Stop(save_folder(&error))),
        Err(error) => return Err(Outcome::Failed(error)),
    };
    let copied = match thing {
        Thing::Photo { id, .. } => originals.copy(id, file).await,
        Thing::Paper { paper, .. } => originals.copy_paper(paper, file).await,
    };
    match copied {
        Ok(copied) => Ok((place, copied)),
        Err(CopyError::Disk(error)) => Err(Outcome::Stop(save_folder(&error))),
        Err(CopyError::Fetch(error)) => Err(Outcome::Failed(error)),
    }
}

async fn blocking<T: Send + 'static>(
    files: &TaskTracker,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let done = files.spawn_blocking(work).await;
    done.map_err(|_| AppError::internal("work on a file was cut short"))
}

fn is_network(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::Offline
            | ErrorCode::AddressUnknown
            | ErrorCode::TimedOut
            | ErrorCode::PortalDown
            | ErrorCode::TooManyRequests
            | ErrorCode::AnswerBroken
    )
}

fn is_hiccup(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::TimedOut | ErrorCode::AnswerBroken | ErrorCode::Offline)
}

/// Whether no other photo can be fetched either. Of an account that has ended the next one may
/// still be here in its medium size.
fn is_final(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::SessionExpired
            | ErrorCode::NotSignedIn
            | ErrorCode::CertificateBad
            | ErrorCode::NotAPortal
    )
}
