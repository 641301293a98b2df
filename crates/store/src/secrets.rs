//! What signs in again: tokens, and the password where the parent wants it kept (table `secrets`).

use crate::{Store, StoreError};
use rusqlite::{Connection, OptionalExtension};
use secrecy::{ExposeSecret, SecretString};

impl Store {
    /// The session's tokens, as whoever saved them wrote them.
    pub async fn tokens(&self) -> Result<Option<SecretString>, StoreError> {
        self.0.account.read(|c| read(c, "tokens")).await
    }

    /// Saves the session's tokens, or forgets them. On disk when this returns: a rotated token
    /// that is lost would sign the parent out.
    pub async fn set_tokens(&self, tokens: Option<SecretString>) -> Result<(), StoreError> {
        self.0.account.write(move |c| set(c, "tokens", tokens.as_ref())).await
    }

    /// The remembered password.
    pub async fn password(&self) -> Result<Option<SecretString>, StoreError> {
        self.0.account.read(|c| read(c, "password")).await
    }

    /// Whether a password is remembered.
    pub async fn has_password(&self) -> Result<bool, StoreError> {
        self.0
            .account
            .read(|c| {
                c.query_row("SELECT count(*) FROM secrets WHERE name = 'password'", [], |row| {
                    row.get(0)
                })
            })
            .await
    }

    /// Remembers the password, or forgets it.
    pub async fn set_password(&self, password: Option<SecretString>) -> Result<(), StoreError> {
        self.0.account.write(move |c| set(c, "password", password.as_ref())).await
    }
}

fn read(c: &Connection, name: &str) -> rusqlite::Result<Option<SecretString>> {
    c.query_row("SELECT value FROM secrets WHERE name = ?1", [name], |row| {
        row.get::<_, String>(0).map(SecretString::from)
    })
    .optional()
}

fn set(c: &Connection, name: &str, value: Option<&SecretString>) -> rusqlite::Result<()> {
    match value {
        Some(value) => c.execute(
            "INSERT OR REPLACE INTO secrets (name, value) VALUES (?1, ?2)",
            (name, value.expose_secret()),
        )?,
        None => c.execute("DELETE FROM secrets WHERE name = ?1", [name])?,
    };
    Ok(())
}
