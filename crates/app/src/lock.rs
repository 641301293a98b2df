//! The lock of the app: a PIN that keeps whoever holds the device for a moment from what stands in
//! it. It guards what is shown and asked; the databases have keys of their own.
//!
//! What the PIN becomes when it is stretched is kept in the credential store, its salt and the
//! count of wrong tries in the data folder: with either gone no PIN opens the app, and the way in is
//! to sign out of all accounts. Its place in the store has a random name, which stands in the data
//! folder as well: another folder has another lock.

mod pin;

use crate::api::{AppError, ErrorCode, LockState, Tag};
use crate::changes::Changes;
use crate::small_file;
use crate::vault::Vault;
use chrono::{DateTime, TimeDelta, Utc};
use pin::Salt;
use schriftje_model::{AccountId, Clock};
use schriftje_store::Key;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::time::Instant;

/// The file with the salt and the tries.
const FILE: &str = "lock.json";
/// The file with the random name of this lock: data folders that share a credential store have one
/// each.
const NAME: &str = "lock-id";
/// Before that name, where no account can have it. A lock that an older version made has no other.
const ENTRY: &str = "app-lock";
/// Wrong tries that cost no waiting.
const FREE_TRIES: u32 = 5;
/// The first waiting; it doubles with every further try.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(30);
/// The longest waiting.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);
/// So much more time passed than this process saw pass: the device slept. See [`Lock::look`].
const SLEPT: TimeDelta = TimeDelta::seconds(15);
/// Nobody asks for so long unless the device slept. Windows counts the time it sleeps as seen.
const UNASKED: TimeDelta = TimeDelta::seconds(if cfg!(windows) { 15 } else { 60 });

/// What stands in the file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    /// The salt of the PIN. None until the first is chosen, and while the last is taken away.
    salt: Option<Salt>,
    /// The salt of a PIN that is being chosen or taken away. Whether it is this one that opens the
    /// app is for the credential store to say, which changes in one go.
    coming: Option<Salt>,
    wrong_tries: u32,
    last_try: Option<DateTime<Utc>>,
}

impl Kept {
    /// Until when no PIN is looked at. A clock that was set back makes nobody wait longer.
    fn blocked_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let further = self.wrong_tries.checked_sub(FREE_TRIES)?;
        let wait = FIRST_WAIT * 2_i32.pow(further.min(5));
        let until = self.last_try?.min(now) + wait.min(LONGEST_WAIT);
        (now < until).then_some(until)
    }
}

#[derive(Debug)]
struct State {
    set: bool,
    /// Its place in the credential store, where it has one.
    entry: Option<AccountId>,
    locked: bool,
    /// When the parent did something last.
    seen_at: DateTime<Utc>,
    /// When it was looked last.
    looked_at: DateTime<Utc>,
    /// The same, on a clock that stands still while the device sleeps.
    looked_awake: Instant,
}

/// The lock of the app.
#[derive(Debug)]
pub(crate) struct Lock {
    file: PathBuf,
    name: PathBuf,
    vault: Arc<dyn Vault>,
    clock: Arc<dyn Clock>,
    changes: Changes,
    state: Mutex<State>,
    /// One try at a time: no two are counted as one.
    trying: tokio::sync::Mutex<()>,
}

impl Lock {
    /// The lock as it was left: an app with a PIN starts locked.
    pub(crate) async fn open(
        data_dir: &Path,
        vault: Arc<dyn Vault>,
        clock: Arc<dyn Clock>,
        changes: Changes,
    ) -> Self {
        let (file, name) = (data_dir.join(FILE), data_dir.join(NAME));
        let entry = place(&file, &name);
        let set = match &entry {
            None => false,
            Some(entry) => match vault.get(entry).await {
                Ok(None) => !is_half(&file),
                // A store that does not answer says nothing.
                Ok(Some(_)) | Err(_) => true,
            },
        };
        let now = clock.now();
        let looked_awake = Instant::now();
        let state = State { set, entry, locked: set, seen_at: now, looked_at: now, looked_awake };
        let (state, trying) = (Mutex::new(state), tokio::sync::Mutex::default());
        Self { file, name, vault, clock, changes, state, trying }
    }

    /// Whether nothing is told until the PIN is given.
    pub(crate) fn is_locked(&self) -> bool {
        self.state().locked
    }

    /// How it stands.
    pub(crate) fn told(&self) -> LockState {
        let (set, locked) = {
            let state = self.state();
            (state.set, state.locked)
        };
        let kept = if set { self.kept() } else { None };
        let blocked_until = kept.and_then(|kept| kept.blocked_until(self.clock.now()));
        LockState { set, locked, fingerprint: false, blocked_until }
    }

    /// Locks, where there is a PIN.
    pub(crate) fn lock(&self) {
        let mut state = self.state();
        if state.set && !state.locked {
            state.locked = true;
            drop(state);
            self.changes.tell(Tag::Lock);
        }
    }

    /// The parent did something just now.
    pub(crate) fn seen(&self) {
        self.state().seen_at = self.clock.now();
    }

    /// Locks when the parent has done nothing for `patience`, or when the device was asleep since
    /// this was asked last.
    pub(crate) fn look(&self, patience: TimeDelta) {
        let (now, awake) = (self.clock.now(), Instant::now());
        let left = {
            let mut state = self.state();
            let passed = now - state.looked_at;
            let seen = TimeDelta::from_std(awake - state.looked_awake).unwrap_or(passed);
            let asleep = passed >= UNASKED || passed - seen >= SLEPT;
            (state.looked_at, state.looked_awake) = (now, awake);
            asleep || now - state.seen_at >= patience
        };
        if left {
            self.lock();
        }
    }

    /// Unlocks.
    ///
    /// # Errors
    /// [`ErrorCode::WrongPin`], [`ErrorCode::PinBlocked`] with until when, and
    /// [`ErrorCode::NoCredentialStore`].
    pub(crate) async fn unlock(&self, pin: SecretString) -> Result<(), AppError> {
        let _one = self.trying.lock().await;
        self.check(pin).await?;
        self.opened();
        Ok(())
    }

    /// Unlocks without the PIN, since the system knows who it is.
    pub(crate) fn opened(&self) {
        let mut state = self.state();
        state.seen_at = self.clock.now();
        if std::mem::replace(&mut state.locked, false) {
            drop(state);
            self.changes.tell(Tag::Lock);
        }
    }

    /// Has `pin` lock the app from now on; where there is one already, `current` must be it.
    ///
    /// # Errors
    /// Those of [`Lock::unlock`] for `current`, and [`ErrorCode::PinTooSimple`].
    pub(crate) async fn set(
        &self,
        current: Option<SecretString>,
        pin: SecretString,
    ) -> Result<(), AppError> {
        if !pin::is_good(&pin) {
            return Err(AppError::new(ErrorCode::PinTooSimple, "that cannot be a PIN"));
        }
        let _one = self.trying.lock().await;
        let first = !self.state().set;
        if !first {
            self.check(current.unwrap_or_default()).await?;
        }
        let salt = pin::fresh_salt()
            .ok_or_else(|| AppError::internal("the system gives no random bytes"))?;
        let key = pin::stretched(pin, salt.clone()).await?;
        // Cut short from here on, it is the old PIN that opens the app, or this one.
        let before = if first { None } else { self.kept() }.unwrap_or_default();
        self.keep(Kept { coming: Some(salt.clone()), ..before }).await?;
        if first {
            self.take_a_name().await?;
        }
        if let Err(error) = self.hand_over(&key).await {
            if first {
                let _ = self.let_go().await;
            }
            return Err(error);
        }
        if self.keep(Kept { salt: Some(salt), ..Kept::default() }).await.is_err() {
            tracing::warn!("that a PIN was chosen could not be noted; it holds all the same");
        }
        let mut state = self.state();
        (state.set, state.seen_at) = (true, self.clock.now());
        drop(state);
        self.changes.tell(Tag::Lock);
        Ok(())
    }

    /// Has the credential store keep what a PIN became. Some take everything and keep nothing.
    async fn hand_over(&self, key: &Key) -> Result<(), AppError> {
        let Some(entry) = self.entry() else {
            return Err(AppError::internal("no name to lock by"));
        };
        self.vault.set(&entry, key).await?;
        match self.vault.get(&entry).await? {
            Some(kept) if pin::same(&kept, key) => Ok(()),
            _ => Err(AppError::new(ErrorCode::NoCredentialStore, "what it was given is not there")),
        }
    }

    /// Takes the lock away; `current` must be its PIN.
    ///
    /// # Errors
    /// Those of [`Lock::unlock`].
    pub(crate) async fn remove(&self, current: SecretString) -> Result<(), AppError> {
        let _one = self.trying.lock().await;
        self.check(current).await?;
        self.let_go().await
    }

    /// Takes the lock away, since there is nothing behind it any more.
    pub(crate) async fn forget(&self) -> Result<(), AppError> {
        let _one = self.trying.lock().await;
        // Another process may have set it.
        let entry = self.entry().or_else(|| place(&self.file, &self.name));
        self.state().entry = entry;
        self.let_go().await
    }

    async fn let_go(&self) -> Result<(), AppError> {
        // Cut short from here on, the PIN still opens the app, or there is none.
        if let Some(kept) = self.kept().filter(|kept| kept.salt.is_some()) {
            self.keep(Kept { coming: kept.salt.clone(), salt: None, ..kept }).await?;
        }
        if let Some(entry) = self.entry() {
            self.vault.delete(&entry).await?;
        }
        // The name alone would keep the app shut.
        if remove(&self.name) {
            remove(&self.file);
        }
        let mut state = self.state();
        state.entry = None;
        let was_set = std::mem::replace(&mut state.set, false);
        state.locked = false;
        drop(state);
        if was_set {
            self.changes.tell(Tag::Lock);
        }
        Ok(())
    }

    /// Whether that is the PIN, by whoever holds the turn to try.
    async fn check(&self, pin: SecretString) -> Result<(), AppError> {
        let Some(entry) = self.entry() else { return Err(wrong()) };
        let right = self.vault.get(&entry).await?;
        let (Some(right), Some(mut kept)) = (right, self.kept()) else { return Err(wrong()) };
        let now = self.clock.now();
        if let Some(until) = kept.blocked_until(now) {
            return Err(blocked(until));
        }
        // It counts before it is known: ending the app takes no try back.
        kept.wrong_tries = kept.wrong_tries.saturating_add(1);
        kept.last_try = Some(now);
        self.keep(kept.clone()).await?;
        for salt in [kept.salt.clone(), kept.coming.clone()].into_iter().flatten() {
            let given = pin::stretched(pin.clone(), salt.clone()).await?;
            if !pin::same(&given, &right) {
                continue;
            }
            if kept.salt.as_ref() != Some(&salt) {
                // The PIN that was being chosen when the app was cut short.
                kept = Kept { salt: Some(salt), ..Kept::default() };
            }
            kept.wrong_tries = 0;
            return self.keep(kept).await;
        }
        Err(kept.blocked_until(now).map_or_else(wrong, blocked))
    }

    /// Has a place in the credential store from now on, which is on the disk before anything is
    /// there.
    async fn take_a_name(&self) -> Result<(), AppError> {
        let name = uuid::Uuid::new_v4().to_string();
        let (file, written) = (self.name.clone(), name.clone());
        let write = move || small_file::write(&file, &written);
        tokio::task::spawn_blocking(write)
            .await
            .map_err(|_| AppError::internal("naming the lock was cut short"))??;
        self.state().entry = Some(named(&name));
        Ok(())
    }

    fn entry(&self) -> Option<AccountId> {
        self.state().entry.clone()
    }

    fn kept(&self) -> Option<Kept> {
        small_file::read(&self.file)
    }

    async fn keep(&self, kept: Kept) -> Result<(), AppError> {
        let file = self.file.clone();
        tokio::task::spawn_blocking(move || small_file::write(&file, &kept))
            .await
            .map_err(|_| AppError::internal("writing about the lock was cut short"))?
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where in the credential store the lock with these files is.
fn place(file: &Path, name: &Path) -> Option<AccountId> {
    if let Some(name) = small_file::read::<String>(name) {
        return Some(named(&name));
    }
    let somewhere = name.exists() || file.exists() && !is_half(file);
    somewhere.then(|| AccountId(ENTRY.to_owned()))
}

fn named(name: &str) -> AccountId {
    AccountId(format!("{ENTRY}-{name}"))
}

/// Whether a first PIN was not chosen to the end, or the last is as good as taken away: only then
/// there is no salt.
fn is_half(file: &Path) -> bool {
    small_file::read(file).is_some_and(|kept: Kept| kept.salt.is_none())
}

/// Removes a file; whether it is gone.
fn remove(file: &Path) -> bool {
    match std::fs::remove_file(file) {
        Ok(()) => true,
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}

fn wrong() -> AppError {
    AppError::new(ErrorCode::WrongPin, "that is not the PIN")
}

fn blocked(until: DateTime<Utc>) -> AppError {
    AppError::new(ErrorCode::PinBlocked, "too many wrong PINs").until(until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::MemoryVault;
    use schriftje_model::TestClock;
    use std::time::Duration;

    #[tokio::test(start_paused = true)]
    async fn a_nap_locks_and_an_app_that_was_slow_does_not() {
        let dir = tempfile::tempdir().unwrap();
        let clock = TestClock::at("2026-03-14T15:00:00Z".parse().unwrap());
        let (vault, told) = (Arc::new(MemoryVault::default()), Arc::new(clock.clone()));
        let lock = Lock::open(dir.path(), vault, told, Changes::start()).await;
        lock.set(None, "4711".into()).await.unwrap();
        let slow = if cfg!(windows) { 14 } else { 50 };
        lock.look(TimeDelta::hours(1));
        clock.advance(TimeDelta::seconds(slow));
        tokio::time::advance(Duration::from_secs(slow.unsigned_abs())).await;
        lock.look(TimeDelta::hours(1));
        assert!(!lock.is_locked(), "the device was awake");
        clock.advance(TimeDelta::seconds(25));
        tokio::time::advance(Duration::from_secs(5)).await;
        lock.look(TimeDelta::hours(1));
        assert!(lock.is_locked(), "it slept for twenty seconds");
    }
}
