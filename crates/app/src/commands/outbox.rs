//! The send queue as a parent sees it: what waits, what was refused, and what to do about it.

use crate::App;
use crate::account::Open;
use crate::api::{AppError, Decision, DraftWithFiles, ErrorCode, Tag, Unsent};
use schriftje_model::{AccountId, Write, WriteId, WriteState};
use schriftje_sync::{SendQueue, Sent, SyncError};
use uuid::Uuid;

impl App {
    /// What was written and does not stand in what is read yet, oldest first.
    pub async fn outbox(&self) -> Result<Vec<Write>, AppError> {
        Ok(self.registry.current()?.store.writes().await?)
    }

    /// What would be lost by signing out, of one account or of all. An account that loses nothing
    /// is not among them.
    pub async fn unsent(&self, account: Option<AccountId>) -> Result<Vec<Unsent>, AppError> {
        let mut all = Vec::new();
        for open in self.registry.all().await? {
            if account.as_ref().is_some_and(|account| open.id != *account) {
                continue;
            }
            let drafts = open.store.drafts().await?.into_iter();
            let unsent = Unsent {
                account: open.id.clone(),
                writes: open.store.unsent().await?,
                drafts: drafts.map(|(draft, files)| DraftWithFiles { draft, files }).collect(),
                wishes: open.store.wishes().await?,
                forms: open.store.forms().await?,
            };
            if !unsent.is_empty() {
                all.push(unsent);
            }
        }
        Ok(all)
    }

    /// Sends what can be sent now, and says what came of it. Returns when nothing more can be sent.
    ///
    /// # Errors
    /// The way to the portal; what waits goes on waiting.
    pub async fn send_now(&self) -> Result<Sent, AppError> {
        let open = self.registry.current()?;
        let queue: SendQueue = open.line()?.queue;
        let mut sent = queue.send().await;
        if matches!(sent, Err(SyncError::Portal(schriftje_konnect::PortalError::Unauthorized)))
            && open.renew(crate::account::Asked::ByParent).await?
        {
            sent = queue.send().await;
        }
        match sent {
            // The other process sends what is in the queue just as well.
            Err(SyncError::Busy) => Ok(Sent::default()),
            other => Ok(other?),
        }
    }

    /// Throws a write away that was not sent.
    pub async fn withdraw_write(&self, id: WriteId) -> Result<(), AppError> {
        let open = self.registry.current()?;
        let withdrawn = open.store.withdraw(id.clone()).await?;
        self.host.changes.tell(Tag::Outbox);
        if withdrawn {
            open.send();
            return Ok(());
        }
        Err(gone_or_late(&open, id).await?)
    }

    /// Makes a write that was not sent a draft again.
    pub async fn edit_write(&self, id: WriteId) -> Result<DraftWithFiles, AppError> {
        let open = self.registry.current()?;
        let back = open.store.write_to_draft(id.clone(), self.host.clock.now()).await?;
        self.host.changes.tell(Tag::Outbox);
        match back {
            Some(place) => {
                open.send();
                self.draft(place).await
            }
            None => Err(gone_or_late(&open, id).await?),
        }
    }

    /// Sends a refused write again, after everything that waits already.
    pub async fn retry_write(&self, id: WriteId) -> Result<Write, AppError> {
        let open = self.registry.current()?;
        open.store.retry_refused(id.clone(), Uuid::new_v4().to_string()).await?;
        self.go_on(&open, id).await
    }

    /// Says what is to become of a write of which nobody can tell whether it arrived.
    pub async fn decide_write(&self, id: WriteId, decision: Decision) -> Result<Write, AppError> {
        let open = self.registry.current()?;
        let write = found(&open, id.clone()).await?;
        if write.state != WriteState::Unconfirmed {
            return Err(too_late());
        }
        if decision == Decision::Arrived {
            // It stands in what is read, or will; beside it nothing is left to show.
            let at = self.host.clock.now();
            open.store.mark_sent(id.clone(), None, at).await?;
            open.store.forget_sent(id).await?;
            self.host.changes.tell(Tag::Outbox);
            open.send();
            return Ok(Write { state: WriteState::Sent, sent_at: Some(at), ..write });
        }
        open.store.renew_key(id.clone(), Uuid::new_v4().to_string()).await?;
        self.go_on(&open, id).await
    }

    async fn go_on(&self, open: &Open, id: WriteId) -> Result<Write, AppError> {
        self.host.changes.tell(Tag::Outbox);
        open.send();
        found(open, id).await
    }
}

async fn found(open: &Open, id: WriteId) -> Result<Write, AppError> {
    open.store.write(id).await?.ok_or_else(|| AppError::not_found("write"))
}

async fn gone_or_late(open: &Open, id: WriteId) -> Result<AppError, AppError> {
    Ok(match open.store.write(id).await? {
        Some(_) => too_late(),
        None => AppError::not_found("write"),
    })
}

fn too_late() -> AppError {
    AppError::new(ErrorCode::TooLate, "it is being sent or was sent")
}
