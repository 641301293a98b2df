//! The one sender of an account.

use super::call::takes;
use super::late::DAY_BEGUN;
use super::outcome::{Outcome, outcome};
use super::uploading::Uploaded;
use crate::offered::Offered;
use crate::own_task::on_its_own;
use crate::{PortalWrites, ProcessLock, SyncEngine, SyncError, SyncEvent, retry};
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_konnect::{PortalError, UploadId, WriteError};
use schriftje_store::{Outgoing, Store};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use uuid::Uuid;

/// Only one process sends; the others leave it alone.
const LOCK: &str = "send.lock";
/// Bytes of a file sent in one go.
const PIECE: u64 = 512 << 10;
/// How often files are brought anew for one write in one go.
const FILES_GONE_TRIES: u32 = 3;
/// The first wait after trouble on the way: trying to connect costs nothing.
const SHORTEST: Duration = Duration::from_secs(5);
/// The longest wait while something is to be sent.
const LONGEST: Duration = Duration::from_mins(5);
/// A key counts as forgotten a little before the portal says it forgets it.
const KEY_MARGIN: TimeDelta = TimeDelta::minutes(10);

/// What came of sending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Writes the portal took.
    pub sent: u32,
    /// Writes it refused.
    pub refused: u32,
    /// Writes of which nobody can tell.
    pub unconfirmed: u32,
}

/// The send queue of one account. Clones share it.
#[derive(Clone)]
pub struct SendQueue(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub store: Store,
    pub portal: Arc<dyn PortalWrites>,
    pub engine: SyncEngine,
    /// Bytes of a file sent in one go.
    pub piece: u64,
    wake: Notify,
    one: tokio::sync::Mutex<()>,
}

impl std::fmt::Debug for SendQueue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SendQueue")
    }
}

/// Which writes may go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Files {
    /// Those that can go at once.
    AreThere,
    /// Also those whose files have to be brought first.
    MayHaveToGo,
}

/// Whether a write was sent before under its key, and never answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    First,
    Again,
}

/// One round of sending.
#[derive(Default)]
struct Round {
    sent: Sent,
    /// Targets left alone until the next round.
    skipped: Vec<String>,
    /// Time-outs met: one is a write's, more are the line's.
    timed_out: u32,
    /// How often files were gone at the portal.
    gone: u32,
    /// Trouble that let others go on.
    trouble: Option<PortalError>,
}

impl Round {
    /// Notes trouble; answers it when it ends the round.
    fn met(&mut self, error: PortalError) -> Option<PortalError> {
        if error == PortalError::TimedOut {
            self.timed_out += 1;
        }
        if concerns_one(&error) || (error == PortalError::TimedOut && self.timed_out < 2) {
            self.trouble = Some(error);
            return None;
        }
        Some(error)
    }
}

impl SendQueue {
    /// The send queue of the account in `store`, beside its `engine`. Nothing is sent yet.
    pub fn new(store: Store, portal: Arc<dyn PortalWrites>, engine: SyncEngine) -> Self {
        Self::in_pieces_of(PIECE, store, portal, engine)
    }

    /// The same with files that go up in pieces of so many bytes.
    pub fn in_pieces_of(
        piece: u64,
        store: Store,
        portal: Arc<dyn PortalWrites>,
        engine: SyncEngine,
    ) -> Self {
        Self(Arc::new(Inner {
            store,
            portal,
            engine,
            piece: piece.max(1),
            wake: Notify::new(),
            one: tokio::sync::Mutex::default(),
        }))
    }

    /// Something was written, or the portal can be reached again.
    pub fn wake(&self) {
        self.0.wake.notify_one();
    }

    /// Sends what can be sent now, each in its order. Trouble on the way is answered and leaves
    /// what it met in the queue; a refusal is noted with the write and is no error here.
    ///
    /// Fails with [`SyncError::Busy`] when another process is sending.
    pub async fn send(&self) -> Result<Sent, SyncError> {
        let inner = Arc::clone(&self.0);
        on_its_own(async move { inner.send().await }).await
    }

    /// Sends whenever there is something, for as long as it is let run. After trouble it waits
    /// longer each time, and goes on at once when woken.
    pub async fn run(&self) {
        let mut failures = 0_u32;
        loop {
            let mut asked = None;
            let wait = match self.send().await {
                Ok(_) => {
                    // The portal can be reached again: there may be something to read, too.
                    if failures > 0 {
                        self.0.engine.wake();
                    }
                    failures = 0;
                    None
                }
                Err(SyncError::Busy) => Some(Duration::from_secs(5)),
                // A new sign-in wakes it.
                Err(SyncError::Portal(error @ PortalError::Unauthorized)) => {
                    drop(self.0.engine.0.trouble(error.into()));
                    None
                }
                Err(SyncError::Portal(error)) => {
                    failures += 1;
                    asked = retry::asked(&error);
                    Some(SHORTEST.saturating_mul(1 << (failures - 1).min(6)).min(LONGEST))
                }
                Err(error) => {
                    tracing::warn!(%error, "sending met trouble");
                    Some(LONGEST)
                }
            };
            let over = async {
                match wait {
                    Some(wait) => tokio::time::sleep(wait).await,
                    None => std::future::pending().await,
                }
            };
            // What a portal asks for is heeded whoever wakes us.
            if let Some(asked) = asked {
                tokio::time::sleep(asked).await;
                continue;
            }
            tokio::select! {
                () = over => {}
                () = self.0.wake.notified() => {}
            }
        }
    }
}

impl Inner {
    pub fn changed(&self) {
        self.engine.0.tell(SyncEvent::OutboxChanged);
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.engine.0.now()
    }

    /// What was sent is looked for by the portal's clock, which wrote its time; ours may be wrong.
    pub fn portal_now(&self) -> DateTime<Utc> {
        self.engine.0.portal.now()
    }

    async fn send(self: &Arc<Self>) -> Result<Sent, SyncError> {
        let _here = self.one.lock().await;
        let path = self.store.folder().join(LOCK);
        let Some(_lock) = ProcessLock::try_acquire(&path).await? else {
            return Err(SyncError::Busy);
        };
        let sent = self.send_unsent().await;
        self.settle_echoes().await?;
        sent
    }

    async fn send_unsent(&self) -> Result<Sent, SyncError> {
        let mut round = Round::default();
        round.sent.refused += self.hold_what_is_late().await?;
        let wishes_wait = self.wishes_wait().await?;
        if !wishes_wait && self.store.unsent().await?.is_empty() {
            return Ok(round.sent);
        }
        let offered = self.engine.0.offered().await?;
        let trouble = self.round(&offered, &mut round).await;
        if wishes_wait && matches!(trouble, Ok(None)) && offered.has("requests") {
            self.ready_wishes().await?;
        }
        if round.sent != Sent::default() {
            self.changed();
        }
        if round.sent.refused > 0 {
            self.engine.0.tell(SyncEvent::News);
        }
        if round.sent.sent > 0
            && let Err(error) = self.read_again().await
        {
            tracing::info!(%error, "what was sent is not read back yet");
        }
        match trouble?.or(round.trouble) {
            None => Ok(round.sent),
            Some(error) => Err(error.into()),
        }
    }

    /// First what an earlier round left open, then what can go at once, and then what has files to
    /// bring: a film on a poor line holds nothing else up. Answers trouble that ended it.
    async fn round(
        &self,
        offered: &Offered,
        round: &mut Round,
    ) -> Result<Option<PortalError>, SyncError> {
        if let Some(trouble) = self.out_of_reach().await {
            return Ok(Some(trouble));
        }
        for outgoing in self.store.interrupted().await? {
            if let Some(trouble) = self.finish(&outgoing, offered, round).await? {
                return Ok(Some(trouble));
            }
        }
        loop {
            let next = match self.next(offered, round, Files::AreThere).await? {
                Some(next) => Some(next),
                None => self.next(offered, round, Files::MayHaveToGo).await?,
            };
            let Some(outgoing) = next else { return Ok(None) };
            if self.hold_if_late(&outgoing).await? {
                round.sent.refused += 1;
                continue;
            }
            let trouble = match self.upload_all(&outgoing, &round.skipped).await? {
                Uploaded::Withdrawn | Uploaded::Paused => None,
                Uploaded::Not(outcome) => self.files_failed(&outgoing, outcome, round).await?,
                Uploaded::All(uploads) => {
                    // Withdrawn or edited just now: then it is not sent.
                    let id = outgoing.write.id.clone();
                    if self.store.start_sending(id, self.portal_now()).await? {
                        self.changed();
                        let answer = self.write(&outgoing, uploads).await;
                        let answer = meaning(answer, &outgoing);
                        self.note(&outgoing, answer, Asked::First, round).await?
                    } else {
                        None
                    }
                }
            };
            if trouble.is_some() {
                return Ok(trouble);
            }
        }
    }

    /// Whether the portal answers at all. Without it nothing counts as tried; and its answer tells
    /// its time, by which its keys grow old.
    async fn out_of_reach(&self) -> Option<PortalError> {
        let error = self.engine.0.portal.counters().await.err()?;
        let no_answer = matches!(
            error,
            PortalError::Offline
                | PortalError::UnknownHost
                | PortalError::TimedOut
                | PortalError::Certificate
                | PortalError::Unauthorized
                | PortalError::TooManyRequests { .. }
        );
        no_answer.then_some(error)
    }

    /// The next write the portal takes; those whose files are not there yet only when they may be
    /// brought now.
    async fn next(
        &self,
        offered: &Offered,
        round: &mut Round,
        files: Files,
    ) -> Result<Option<Outgoing>, SyncError> {
        let mut passed = round.skipped.clone();
        loop {
            let Some(outgoing) = self.store.next_to_send(&passed).await? else { return Ok(None) };
            if !takes(offered, &outgoing) {
                round.skipped.push(outgoing.target.clone());
            } else if files == Files::MayHaveToGo || files_are_there(&outgoing) {
                return Ok(Some(outgoing));
            }
            passed.push(outgoing.target);
        }
    }

    /// Whether something can go at once, while a file is on its way for another target.
    pub async fn something_goes_at_once(
        &self,
        besides: &Outgoing,
        skipped: &[String],
    ) -> Result<bool, SyncError> {
        let mut passed = [std::slice::from_ref(&besides.target), skipped].concat();
        while let Some(outgoing) = self.store.next_to_send(&passed).await? {
            if files_are_there(&outgoing) {
                return Ok(true);
            }
            passed.push(outgoing.target);
        }
        Ok(false)
    }

    /// A write whose answer never came: asked again under the same key while the portal keeps it
    /// and its files, else looked for.
    async fn finish(
        &self,
        outgoing: &Outgoing,
        offered: &Offered,
        round: &mut Round,
    ) -> Result<Option<PortalError>, SyncError> {
        let keys = TimeDelta::hours(i64::from(offered.limits.idempotency_hours)) - KEY_MARGIN;
        // By the portal's clock, which is the one its keys grow old by; one from the future is a
        // clock that was set back, and no young key.
        let since = outgoing.first_attempt_at.unwrap_or_else(|| self.portal_now());
        let age = self.portal_now() - since;
        let id = outgoing.write.id.clone();
        // A write goes out after its files: this one ended while a failed round was counted.
        if files_are_to_come(outgoing) {
            self.store.back_to_queue(id).await?;
            return Ok(None);
        }
        // Asked again it would arrive only now, where the first try did not.
        let late = self.is_late(outgoing);
        if !late && takes(offered, outgoing) && (-KEY_MARGIN..keys).contains(&age) {
            let uploads = outgoing.uploads.iter().filter_map(|file| file.upload.clone());
            let uploads = uploads.map(UploadId::from).collect();
            self.store.count_attempt(id.clone()).await?;
            let answer = meaning(self.write(outgoing, uploads).await, outgoing);
            // It may have been written with them, under a key that was forgotten early.
            if answer != Err(Outcome::FilesGone) {
                return self.note(outgoing, answer, Asked::Again, round).await;
            }
        }
        match self.find_at_portal(outgoing, since, offered).await {
            Ok(Some(remote)) => {
                self.store.mark_sent(id, Some(remote), self.portal_now()).await?;
                round.sent.sent += 1;
            }
            Ok(None) if late => {
                self.store.mark_refused(id, Some(DAY_BEGUN.to_owned()), None).await?;
                round.sent.refused += 1;
            }
            Ok(None) => {
                self.store.mark_unconfirmed(id).await?;
                round.sent.unconfirmed += 1;
            }
            Err(SyncError::Portal(trouble)) => return Ok(round.met(trouble)),
            Err(error) => return Err(error),
        }
        self.changed();
        Ok(None)
    }

    /// Notes what the portal answered; answers trouble that ends the round.
    async fn note(
        &self,
        outgoing: &Outgoing,
        answer: Result<Option<String>, Outcome>,
        asked: Asked,
        round: &mut Round,
    ) -> Result<Option<PortalError>, SyncError> {
        let id = outgoing.write.id.clone();
        let mut trouble = None;
        match answer {
            Ok(remote) => {
                self.store.mark_sent(id, remote, self.portal_now()).await?;
                round.sent.sent += 1;
            }
            // Nobody's words against a try that may have arrived: the parent decides.
            Err(Outcome::Refused(refusal)) if refusal.is_wordless() && asked == Asked::Again => {
                self.store.mark_unconfirmed(id).await?;
                round.sent.unconfirmed += 1;
            }
            Err(Outcome::Refused(refusal)) => {
                self.store.mark_refused(id, refusal.code, refusal.reason).await?;
                round.sent.refused += 1;
            }
            Err(Outcome::FilesGone) => {
                self.store.back_to_queue(id).await?;
                trouble = self.files_failed(outgoing, Outcome::FilesGone, round).await?;
            }
            Err(Outcome::Later(error)) => {
                // This try did nothing; one before it, whose answer never came, may have.
                if asked == Asked::First {
                    self.store.back_to_queue(id).await?;
                    round.skipped.push(outgoing.target.clone());
                }
                trouble = round.met(error);
            }
            // It stays marked: the next round asks again under the same key.
            Err(Outcome::Unknown(error)) => trouble = round.met(error),
            Err(Outcome::UnderWay) => round.trouble = Some(PortalError::TimedOut),
            Err(Outcome::InDoubt) => {
                self.store.mark_unconfirmed(id).await?;
                round.sent.unconfirmed += 1;
            }
        }
        self.changed();
        Ok(trouble)
    }

    /// Files that did not get to the portal. The write is in the queue and was not sent.
    async fn files_failed(
        &self,
        outgoing: &Outgoing,
        outcome: Outcome,
        round: &mut Round,
    ) -> Result<Option<PortalError>, SyncError> {
        let id = outgoing.write.id.clone();
        match outcome {
            Outcome::Later(error) | Outcome::Unknown(error) => {
                round.skipped.push(outgoing.target.clone());
                if matches!(error, PortalError::Refused { .. }) {
                    self.count_round(outgoing).await?;
                }
                // A file that does not get through says little of a line that may carry words.
                match error {
                    PortalError::TimedOut => round.trouble = Some(error),
                    error => return Ok(round.met(error)),
                }
            }
            Outcome::UnderWay | Outcome::InDoubt => {
                round.skipped.push(outgoing.target.clone());
                round.trouble = Some(PortalError::TimedOut);
            }
            Outcome::FilesGone => {
                round.gone += 1;
                if round.gone > FILES_GONE_TRIES {
                    round.skipped.push(outgoing.target.clone());
                    round.trouble = Some(PortalError::TimedOut);
                    return Ok(None);
                }
                for upload in &outgoing.uploads {
                    self.store.forget_upload(upload.file.clone()).await?;
                }
                // The portal has answered the old key; with other files this is another body.
                self.store.renew_key(id, Uuid::new_v4().to_string()).await?;
            }
            // The attempt is counted as one, since the portal answered it.
            Outcome::Refused(refusal) => {
                if self.store.start_sending(id.clone(), self.now()).await? {
                    self.store.mark_refused(id, refusal.code, refusal.reason).await?;
                    round.sent.refused += 1;
                }
            }
        }
        self.changed();
        Ok(None)
    }

    /// Counts a round in which the files of a waiting write were refused. It goes on waiting as it
    /// was: a key that was never tried does not begin to grow old.
    async fn count_round(&self, outgoing: &Outgoing) -> Result<(), SyncError> {
        let id = outgoing.write.id.clone();
        if self.store.start_sending(id.clone(), self.portal_now()).await? {
            self.store.back_to_queue(id.clone()).await?;
            if outgoing.first_attempt_at.is_none() {
                self.store.renew_key(id, Uuid::new_v4().to_string()).await?;
            }
        }
        Ok(())
    }
}

/// Whether nothing is to be brought before the write itself.
fn files_are_there(outgoing: &Outgoing) -> bool {
    outgoing.write.files.iter().all(|file| file.sent == file.bytes && file.bytes > 0)
}

/// Whether some file of a write is not at the portal as a whole, as far as it was ever told.
fn files_are_to_come(outgoing: &Outgoing) -> bool {
    outgoing.write.files.iter().any(|file| file.sent < file.bytes)
        || outgoing.uploads.iter().any(|file| file.upload.is_none())
}

/// What the portal's answer means for a write.
fn meaning(
    answer: Result<Option<String>, WriteError>,
    outgoing: &Outgoing,
) -> Result<Option<String>, Outcome> {
    answer.map_err(|error| outcome(error, outgoing.write.attempts))
}

/// Whether a failed call says nothing of the line: what a portal makes of one write need not hold
/// for the others.
fn concerns_one(error: &PortalError) -> bool {
    matches!(
        error,
        PortalError::Server { .. }
            | PortalError::Changed { .. }
            | PortalError::NotAPortal
            | PortalError::Redirected
            | PortalError::Refused { .. }
            | PortalError::Truncated
            | PortalError::TooLarge { .. }
    )
}
