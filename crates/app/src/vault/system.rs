//! The system's credential store: Secret Service, Credential Manager, Keychain or the Android
//! key store. Only the key goes there, as text (some stores keep nothing else).

use super::{Vault, VaultError};
use crate::api::CredentialStore as Availability;
use async_trait::async_trait;
use keyring_core::{CredentialStore, Entry, Error};
use schriftje_model::AccountId;
use schriftje_store::Key;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroizing;

const SERVICE: &str = "nl.schriftje.app";

/// The system's credential store. Connects when first needed, and again after it was missing.
#[derive(Clone, Default)]
pub struct SystemVault {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    store: Option<Arc<CredentialStore>>,
    proven: bool,
}

impl SystemVault {
    /// The store of the system this runs on.
    pub fn new() -> Self {
        Self::default()
    }

    /// Does `work` with the store away from the runtime: a store may wait for a parent to unlock it.
    async fn with_store<T: Send + 'static>(
        &self,
        work: impl FnOnce(&CredentialStore) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, VaultError> {
        let state = self.state.clone();
        let done = tokio::task::spawn_blocking(move || {
            let store = {
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(store) = &state.store {
                    store.clone()
                } else {
                    let store = connect()?;
                    state.store = Some(store.clone());
                    store
                }
            };
            let done = work(store.as_ref());
            if matches!(done, Err(Error::PlatformFailure(_) | Error::NoStorageAccess(_))) {
                // The service may have gone away; the next call connects anew.
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                *state = State::default();
            }
            done
        });
        match done.await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_))) => {
                Err(VaultError::Damaged)
            }
            Ok(Err(error)) => {
                tracing::warn!(kind = kind(&error), "the credential store did not answer");
                Err(VaultError::Unavailable)
            }
            Err(_) => Err(VaultError::Unavailable),
        }
    }
}

impl fmt::Debug for SystemVault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SystemVault")
    }
}

#[async_trait]
impl Vault for SystemVault {
    async fn get(&self, account: &AccountId) -> Result<Option<Key>, VaultError> {
        let account = account.to_string();
        let text = self
            .with_store(move |store| match entry(store, &account)?.get_password() {
                Ok(text) => Ok(Some(Zeroizing::new(text))),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(error),
            })
            .await?;
        let Some(text) = text else { return Ok(None) };
        // Who keeps a key of ours works; a start need not try it out.
        self.state.lock().unwrap_or_else(PoisonError::into_inner).proven = true;
        Key::from_hex(&text).map(Some).ok_or(VaultError::Damaged)
    }

    async fn set(&self, account: &AccountId, key: &Key) -> Result<(), VaultError> {
        let account = account.to_string();
        let text = key.to_hex();
        self.with_store(move |store| entry(store, &account)?.set_password(&text)).await
    }

    async fn delete(&self, account: &AccountId) -> Result<(), VaultError> {
        let account = account.to_string();
        self.with_store(move |store| forget(store, &account)).await
    }

    async fn availability(&self) -> Availability {
        if self.state.lock().unwrap_or_else(PoisonError::into_inner).proven {
            return Availability::Available;
        }
        match self.with_store(probe).await {
            Ok(true) => {
                self.state.lock().unwrap_or_else(PoisonError::into_inner).proven = true;
                Availability::Available
            }
            Ok(false) | Err(_) => Availability::Missing,
        }
    }
}

/// Writes, reads and deletes something worthless: some stores are there and keep nothing.
fn probe(store: &CredentialStore) -> Result<bool, Error> {
    let name = format!("probe-{}", uuid::Uuid::new_v4());
    let entry = entry(store, &name)?;
    entry.set_password(&name)?;
    let read = entry.get_password();
    forget(store, &name)?;
    Ok(read? == name)
}

fn entry(store: &CredentialStore, name: &str) -> Result<Entry, Error> {
    store.build(SERVICE, name, None)
}

fn forget(store: &CredentialStore, name: &str) -> Result<(), Error> {
    match entry(store, name)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The kind alone: the text of a store's error may name the entry.
fn kind(error: &Error) -> &'static str {
    match error {
        Error::PlatformFailure(_) => "platform failure",
        Error::NoStorageAccess(_) => "no access",
        Error::NoDefaultStore => "no store",
        Error::NotSupportedByStore(_) => "not supported",
        _ => "other",
    }
}

#[cfg(target_os = "linux")]
fn connect() -> Result<Arc<CredentialStore>, Error> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(windows)]
fn connect() -> Result<Arc<CredentialStore>, Error> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn connect() -> Result<Arc<CredentialStore>, Error> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(target_os = "ios")]
fn connect() -> Result<Arc<CredentialStore>, Error> {
    Ok(apple_native_keyring_store::protected::Store::new()?)
}

#[cfg(target_os = "android")]
fn connect() -> Result<Arc<CredentialStore>, Error> {
    Ok(android_native_keyring_store::Store::new()?)
}

#[cfg(not(any(
    target_os = "linux",
    windows,
    target_os = "macos",
    target_os = "ios",
    target_os = "android"
)))]
fn connect() -> Result<Arc<CredentialStore>, Error> {
    Err(Error::NoDefaultStore)
}
