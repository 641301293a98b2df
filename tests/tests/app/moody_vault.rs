//! A credential store that works until it does not.

use schriftje_app::api::CredentialStore;
use schriftje_app::vault::{MemoryVault, Vault, VaultError};
use schriftje_model::AccountId;
use schriftje_store::Key;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use tokio::sync::Mutex;

/// Keeps keys, unless it was told otherwise.
#[derive(Debug, Default)]
pub struct MoodyVault {
    kept: MemoryVault,
    /// It refuses what it is given.
    pub takes_nothing: AtomicBool,
    /// It takes what it is given, and keeps none of it.
    pub keeps_nothing: AtomicBool,
    /// So many times more it refuses to let go of something.
    pub clings: AtomicU32,
    /// How often it was asked to let go of something.
    pub asked_to_let_go: AtomicU32,
    /// Held by whoever wants it to wait with letting go.
    pub waits: Mutex<()>,
}

#[async_trait::async_trait]
impl Vault for MoodyVault {
    async fn get(&self, account: &AccountId) -> Result<Option<Key>, VaultError> {
        self.kept.get(account).await
    }

    async fn set(&self, account: &AccountId, key: &Key) -> Result<(), VaultError> {
        if self.takes_nothing.load(Ordering::Relaxed) {
            return Err(VaultError::Unavailable);
        }
        if self.keeps_nothing.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.kept.set(account, key).await
    }

    async fn delete(&self, account: &AccountId) -> Result<(), VaultError> {
        self.asked_to_let_go.fetch_add(1, Ordering::Relaxed);
        drop(self.waits.lock().await);
        let once = |left: u32| left.checked_sub(1);
        if self.clings.fetch_update(Ordering::Relaxed, Ordering::Relaxed, once).is_ok() {
            return Err(VaultError::Unavailable);
        }
        self.kept.delete(account).await
    }

    async fn availability(&self) -> CredentialStore {
        CredentialStore::Available
    }
}
