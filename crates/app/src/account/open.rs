//! An account that is open: its databases, its session, its sync, and what happens when the
//! session ends.

use super::keeper::StoreKeeper;
use super::password_rest::PasswordRest;
use super::renewal::Renewals;
use super::{folders, watch};
use crate::api::{Account, AppError, ErrorCode, SessionState, Tag};
use crate::changes::Changes;
use crate::changing::PasswordInDoubt;
use crate::error::data_folder;
use crate::limits::Limits;
use crate::vault::{MemoryVault, Vault};
use chrono::DateTime;
use schriftje_konnect::{ClientConfig, Portal, PortalAddress, Session, TokenKeeper, Tokens};
use schriftje_model::{AccountId, Clock};
use schriftje_store::{AccountRecord, Opened, Store, StoreError};
use schriftje_sync::{Rhythm, SendQueue, SyncEngine, SyncError, SyncOptions};
use secrecy::SecretString;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// What all accounts share.
#[derive(Debug)]
pub(crate) struct Host {
    pub(crate) data_dir: PathBuf,
    pub(crate) vault: Arc<dyn Vault>,
    pub(crate) memory: MemoryVault,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ca_pem: Option<Vec<u8>>,
    pub(crate) background: bool,
    /// Whether nobody looks at the app.
    pub(crate) out_of_sight: AtomicBool,
    /// What every account keeps to.
    pub(crate) limits: Mutex<Limits>,
    pub(crate) changes: Changes,
}

impl Host {
    /// How often accounts look for something new.
    pub(crate) fn rhythm(&self) -> Rhythm {
        if self.out_of_sight.load(Ordering::Acquire) {
            Rhythm::Background
        } else {
            Rhythm::Foreground
        }
    }

    /// What every account keeps to just now.
    pub(crate) fn limits(&self) -> Limits {
        *self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the key of an account is kept.
    pub(crate) fn vault_for(&self, until_closed: bool) -> &dyn Vault {
        if until_closed { &self.memory } else { self.vault.as_ref() }
    }

    /// A client for a portal.
    pub(crate) fn portal(&self, address: PortalAddress, device: Uuid) -> Result<Portal, AppError> {
        let mut config = ClientConfig::new(self.clock.clone(), device);
        config.extra_ca_pem.clone_from(&self.ca_pem);
        Ok(Portal::new(address, config)?)
    }
}

/// An account that is open.
#[derive(Debug)]
pub(crate) struct Open {
    pub(crate) id: AccountId,
    pub(crate) until_closed: bool,
    pub(crate) store: Store,
    pub(super) host: Arc<Host>,
    line: Mutex<Option<Line>>,
    /// Damage that was mended, told until the next sync succeeds.
    mended: Mutex<Option<AppError>>,
    pub(super) renewals: Renewals,
    pub(crate) password_in_doubt: PasswordInDoubt,
    catching_up: Arc<AtomicBool>,
    closed: CancellationToken,
    tasks: TaskTracker,
}

/// The way to the portal.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) session: Session,
    pub(crate) engine: SyncEngine,
    pub(crate) queue: SendQueue,
}

impl Line {
    /// The last trouble of the sync, until one succeeds.
    pub(crate) fn trouble(&self) -> Option<SyncError> {
        self.engine.progress().borrow().trouble.clone()
    }
}

impl Open {
    /// Begins with databases that were just opened.
    pub(crate) async fn begin(
        host: Arc<Host>,
        id: AccountId,
        until_closed: bool,
        opened: Opened,
    ) -> Result<Arc<Self>, AppError> {
        let mended = opened.recovered.any().then(damage_mended);
        let open = Arc::new(Self {
            id,
            until_closed,
            store: opened.store,
            host,
            line: Mutex::default(),
            mended: Mutex::new(mended),
            renewals: Renewals::default(),
            password_in_doubt: PasswordInDoubt::default(),
            catching_up: Arc::default(),
            closed: CancellationToken::new(),
            tasks: TaskTracker::new(),
        });
        if let Some(record) = open.store.account().await? {
            open.connect(&record).await?;
        }
        Ok(open)
    }

    /// Makes the way to the portal, and with `background` begins to sync. Nothing is sent yet.
    async fn connect(self: &Arc<Self>, record: &AccountRecord) -> Result<Line, AppError> {
        let device = Uuid::parse_str(&record.device).unwrap_or_default();
        let portal = self.host.portal(PortalAddress::parse(&record.portal)?, device)?;
        let keeper = StoreKeeper(self.store.clone());
        let tokens = keeper.load().await.unwrap_or_default();
        let tokens = tokens.unwrap_or_else(|| no_tokens(&record.username));
        let session = Session::new(portal, tokens, Arc::new(keeper));
        let limits = self.host.limits();
        let engine = SyncEngine::new(
            self.store.clone(),
            Arc::new(session.clone()),
            self.host.clock.clone(),
            SyncOptions {
                rhythm: self.host.rhythm(),
                medium_bound: limits.offline_bytes,
                held_back: limits.held_back,
                ..SyncOptions::default()
            },
        );
        let writes = Arc::new(session.clone());
        let queue = SendQueue::new(self.store.clone(), writes, engine.clone());
        let line = Line { session, engine, queue };
        *self.line_slot() = Some(line.clone());
        let events = line.engine.subscribe();
        let this = Arc::downgrade(self);
        self.spawn(watch::pass_on(this, events));
        let (this, progress) = (Arc::downgrade(self), line.engine.progress());
        let known = self.store.timeline_state().await?.fresh_at;
        self.spawn(watch::note_success(this, progress, known));
        if self.host.background {
            let engine = line.engine.clone();
            self.spawn(async move { engine.run().await });
            let engine = line.engine.clone();
            self.spawn(async move { engine.listen().await });
            let queue = line.queue.clone();
            self.spawn(async move { queue.run().await });
        }
        Ok(line)
    }

    /// Runs `task` until the account is closed.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let closed = self.closed.clone();
        self.tasks.spawn(async move {
            tokio::select! {
                () = closed.cancelled() => {}
                () = task => {}
            }
        });
    }

    /// Fetches older cards and pictures in the background, unless that is being done.
    pub(crate) fn catch_up(&self, line: &Line) {
        if self.catching_up.swap(true, Ordering::AcqRel) {
            return;
        }
        let (engine, catching_up) = (line.engine.clone(), self.catching_up.clone());
        self.spawn(async move {
            // What goes wrong is told as an event.
            let _ = engine.catch_up().await;
            catching_up.store(false, Ordering::Release);
        });
    }

    /// Something is to be sent: in the background it goes out by itself.
    pub(crate) fn send(&self) {
        if let Some(line) = &*self.line_slot() {
            line.queue.wake();
        }
    }

    /// The way to the portal; none when it is not known which portal that is.
    pub(crate) fn line(&self) -> Result<Line, AppError> {
        let line = self.line_slot().clone();
        line.ok_or_else(|| AppError::new(ErrorCode::SessionExpired, "sign in again"))
    }

    fn line_slot(&self) -> std::sync::MutexGuard<'_, Option<Line>> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Goes on with a new sign-in. `password` is remembered, or what was is forgotten.
    pub(crate) async fn signed_in(
        self: &Arc<Self>,
        record: AccountRecord,
        tokens: Tokens,
        password: Option<SecretString>,
    ) -> Result<(), AppError> {
        let keeper = StoreKeeper(self.store.clone());
        let turn = keeper.turn().await.map_err(|error| data_folder(&error))?;
        self.store.save_account(record.clone()).await?;
        keeper.save(&tokens).await.map_err(|_| {
            AppError::new(ErrorCode::DataFolderReadOnly, "the session cannot be kept")
        })?;
        self.store.set_password(password).await?;
        drop(turn);
        self.renewals.forget().await;
        PasswordRest::of(&self.store).lift();
        let line = self.line_slot().clone();
        match line {
            Some(line) => {
                line.session.replace(tokens);
                line.engine.resume();
                line.engine.wake();
                line.queue.wake();
            }
            None => drop(self.connect(&record).await?),
        }
        Ok(())
    }

    /// Notes how the portal sees the account.
    pub(crate) async fn note_session(&self, session: SessionState) {
        let stored = match session {
            SessionState::SignedIn => schriftje_store::SessionState::SignedIn,
            SessionState::Expired => schriftje_store::SessionState::Expired,
            SessionState::Ended => schriftje_store::SessionState::Ended,
        };
        if self.store.set_session(stored).await.is_err() {
            tracing::warn!("how the portal sees the account could not be noted");
        }
        self.host.changes.tell(Tag::Accounts);
    }

    /// Whether the portal refuses this account for good, as far as is known.
    pub(crate) async fn has_ended(&self) -> Result<bool, StoreError> {
        let record = self.store.account().await?;
        Ok(record.is_some_and(|record| record.session == schriftje_store::SessionState::Ended))
    }

    /// Notes that the portal gave this account what it asked for.
    pub(crate) async fn note_success(&self) {
        self.set_mended(None);
        self.send();
        if let Ok(Some(record)) = self.store.account().await
            && record.session != schriftje_store::SessionState::SignedIn
        {
            self.note_session(SessionState::SignedIn).await;
        }
    }

    /// What the interface shows of it.
    pub(crate) async fn account(&self) -> Result<Account, StoreError> {
        let record = self.store.account().await?;
        let remembered = self.store.has_password().await?;
        let (id, until_closed) = (self.id.clone(), self.until_closed);
        if let Some(record) = record {
            return Ok(Account {
                id,
                portal: record.portal,
                organisation: record.organisation,
                username: record.username,
                parent_name: record.parent_name,
                email: record.email,
                session: session_state(record.session),
                remembered,
                until_closed,
            });
        }
        // `account.db` was damaged: whose it is stands beside the timeline too, so that the parent
        // can sign in again.
        let owner = self.store.owner().await?;
        let (portal, username) =
            owner.map(|owner| (owner.portal, owner.username)).unwrap_or_default();
        Ok(Account {
            id,
            portal,
            organisation: None,
            username,
            parent_name: None,
            email: None,
            session: SessionState::Expired,
            remembered: false,
            until_closed,
        })
    }

    /// Damage that was mended and not told of by a successful sync since.
    pub(crate) fn mended(&self) -> Option<AppError> {
        self.mended.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_mended(&self, mended: Option<AppError>) {
        *self.mended.lock().unwrap_or_else(PoisonError::into_inner) = mended;
    }

    /// Cancelled when the account is closed.
    pub(crate) fn closed(&self) -> &CancellationToken {
        &self.closed
    }

    /// Whether another process has signed this account out.
    pub(crate) fn left_elsewhere(&self) -> bool {
        let folder = self.store.folder();
        !folder.is_dir() || folders::is_leaving(folder)
    }

    /// Stops everything and closes the databases.
    pub(crate) async fn close(&self) {
        if let Some(line) = self.line_slot().take() {
            line.engine.stop();
        }
        self.closed.cancel();
        self.tasks.close();
        self.tasks.wait().await;
        self.store.close().await;
    }
}

/// The state as the interface knows it.
pub(crate) fn session_state(stored: schriftje_store::SessionState) -> SessionState {
    match stored {
        schriftje_store::SessionState::SignedIn => SessionState::SignedIn,
        schriftje_store::SessionState::Expired => SessionState::Expired,
        schriftje_store::SessionState::Ended => SessionState::Ended,
    }
}

pub(super) fn damage_mended() -> AppError {
    AppError::new(ErrorCode::DatabaseDamaged, "a damaged database was set aside; it is read anew")
}

fn no_tokens(username: &str) -> Tokens {
    Tokens {
        auth_token: String::new().into(),
        expires_at: DateTime::UNIX_EPOCH,
        refresh_token: None,
        cookie: None,
        username: username.to_owned(),
    }
}
