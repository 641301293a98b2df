//! Keeps the tokens of a session in the account's encrypted database, one process after the other.

use async_trait::async_trait;
use schriftje_konnect::{KeeperError, RefreshLock, StoredTokens, TokenKeeper, Tokens};
use schriftje_store::Store;
use schriftje_sync::ProcessLock;
use secrecy::{ExposeSecret, SecretString};

const LOCK: &str = "refresh.lock";

/// Keeps tokens in `account.db`.
#[derive(Debug)]
pub(crate) struct StoreKeeper(pub(crate) Store);

impl StoreKeeper {
    /// Waits until nobody else renews or replaces the tokens of this account.
    pub(crate) async fn turn(&self) -> std::io::Result<ProcessLock> {
        ProcessLock::acquire(&self.0.folder().join(LOCK)).await
    }
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> KeeperError {
    KeeperError(Box::new(error))
}

#[async_trait]
impl TokenKeeper for StoreKeeper {
    async fn load(&self) -> Result<Option<Tokens>, KeeperError> {
        let Some(json) = self.0.tokens().await.map_err(failed)? else { return Ok(None) };
        let stored: StoredTokens = serde_json::from_str(json.expose_secret()).map_err(failed)?;
        Ok(Some(stored.into()))
    }

    async fn save(&self, tokens: &Tokens) -> Result<(), KeeperError> {
        let json = serde_json::to_string(&tokens.to_stored()).map_err(failed)?;
        self.0.set_tokens(Some(SecretString::from(json))).await.map_err(failed)
    }

    async fn lock(&self) -> Result<RefreshLock, KeeperError> {
        Ok(Box::new(self.turn().await.map_err(failed)?))
    }
}
