//! Which accounts are here, which is in use, and which cannot be opened just now.

use super::folders;
use super::open::{Host, Open};
use super::temporary::{self, Temporary};
use crate::api::{AppError, CredentialStore, ErrorCode, Tag};
use crate::error::data_folder;
use crate::vault::VaultError;
use schriftje_model::AccountId;
use schriftje_store::{OpenMode, Store, StoreError};
use schriftje_sync::{ProcessLock, Rhythm};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

const ACCOUNTS: &str = "accounts";
/// Accounts that stay only until the app closes.
const UNTIL_CLOSED: &str = "until-closed";
/// Holds the random name of the account in use.
const CURRENT: &str = "current-account";

/// Where lock files are; the one held while accounts are made and opened has this name.
const LOCKS: &str = "locks";
const LOCK: &str = "accounts";

/// The accounts of this device.
#[derive(Debug)]
pub(crate) struct Registry {
    host: Arc<Host>,
    state: Mutex<State>,
    temporary: Mutex<Option<Temporary>>,
    /// One opening or removing at a time.
    opening: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    open: Vec<Arc<Open>>,
    broken: Vec<Broken>,
    /// Signed out, and their key is still to go: it is tried again at the next start.
    keys_left: Vec<AccountId>,
    current: Option<AccountId>,
}

/// An account that cannot be opened.
#[derive(Clone, Debug)]
pub(crate) struct Broken {
    pub(crate) id: AccountId,
    pub(crate) error: AppError,
}

impl Registry {
    /// Finishes what was begun, and opens what is here.
    pub(crate) async fn open(host: Arc<Host>) -> Result<Self, AppError> {
        let registry = Self {
            host,
            state: Mutex::default(),
            temporary: Mutex::default(),
            opening: tokio::sync::Mutex::default(),
        };
        temporary::clear(&registry.host.data_dir.join(UNTIL_CLOSED));
        registry.open_all().await?;
        let current = std::fs::read_to_string(registry.host.data_dir.join(CURRENT)).ok();
        let mut state = registry.state();
        state.current = current
            .map(|text| AccountId::from(text.trim()))
            .filter(|id| state.open.iter().any(|open| open.id == *id))
            .or_else(|| state.open.first().map(|open| open.id.clone()));
        drop(state);
        Ok(registry)
    }

    /// Opens what is here and not open yet.
    async fn open_all(&self) -> Result<(), AppError> {
        let _one = self.opening.lock().await;
        let root = self.root();
        if folders::all(&root).map_err(|error| data_folder(&error))?.is_empty() {
            self.state().broken.clear();
            return Ok(());
        }
        let _others = self.others().await;
        let here = folders::all(&root).map_err(|error| data_folder(&error))?;
        for (id, folder) in here {
            let known = |state: &State| {
                state.open.iter().any(|open| open.id == id) || state.keys_left.contains(&id)
            };
            if known(&self.state()) {
                continue;
            }
            let opened = self.open_one(&id, &folder).await;
            let mut state = self.state();
            state.broken.retain(|broken| broken.id != id);
            match opened {
                Ok(Some(open)) => state.open.push(open),
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(code = ?error.code, "an account cannot be opened");
                    state.broken.push(Broken { id, error });
                }
            }
        }
        Ok(())
    }

    /// Opens one account; `None` when there was only a remnant, which is gone now.
    async fn open_one(&self, id: &AccountId, folder: &Path) -> Result<Option<Arc<Open>>, AppError> {
        if folders::is_leaving(folder) {
            self.finish_leaving(id, folder).await?;
            return Ok(None);
        }
        let Some(key) = self.host.vault.get(id).await? else {
            let empty = !folder.join("account.db").exists();
            if empty {
                // Killed between making the folder and keeping its key.
                folders::remove(folder).map_err(|error| data_folder(&error))?;
                return Ok(None);
            }
            return Err(AppError::new(
                ErrorCode::KeyMissing,
                "the credential store no longer holds the key of this account",
            ));
        };
        let opened = match Store::open(folder, &key, OpenMode::Existing).await {
            Err(StoreError::NoAccount) => {
                self.finish_leaving(id, folder).await?;
                return Ok(None);
            }
            Err(StoreError::ReadOnly) => Store::open(folder, &key, OpenMode::ReadOnly).await?,
            other => other?,
        };
        Ok(Some(Open::begin(self.host.clone(), id.clone(), false, opened).await?))
    }

    async fn finish_leaving(&self, id: &AccountId, folder: &Path) -> Result<(), AppError> {
        folders::mark_leaving(folder).map_err(|error| data_folder(&error))?;
        let key = self.host.vault.delete(id).await;
        match self.clear_away(id, folder, key).await {
            Err(error) if error.code == ErrorCode::KeyLeft => {
                tracing::warn!("the key of an account that left is still there");
                Ok(())
            }
            cleared => cleared,
        }
    }

    /// Removes the folder of an account that is leaving. Where its key does not go, the folder stays
    /// as a note of that, with nothing else in it.
    async fn clear_away(
        &self,
        id: &AccountId,
        folder: &Path,
        key: Result<(), VaultError>,
    ) -> Result<(), AppError> {
        let (whole, folder) = (key.is_ok(), folder.to_owned());
        let clear = move || if whole { folders::remove(&folder) } else { folders::empty(&folder) };
        let cleared = tokio::task::spawn_blocking(clear).await;
        cleared
            .map_err(|_| AppError::internal("removing was cut short"))?
            .map_err(|error| data_folder(&error))?;
        let mut state = self.state();
        state.keys_left.retain(|left| left != id);
        if whole {
            return Ok(());
        }
        state.keys_left.push(id.clone());
        Err(AppError::new(ErrorCode::KeyLeft, "the credential store does not let go of a key"))
    }

    /// Makes a new account: its folder, then its key, then its databases.
    pub(crate) async fn make(&self, until_closed: bool) -> Result<Arc<Open>, AppError> {
        let _one = self.opening.lock().await;
        let _others = self.others().await;
        let id = AccountId::from(uuid::Uuid::new_v4().to_string());
        let root = if until_closed { self.temporary()? } else { self.root() };
        let folder = folders::make(&root, &id).map_err(|error| data_folder(&error))?;
        match self.fill(&id, &folder, until_closed).await {
            Ok(open) => {
                self.state().open.push(open.clone());
                Ok(open)
            }
            Err(error) => {
                let _ = self.host.vault_for(until_closed).delete(&id).await;
                let _ = folders::remove(&folder);
                Err(error)
            }
        }
    }

    async fn fill(
        &self,
        id: &AccountId,
        folder: &Path,
        until_closed: bool,
    ) -> Result<Arc<Open>, AppError> {
        let key = schriftje_store::Key::random()
            .ok_or_else(|| AppError::internal("the system gives no random numbers"))?;
        self.host.vault_for(until_closed).set(id, &key).await?;
        if !until_closed && self.host.vault.availability().await == CredentialStore::Available {
            folders::note_key_in_system(folder).map_err(|error| data_folder(&error))?;
        }
        let opened = Store::open(folder, &key, OpenMode::Create).await?;
        Open::begin(self.host.clone(), id.clone(), until_closed, opened).await
    }

    /// Removes everything of an account.
    ///
    /// # Errors
    /// [`ErrorCode::KeyLeft`] when all of it is gone but its key.
    pub(crate) async fn remove(&self, id: &AccountId) -> Result<(), AppError> {
        // Who looks what is here meanwhile would take an account that is still being closed for one
        // whose signing out was cut short.
        let _one = self.opening.lock().await;
        let others = self.others().await;
        let open = self.get(id);
        let folder = match &open {
            Some(open) => open.store.folder().to_owned(),
            None => self.root().join(id.as_str()),
        };
        if !folder.is_dir() {
            self.forget(id);
            return Err(AppError::not_found("account"));
        }
        folders::mark_leaving(&folder).map_err(|error| data_folder(&error))?;
        let until_closed = open.as_ref().is_some_and(|open| open.until_closed);
        self.forget(id);
        // From here on the data cannot be read, even when what follows is cut short.
        let key = self.host.vault_for(until_closed).delete(id).await;
        if let Some(open) = open {
            open.close().await;
        }
        let cleared = self.clear_away(id, &folder, key).await;
        drop(others);
        self.clear_if_empty();
        cleared
    }

    /// Removes what nobody can read any more: accounts whose key was in the system's credential
    /// store, which works and has it no longer. A key file may just be another one.
    pub(crate) async fn remove_unreadable(&self) {
        let missing = |broken: &Broken| broken.error.code == ErrorCode::KeyMissing;
        for Broken { id, .. } in self.broken().into_iter().filter(missing) {
            let folder = self.root().join(id.as_str());
            let gone = folders::is_key_in_system(&folder)
                && self.host.vault.availability().await == CredentialStore::Available
                && matches!(self.host.vault.get(&id).await, Ok(None));
            if !gone {
                continue;
            }
            let removed = tokio::task::spawn_blocking(move || {
                folders::mark_leaving(&folder)?;
                folders::remove(&folder)
            });
            if matches!(removed.await, Ok(Ok(()))) {
                tracing::info!("data that nobody can read was removed");
                self.state().broken.retain(|broken| broken.id != id);
            } else {
                tracing::warn!("data that nobody can read could not be removed");
            }
        }
    }

    fn forget(&self, id: &AccountId) {
        let mut state = self.state();
        state.open.retain(|open| open.id != *id);
        state.broken.retain(|broken| broken.id != *id);
        if state.current.as_ref() == Some(id) {
            state.current = state.open.first().map(|open| open.id.clone());
        }
        let current = state.current.clone();
        drop(state);
        self.note_current(current.as_ref());
        self.host.changes.tell(Tag::Accounts);
    }

    /// Uses this account from now on.
    pub(crate) fn switch(&self, id: &AccountId) -> Result<(), AppError> {
        if self.get(id).is_none() {
            return Err(AppError::not_found("account"));
        }
        self.state().current = Some(id.clone());
        self.note_current(Some(id));
        for tag in
            [Tag::Accounts, Tag::Timeline, Tag::Children, Tag::Sync, Tag::Messages, Tag::Outbox]
        {
            self.host.changes.tell(tag);
        }
        Ok(())
    }

    /// Notes which account to begin with next time; one that will be gone by then is not noted.
    fn note_current(&self, id: Option<&AccountId>) {
        if id.and_then(|id| self.get(id)).is_some_and(|open| open.until_closed) {
            return;
        }
        let path = self.host.data_dir.join(CURRENT);
        let noted = match id {
            Some(id) => std::fs::write(path, id.as_str()),
            None => std::fs::remove_file(path),
        };
        if noted.is_err_and(|error| error.kind() != std::io::ErrorKind::NotFound) {
            tracing::warn!("which account is in use could not be noted");
        }
    }

    /// Every open account; tries those again that could not be opened, and lets those go that
    /// another process signed out.
    pub(crate) async fn all(&self) -> Result<Vec<Arc<Open>>, AppError> {
        if self.opened().iter().any(|open| open.left_elsewhere()) {
            let _one = self.opening.lock().await;
            for open in self.opened().into_iter().filter(|open| open.left_elsewhere()) {
                self.forget(&open.id);
                open.close().await;
            }
        }
        self.open_all().await?;
        let mut state = self.state();
        if state.current.is_none() {
            state.current = state.open.first().map(|open| open.id.clone());
        }
        Ok(state.open.clone())
    }

    /// Every account that is open already.
    pub(crate) fn opened(&self) -> Vec<Arc<Open>> {
        self.state().open.clone()
    }

    /// The accounts that cannot be opened.
    pub(crate) fn broken(&self) -> Vec<Broken> {
        self.state().broken.clone()
    }

    /// An open account.
    pub(crate) fn get(&self, id: &AccountId) -> Option<Arc<Open>> {
        self.state().open.iter().find(|open| open.id == *id).cloned()
    }

    /// How often all accounts look for something new from now on.
    pub(crate) fn set_rhythm(&self, rhythm: Rhythm) {
        for line in self.state().open.iter().filter_map(|open| open.line().ok()) {
            line.engine.set_rhythm(rhythm);
        }
    }

    /// The account in use.
    pub(crate) fn current(&self) -> Result<Arc<Open>, AppError> {
        let state = self.state();
        let current = state.current.as_ref();
        current
            .and_then(|id| state.open.iter().find(|open| open.id == *id))
            .cloned()
            .ok_or_else(AppError::not_signed_in)
    }

    /// Closes all accounts and removes those that were to stay only until now.
    pub(crate) async fn close(&self) {
        let open = {
            let mut state = self.state();
            state.current = None;
            std::mem::take(&mut state.open)
        };
        for open in open {
            open.close().await;
        }
        drop(self.temporary.lock().unwrap_or_else(PoisonError::into_inner).take());
        self.clear_if_empty();
    }

    /// Keeps other processes from making or removing accounts. In a folder that cannot be written
    /// nobody can.
    async fn others(&self) -> Option<ProcessLock> {
        let locks = self.locks();
        std::fs::create_dir_all(&locks).ok()?;
        ProcessLock::acquire(&locks.join(LOCK)).await.ok()
    }

    /// The folder of lock files.
    pub(crate) fn locks(&self) -> PathBuf {
        self.host.data_dir.join(LOCKS)
    }

    /// When nobody is signed in, nothing of anybody stays.
    fn clear_if_empty(&self) {
        let state = self.state();
        let nobody = state.open.is_empty() && state.broken.is_empty();
        drop(state);
        // A folder that is not empty, such as by another process just now, stays.
        if nobody && folders::all(&self.root()).is_ok_and(|all| all.is_empty()) {
            let _ = std::fs::remove_dir(self.root());
            let _ = std::fs::remove_dir_all(self.locks());
        }
    }

    fn root(&self) -> PathBuf {
        self.host.data_dir.join(ACCOUNTS)
    }

    fn temporary(&self) -> Result<PathBuf, AppError> {
        let mut temporary = self.temporary.lock().unwrap_or_else(PoisonError::into_inner);
        if temporary.is_none() {
            let root = self.host.data_dir.join(UNTIL_CLOSED);
            let made = Temporary::make(&root).map_err(|error| data_folder(&error))?;
            *temporary = Some(made);
        }
        Ok(temporary.as_ref().map(|temporary| temporary.path().to_owned()).unwrap_or_default())
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
