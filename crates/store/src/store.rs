//! Opening and closing an account's databases.

use crate::connection::{Access, opens};
use crate::database::Database;
use crate::migrations::Kind;
use crate::{Key, StoreError, adding, files, out_files};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How an account's folder is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenMode {
    /// Makes what is not there yet.
    Create,
    /// Refuses with [`StoreError::NoAccount`] when there is no account.
    Existing,
    /// Reads what is there from a folder that cannot be written; every write answers
    /// [`StoreError::ReadOnly`].
    ReadOnly,
}

/// Which databases were damaged, set aside as `….damaged-<n>` and made anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Who is signed in: the parent has to sign in again.
    pub account: bool,
    /// The timeline: it is fetched again.
    pub cache: bool,
    /// Pictures: they are fetched again.
    pub media: bool,
    /// What this parent wrote and had not sent: it is in the file that was set aside, and nowhere
    /// else.
    pub outbox: bool,
}

impl Recovered {
    /// Whether anything was.
    pub fn any(self) -> bool {
        self.account || self.cache || self.media || self.outbox
    }
}

/// An opened account.
#[derive(Debug)]
pub struct Opened {
    /// Its databases.
    pub store: Store,
    /// What was damaged.
    pub recovered: Recovered,
}

/// The databases of one account. Cheap to clone; all clones share the connections.
#[derive(Clone)]
pub struct Store(pub(crate) Arc<Databases>);

pub(crate) struct Databases {
    pub folder: PathBuf,
    pub account: Database,
    pub cache: Database,
    pub media: Database,
    pub outbox: Database,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

impl Store {
    /// Opens the account in `folder`.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`], [`StoreError::NewerVersion`], [`StoreError::ReadOnly`] (open
    /// it again with [`OpenMode::ReadOnly`]), [`StoreError::DiskFull`], [`StoreError::NoAccount`].
    /// A damaged database is no error: see [`Opened::recovered`].
    pub async fn open(folder: &Path, key: &Key, mode: OpenMode) -> Result<Opened, StoreError> {
        let (folder, key) = (folder.to_owned(), key.clone());
        let opened = tokio::task::spawn_blocking(move || open(folder, &key, mode))
            .await
            .unwrap_or_else(|_| Err(StoreError::Sql("opening panicked".into())))?;
        let recovered = opened.take_recovered().await?;
        if mode != OpenMode::ReadOnly {
            opened.note_owner().await?;
            opened.index_in_background();
        }
        Ok(Opened { store: opened, recovered })
    }

    /// Waits for what is running and closes all files, so that the folder can be deleted.
    pub async fn close(&self) {
        self.0.account.close().await;
        self.0.cache.close().await;
        self.0.media.close().await;
        self.0.outbox.close().await;
    }

    /// What was damaged and set aside since this was last asked, while the account was open.
    /// After that the caller reads everything again, and a sync fetches it.
    pub async fn take_recovered(&self) -> Result<Recovered, StoreError> {
        let recovered = Recovered {
            account: self.0.account.take_recovered(),
            cache: self.0.cache.take_recovered(),
            media: self.0.media.take_recovered(),
            outbox: self.0.outbox.take_recovered(),
        };
        if recovered.media {
            self.forget_pictures().await?;
        }
        if recovered.cache {
            self.note_owner().await?;
        }
        Ok(recovered)
    }

    /// Whether another process has changed the account or the timeline since this was last asked.
    pub async fn changed_elsewhere(&self) -> Result<bool, StoreError> {
        let account = self.0.account.changed_elsewhere().await?;
        Ok(self.0.cache.changed_elsewhere().await? || account)
    }

    /// Whether another process has changed drafts or the send queue since this was last asked.
    pub async fn outbox_changed_elsewhere(&self) -> Result<bool, StoreError> {
        self.0.outbox.changed_elsewhere().await
    }

    /// The account's folder.
    pub fn folder(&self) -> &Path {
        &self.0.folder
    }
}

fn open(folder: PathBuf, key: &Key, mode: OpenMode) -> Result<Store, StoreError> {
    let account = folder.join(Kind::Account.file_name());
    if mode == OpenMode::Create {
        fs::create_dir_all(&folder)?;
    } else if !account.try_exists()? && !any_set_aside(&folder) {
        return Err(StoreError::NoAccount);
    }
    let access = if mode == OpenMode::ReadOnly { Access::ReadOnly } else { Access::ReadWrite };
    let _lock = match access {
        Access::ReadWrite => Some(files::lock_folder(&folder)?),
        Access::ReadOnly => None,
    };
    check_key(&folder, key, access)?;
    let open = |kind| Database::open(&folder, kind, key, access);
    let (account, cache, media) = (open(Kind::Account)?, open(Kind::Cache)?, open(Kind::Media)?);
    let outbox = open(Kind::Outbox)?;
    if access == Access::ReadWrite {
        adding::clear_broken_off(&folder, &outbox)?;
        outbox.write_now(out_files::give_room_back)?;
    }
    Ok(Store(Arc::new(Databases { folder, account, cache, media, outbox })))
}

/// An account whose `account.db` was set aside is still an account.
fn any_set_aside(folder: &Path) -> bool {
    folder.join("key.mark").exists()
}

/// Refuses a wrong key before anything is taken for damaged: `SQLCipher` reports both alike.
fn check_key(folder: &Path, key: &Key, access: Access) -> Result<(), StoreError> {
    let path = folder.join("key.mark");
    match fs::read_to_string(&path) {
        Ok(mark) if mark == key.mark() => return Ok(()),
        // Half a mark is none: it was cut off while it was written.
        Ok(mark) if mark.len() == key.mark().len() => return Err(StoreError::WrongKey),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    let mut present = Kind::ALL
        .into_iter()
        .map(|kind| (folder.join(kind.file_name()), kind))
        .filter(|(path, _)| fs::metadata(path).is_ok_and(|metadata| metadata.len() > 0))
        .peekable();
    if present.peek().is_some() && !present.any(|(path, kind)| opens(&path, kind, key)) {
        return Err(StoreError::WrongKey);
    }
    if access == Access::ReadWrite {
        fs::write(&path, key.mark())?;
    }
    Ok(())
}
