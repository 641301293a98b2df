//! Where the key of an account's database is kept: the system's credential store, a key file
//! (terminal only), or memory until the app closes.

mod key_file;
mod memory;
mod system;

pub use key_file::KeyFile;
pub use memory::MemoryVault;
pub use system::SystemVault;

use crate::api::CredentialStore;
use async_trait::async_trait;
use schriftje_model::AccountId;
use schriftje_store::Key;
use std::fmt;

/// Why a vault did not do what was asked. Holds nothing private.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// There is no store, or it is locked: nothing can be said about the key.
    #[error("the credential store is not available")]
    Unavailable,
    /// What is kept under this account is no key of ours.
    #[error("the stored key cannot be read")]
    Damaged,
    /// The key file cannot be read or written.
    #[error("the key file cannot be used: {0}")]
    File(std::io::ErrorKind),
}

/// Keeps one key an account.
#[async_trait]
pub trait Vault: fmt::Debug + Send + Sync {
    /// The key of `account`; `None` when the vault works and holds none.
    async fn get(&self, account: &AccountId) -> Result<Option<Key>, VaultError>;
    /// Keeps the key of `account`.
    async fn set(&self, account: &AccountId, key: &Key) -> Result<(), VaultError>;
    /// Forgets the key of `account`; no trouble when there is none.
    async fn delete(&self, account: &AccountId) -> Result<(), VaultError>;
    /// Whether it works, found out by really trying.
    async fn availability(&self) -> CredentialStore;
}
