//! Locking the app, and opening it again.

use crate::App;
use crate::api::{AppError, ErrorCode, LockState};
use chrono::TimeDelta;
use secrecy::SecretString;
use std::sync::Weak;
use std::time::Duration;

/// How often it is looked whether the parent has left.
const LOOK: Duration = Duration::from_secs(5);

impl App {
    /// Whether the app is locked. A host answers nobody while it is, but this and what unlocks it.
    pub fn is_locked(&self) -> bool {
        self.lock.is_locked()
    }

    /// How it stands with the lock.
    pub fn lock_state(&self) -> LockState {
        LockState { fingerprint: self.settings().fingerprint, ..self.lock.told() }
    }

    /// Locks the app at once, where there is a PIN.
    pub fn lock(&self) {
        self.lock.lock();
    }

    /// The parent did something just now: the app stays open for a while.
    pub fn parent_is_here(&self) {
        self.lock.seen();
    }

    /// Locks the app when the parent did nothing for as long as the settings say, or when the
    /// device slept since this was asked last. A host with a background needs not ask.
    pub fn lock_when_left(&self) {
        self.lock.look(TimeDelta::minutes(i64::from(self.settings().lock_after)));
    }

    /// Opens the app again.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::WrongPin`], and [`crate::api::ErrorCode::PinBlocked`] with until
    /// when.
    pub async fn unlock(&self, pin: SecretString) -> Result<LockState, AppError> {
        self.lock.unlock(pin).await?;
        Ok(self.lock_state())
    }

    /// Opens the app again since the system knows who asks, such as by a fingerprint.
    pub fn unlock_known(&self) -> LockState {
        self.lock.opened();
        self.lock_state()
    }

    /// Has `pin` lock the app from now on. Where there is one already, `current` must be it.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::PinTooSimple`]; [`crate::api::ErrorCode::WrongPin`] and
    /// [`crate::api::ErrorCode::PinBlocked`] for `current`; and
    /// [`crate::api::ErrorCode::NoCredentialStore`].
    pub async fn set_pin(
        &self,
        current: Option<SecretString>,
        pin: SecretString,
    ) -> Result<LockState, AppError> {
        self.lock.set(current, pin).await?;
        Ok(self.lock_state())
    }

    /// Takes the lock away.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::WrongPin`], and [`crate::api::ErrorCode::PinBlocked`] with until
    /// when.
    pub async fn remove_pin(&self, current: SecretString) -> Result<LockState, AppError> {
        self.lock.remove(current).await?;
        Ok(self.lock_state())
    }

    /// The PIN is forgotten: signs out of every account, whatever was not sent, and takes the lock
    /// away.
    ///
    /// # Errors
    /// When an account does not go, or the lock does not; it stays locked then. And
    /// [`ErrorCode::KeyLeft`], when all went but a key.
    pub async fn forget_pin(&self) -> Result<(), AppError> {
        let signed_out = self.sign_out_all(true).await;
        if let Err(error) = &signed_out
            && error.code != ErrorCode::KeyLeft
        {
            return signed_out;
        }
        self.lock.forget().await?;
        signed_out
    }

    /// Locks the app by itself, until it is closed.
    pub(crate) async fn watch_lock(app: Weak<Self>) {
        loop {
            tokio::time::sleep(LOOK).await;
            let Some(app) = app.upgrade() else { return };
            app.lock_when_left();
        }
    }
}
