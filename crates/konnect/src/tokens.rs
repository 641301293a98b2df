//! What a session stands on, and who keeps it.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// What a session stands on. Debug shows none of it.
#[derive(Clone)]
pub struct Tokens {
    /// The JWT sent as Bearer; lives for fifteen minutes (A, B).
    pub auth_token: SecretString,
    /// When it ends, on the portal's clock.
    pub expires_at: DateTime<Utc>,
    /// Renews the session in app style; changes with every use (D).
    pub refresh_token: Option<SecretString>,
    /// The value of the `__Host-refresh_token` cookie; renews it in browser style (B, E).
    pub cookie: Option<SecretString>,
    /// The user name it belongs to; the app-style renewal asks for it (D).
    pub username: String,
}

impl Tokens {
    /// The same as plain data, for an encrypted database and nowhere else.
    pub fn to_stored(&self) -> StoredTokens {
        let plain = |secret: &SecretString| secret.expose_secret().to_owned();
        StoredTokens {
            auth_token: plain(&self.auth_token),
            expires_at: self.expires_at,
            refresh_token: self.refresh_token.as_ref().map(plain),
            cookie: self.cookie.as_ref().map(plain),
            username: self.username.clone(),
        }
    }

    /// Whether both are the same tokens.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        let plain = |secret: &Option<SecretString>| {
            secret.as_ref().map(|secret| secret.expose_secret().to_owned())
        };
        self.auth_token.expose_secret() == other.auth_token.expose_secret()
            && plain(&self.refresh_token) == plain(&other.refresh_token)
            && plain(&self.cookie) == plain(&other.cookie)
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// [`Tokens`] as plain data, wiped from memory when dropped.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(rename_all = "camelCase")]
pub struct StoredTokens {
    auth_token: String,
    #[zeroize(skip)]
    expires_at: DateTime<Utc>,
    refresh_token: Option<String>,
    cookie: Option<String>,
    username: String,
}

impl From<StoredTokens> for Tokens {
    fn from(stored: StoredTokens) -> Self {
        let secret = |text: &String| SecretString::from(text.clone());
        Self {
            auth_token: secret(&stored.auth_token),
            expires_at: stored.expires_at,
            refresh_token: stored.refresh_token.as_ref().map(secret),
            cookie: stored.cookie.as_ref().map(secret),
            username: stored.username.clone(),
        }
    }
}

impl fmt::Debug for StoredTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredTokens(..)")
    }
}

/// Tokens could not be read or written. The session goes on with those in memory.
#[derive(Debug, thiserror::Error)]
#[error("tokens cannot be kept")]
pub struct KeeperError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// Holds the account's refresh lock until dropped.
pub type RefreshLock = Box<dyn Send>;

/// Keeps the tokens of an account across restarts and between processes.
#[async_trait]
pub trait TokenKeeper: Send + Sync {
    /// The tokens as last saved, by any process. `None` when there are none (any more).
    async fn load(&self) -> Result<Option<Tokens>, KeeperError>;

    /// Saves new tokens. They must be on disk when this returns: the old ones no longer work.
    async fn save(&self, tokens: &Tokens) -> Result<(), KeeperError>;

    /// Waits until no other process renews this account's session.
    async fn lock(&self) -> Result<RefreshLock, KeeperError>;
}

/// Keeps tokens in memory, for one process.
#[derive(Debug, Default)]
pub struct MemoryKeeper {
    tokens: std::sync::Mutex<Option<Tokens>>,
    lock: std::sync::Arc<tokio::sync::Mutex<()>>,
}

#[async_trait]
impl TokenKeeper for MemoryKeeper {
    async fn load(&self) -> Result<Option<Tokens>, KeeperError> {
        Ok(self.tokens.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone())
    }

    async fn save(&self, tokens: &Tokens) -> Result<(), KeeperError> {
        *self.tokens.lock().unwrap_or_else(std::sync::PoisonError::into_inner) =
            Some(tokens.clone());
        Ok(())
    }

    async fn lock(&self) -> Result<RefreshLock, KeeperError> {
        Ok(Box::new(self.lock.clone().lock_owned().await))
    }
}
