//! Keys in memory: gone when the app closes.

use super::{Vault, VaultError};
use crate::api::CredentialStore;
use async_trait::async_trait;
use schriftje_model::AccountId;
use schriftje_store::Key;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Keeps keys until it is dropped. As the vault of an app it stands for a working credential
/// store, which a test wants; the app also keeps one for accounts that live until it closes.
#[derive(Debug, Default)]
pub struct MemoryVault(Mutex<BTreeMap<AccountId, Key>>);

#[async_trait]
impl Vault for MemoryVault {
    async fn get(&self, account: &AccountId) -> Result<Option<Key>, VaultError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(account).cloned())
    }

    async fn set(&self, account: &AccountId, key: &Key) -> Result<(), VaultError> {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(account.clone(), key.clone());
        Ok(())
    }

    async fn delete(&self, account: &AccountId) -> Result<(), VaultError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(account);
        Ok(())
    }

    async fn availability(&self) -> CredentialStore {
        CredentialStore::Available
    }
}
