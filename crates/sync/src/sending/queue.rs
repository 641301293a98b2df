//! The one sender of an account.

use super::outcome::{Outcome, outcome};
use super::uploading::Uploaded;
use crate::offered::Offered;
use crate::own_task::on_its_own;
use crate::{PortalWrites, ProcessLock, SyncEngine, SyncError, SyncEvent, retry};
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_konnect::{NewEntry, NewMessage, PortalError, UploadId, WriteError};
use schriftje_model::{WriteId, WriteWhat};
use schriftje_store::{Outgoing, Store};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use uuid::Uuid;

/// Only one process sends; the others leave it alone.
const LOCK: &str = "send.lock";
/// How long to wait before what the portal is still busy with is asked for again.
const UNDER_WAY: Duration = Duration::from_secs(2);
/// Asked for that often in one go.
const UNDER_WAY_TRIES: u32 = 5;
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
    wake: Notify,
    one: tokio::sync::Mutex<()>,
}

impl std::fmt::Debug for SendQueue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SendQueue")
    }
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
    /// How often files were gone at the portal.
    gone: u32,
    /// Trouble that let others go on.
    trouble: Option<PortalError>,
}

impl SendQueue {
    /// The send queue of the account in `store`, beside its `engine`. Nothing is sent yet.
    pub fn new(store: Store, portal: Arc<dyn PortalWrites>, engine: SyncEngine) -> Self {
        Self(Arc::new(Inner {
            store,
            portal,
            engine,
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
                    let usual = SHORTEST.saturating_mul(1 << (failures - 1).min(6)).min(LONGEST);
                    Some(retry::wait(&error, failures).unwrap_or(usual).min(LONGEST))
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
        if self.store.unsent().await?.is_empty() {
            self.settle_echoes().await?;
            return Ok(Sent::default());
        }
        let offered = self.engine.0.offered().await?;
        let mut round = Round::default();
        let trouble = self.round(&offered, &mut round).await;
        if round.sent != Sent::default() {
            self.changed();
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

    /// First what an earlier round left open, then what waits. Answers trouble that ended it.
    async fn round(
        &self,
        offered: &Offered,
        round: &mut Round,
    ) -> Result<Option<PortalError>, SyncError> {
        for outgoing in self.store.interrupted().await? {
            if let Some(trouble) = self.finish(&outgoing, offered, round).await? {
                return Ok(Some(trouble));
            }
        }
        loop {
            let Some(outgoing) = self.store.next_to_send(&round.skipped).await? else {
                return Ok(None);
            };
            if !takes(offered, &outgoing.write.what) {
                round.skipped.push(outgoing.target.clone());
                continue;
            }
            let trouble = match self.upload_all(&outgoing).await? {
                Uploaded::Withdrawn => None,
                Uploaded::Not(outcome) => self.files_failed(&outgoing, outcome, round).await?,
                Uploaded::All(uploads) => {
                    // Withdrawn or edited just now: then it is not sent.
                    let id = outgoing.write.id.clone();
                    if self.store.start_sending(id, self.now()).await? {
                        self.changed();
                        let answer = self.write(&outgoing, uploads).await;
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

    /// A write whose answer never came: asked again under the same key while the portal keeps it,
    /// else looked for.
    async fn finish(
        &self,
        outgoing: &Outgoing,
        offered: &Offered,
        round: &mut Round,
    ) -> Result<Option<PortalError>, SyncError> {
        let keys = TimeDelta::hours(i64::from(offered.limits.idempotency_hours)) - KEY_MARGIN;
        let since = outgoing.first_attempt_at.unwrap_or_else(|| self.now());
        let id = outgoing.write.id.clone();
        if takes(offered, &outgoing.write.what) && self.now() - since < keys {
            let uploads = outgoing.uploads.iter().filter_map(|file| file.upload.clone());
            let uploads = uploads.map(UploadId::from).collect();
            self.store.count_attempt(id).await?;
            let answer = self.write(outgoing, uploads).await;
            return self.note(outgoing, answer, Asked::Again, round).await;
        }
        match self.find_at_portal(outgoing, since).await {
            Ok(Some(remote)) => {
                self.store.mark_sent(id, Some(remote), self.portal_now()).await?;
                round.sent.sent += 1;
            }
            Ok(None) => {
                self.store.mark_unconfirmed(id).await?;
                round.sent.unconfirmed += 1;
            }
            Err(SyncError::Portal(trouble)) => return Ok(Some(trouble)),
            Err(error) => return Err(error),
        }
        self.changed();
        Ok(None)
    }

    /// Notes what the portal answered; answers trouble that ends the round.
    async fn note(
        &self,
        outgoing: &Outgoing,
        answer: Result<Option<String>, WriteError>,
        asked: Asked,
        round: &mut Round,
    ) -> Result<Option<PortalError>, SyncError> {
        let id = outgoing.write.id.clone();
        let mut trouble = None;
        match answer.map_err(outcome) {
            Ok(remote) => {
                self.store.mark_sent(id, remote, self.portal_now()).await?;
                round.sent.sent += 1;
            }
            Err(Outcome::Refused { code, reason }) => {
                self.store.mark_refused(id, code, reason).await?;
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
                }
                trouble = Some(error);
            }
            // It stays marked: the next round asks again under the same key. What a portal makes
            // of one write need not hold for the others.
            Err(Outcome::Unknown(error @ PortalError::Server { .. })) => {
                round.trouble = Some(error);
            }
            Err(Outcome::Unknown(error)) => trouble = Some(error),
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
            Outcome::Later(error @ PortalError::Server { .. })
            | Outcome::Unknown(error @ PortalError::Server { .. }) => {
                round.skipped.push(outgoing.target.clone());
                round.trouble = Some(error);
            }
            Outcome::Later(error) | Outcome::Unknown(error) => return Ok(Some(error)),
            Outcome::UnderWay | Outcome::InDoubt => {
                round.skipped.push(outgoing.target.clone());
                round.trouble = Some(PortalError::TimedOut);
            }
            Outcome::FilesGone => {
                round.gone += 1;
                if round.gone > FILES_GONE_TRIES {
                    return Ok(Some(PortalError::TimedOut));
                }
                for upload in &outgoing.uploads {
                    self.store.forget_upload(upload.file.clone()).await?;
                }
                // The portal has answered the old key; with other files this is another body.
                self.store.renew_key(id, Uuid::new_v4().to_string()).await?;
            }
            // The attempt is counted as one, since the portal answered it.
            Outcome::Refused { code, reason } => {
                if self.store.start_sending(id.clone(), self.now()).await? {
                    self.store.mark_refused(id, code, reason).await?;
                    round.sent.refused += 1;
                }
            }
        }
        self.changed();
        Ok(None)
    }

    /// Sends the write itself; answers where it stands at the portal. What the portal is still
    /// busy with is asked for again, under the same key.
    async fn write(
        &self,
        outgoing: &Outgoing,
        uploads: Vec<UploadId>,
    ) -> Result<Option<String>, WriteError> {
        let mut tries = 0;
        loop {
            let answer = self.write_once(outgoing, uploads.clone()).await;
            let in_use = matches!(
                &answer,
                Err(WriteError::Refused { code: Some(code), .. }) if code == "idempotency-key-in-use"
            );
            tries += 1;
            if !in_use || tries >= UNDER_WAY_TRIES {
                return answer;
            }
            tokio::time::sleep(UNDER_WAY).await;
        }
    }

    async fn write_once(
        &self,
        outgoing: &Outgoing,
        uploads: Vec<UploadId>,
    ) -> Result<Option<String>, WriteError> {
        let key = key_of(&outgoing.key, &outgoing.write.id);
        let portal = &self.portal;
        match outgoing.write.what.clone() {
            WriteWhat::Message { child, group, subject, text } => {
                let message = NewMessage { child, group, subject, text, uploads };
                let sent = portal.send_message(key, &message).await?;
                Ok(Some(sent.conversation.0))
            }
            WriteWhat::Reply { conversation, text } => {
                let sent = portal.send_reply(key, &conversation, &text, &uploads).await?;
                Ok(Some(sent.conversation.0))
            }
            WriteWhat::Diary { children, day, text } => {
                let entry = NewEntry { children, day, text, uploads };
                Ok(Some(portal.write_diary(key, &entry).await?.0))
            }
        }
    }
}

/// Whether the portal takes such a write just now.
fn takes(offered: &Offered, what: &WriteWhat) -> bool {
    match what {
        WriteWhat::Message { .. } | WriteWhat::Reply { .. } => offered.has("messages"),
        WriteWhat::Diary { .. } => offered.has("diary"),
    }
}

fn key_of(key: &str, id: &WriteId) -> Uuid {
    Uuid::parse_str(key).or_else(|_| Uuid::parse_str(id.as_str())).unwrap_or_default()
}
