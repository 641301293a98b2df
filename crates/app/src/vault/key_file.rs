//! A key file in place of the system's credential store, for machines without one. Whoever can
//! read the file can read the databases, so it is made for its owner alone.

use super::{Vault, VaultError};
use crate::api::CredentialStore;
use async_trait::async_trait;
use schriftje_model::AccountId;
use schriftje_store::Key;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Keeps the keys of all accounts in one file: a line `account key` for each, both in
/// hexadecimal. Two processes may use one file.
#[derive(Clone, Debug)]
pub struct KeyFile(Arc<PathBuf>);

type Keys = BTreeMap<String, Zeroizing<String>>;

impl KeyFile {
    /// The key file at `path`; it is made when the first key is kept.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(Arc::new(path.into()))
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
    ) -> Result<T, VaultError> {
        let path = self.0.clone();
        tokio::task::spawn_blocking(move || work(&path))
            .await
            .map_err(|_| VaultError::Unavailable)?
            .map_err(|error| match error.kind() {
                io::ErrorKind::InvalidData => VaultError::Damaged,
                kind => VaultError::File(kind),
            })
    }
}

#[async_trait]
impl Vault for KeyFile {
    async fn get(&self, account: &AccountId) -> Result<Option<Key>, VaultError> {
        let account = account.to_string();
        let text = self.run(move |path| Ok(read(path)?.remove(&account))).await?;
        let Some(text) = text else { return Ok(None) };
        Key::from_hex(&text).map(Some).ok_or(VaultError::Damaged)
    }

    async fn set(&self, account: &AccountId, key: &Key) -> Result<(), VaultError> {
        let account = account.to_string();
        let text = key.to_hex();
        self.run(move |path| {
            change(path, |keys| {
                keys.insert(account, text);
            })
        })
        .await
    }

    async fn delete(&self, account: &AccountId) -> Result<(), VaultError> {
        let account = account.to_string();
        self.run(move |path| {
            if !path.exists() {
                return Ok(());
            }
            change(path, |keys| {
                keys.remove(&account);
            })
        })
        .await
    }

    async fn availability(&self) -> CredentialStore {
        let usable = self.run(|path| {
            read(path)?;
            // A folder that takes no file takes no key; found out before a password is sent.
            tempfile::NamedTempFile::new_in(folder(path)).map(|_| ())
        });
        if usable.await.is_ok() { CredentialStore::KeyFile } else { CredentialStore::Missing }
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn read(path: &Path) -> io::Result<Keys> {
    let mut text = Zeroizing::new(String::new());
    match File::open(path) {
        Ok(mut file) => file.read_to_string(&mut text)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Keys::new()),
        Err(error) => return Err(error),
    };
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let (account, key) = line.split_once(' ').ok_or(io::ErrorKind::InvalidData)?;
            Ok((account.to_owned(), Zeroizing::new(key.trim().to_owned())))
        })
        .collect()
}

/// Reads, changes and replaces the file, one process after the other.
fn change(path: &Path, change: impl FnOnce(&mut Keys)) -> io::Result<()> {
    let lock = owner_only().open(lock_file(path))?;
    lock.lock()?;
    let mut keys = read(path)?;
    change(&mut keys);
    let mut text = Zeroizing::new(String::new());
    for (account, key) in &keys {
        text.push_str(account);
        text.push(' ');
        text.push_str(key);
        text.push('\n');
    }
    // `tempfile` makes files that only their owner can read (0600).
    let mut file = tempfile::NamedTempFile::new_in(folder(path))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// The lock is a file of its own, since the key file itself is replaced.
fn lock_file(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

fn owner_only() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn keys_survive_and_only_the_owner_can_read_them() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("sleutel");
        let vault = KeyFile::at(&path);
        assert_eq!(vault.availability().await, CredentialStore::KeyFile);
        let (one, two) = (AccountId::from("one"), AccountId::from("two"));
        let (first, second) = (Key::random().unwrap(), Key::random().unwrap());
        assert!(vault.get(&one).await.unwrap().is_none());
        vault.set(&one, &first).await.unwrap();
        vault.set(&two, &second).await.unwrap();
        let again = KeyFile::at(&path);
        assert_eq!(again.get(&one).await.unwrap().unwrap().as_bytes(), first.as_bytes());
        again.delete(&one).await.unwrap();
        assert!(vault.get(&one).await.unwrap().is_none());
        assert_eq!(vault.get(&two).await.unwrap().unwrap().as_bytes(), second.as_bytes());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[tokio::test]
    async fn a_file_that_is_no_key_file_is_told_apart_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("letter.txt");
        std::fs::write(&path, "Beste_ouders").unwrap();
        let vault = KeyFile::at(&path);
        let account = AccountId::from("one");
        assert_eq!(vault.get(&account).await.unwrap_err(), VaultError::Damaged);
        assert!(vault.set(&account, &Key::random().unwrap()).await.is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "Beste_ouders");
        assert_eq!(vault.availability().await, CredentialStore::Missing);
    }

    #[tokio::test]
    async fn two_at_once_lose_no_key() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys");
        let all = (0..16).map(|n| {
            let vault = KeyFile::at(&path);
            async move { vault.set(&AccountId::from(n.to_string()), &Key::random().unwrap()).await }
        });
        for done in futures::future::join_all(all).await {
            done.unwrap();
        }
        assert_eq!(read(&path).unwrap().len(), 16);
    }
}
