//! Copies of documents for the system's own programs, which cannot read what is encrypted. They lie
//! in a folder for their owner alone, and go with a sign-out, when the app closes, and when it was
//! killed at the next start.

use crate::account::{Temporary, clear_temporary};
use crate::api::AppError;
use crate::error::data_folder;
use schriftje_model::DocumentId;
use schriftje_store::{DocumentFile, Store, StoreError};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tokio::sync::{RwLock, RwLockReadGuard};

const FOLDER: &str = "opened";
/// Bytes that are copied in one go.
const PIECE: u64 = 1 << 20;

/// The copies of this run.
#[derive(Debug)]
pub(crate) struct Copies {
    root: PathBuf,
    /// Kept from going while a copy is made in it.
    folder: RwLock<Option<Temporary>>,
}

impl Copies {
    /// No copies yet. What runs that were killed left is removed.
    pub(crate) fn new(data_dir: &Path) -> Self {
        let root = data_dir.join(FOLDER);
        clear_temporary(&root);
        Self { root, folder: RwLock::default() }
    }

    /// Makes a copy called `name`, or finds the one that was made before.
    pub(crate) async fn make(
        &self,
        store: &Store,
        file: &DocumentFile,
        id: &DocumentId,
        name: &str,
    ) -> Result<PathBuf, AppError> {
        // An identity is ours and plain; each has a folder, since two may have one name.
        let here = self.folder().await.map_err(|error| data_folder(&error))?;
        let folder = here.path().join(id.as_str());
        let (path, part) = (folder.join(name), folder.join(".part"));
        if fs::metadata(&path).is_ok_and(|known| known.len() == file.bytes) {
            return Ok(path);
        }
        let copied = async {
            fs::create_dir_all(&folder)?;
            let copy = owners_own(&part)?;
            write_to(store, file, copy).await?;
            fs::rename(&part, &path).map_err(CopyTrouble::Disk)
        };
        match copied.await {
            Ok(()) => Ok(path),
            Err(CopyTrouble::Disk(error)) => Err(data_folder(&error)),
            Err(CopyTrouble::Store(error)) => Err(error.into()),
        }
    }

    /// Removes them, also the one that is being made.
    pub(crate) async fn clear(&self) {
        drop(self.folder.write().await.take());
    }

    /// The folder, which stays as long as this is held.
    async fn folder(&self) -> io::Result<RwLockReadGuard<'_, Temporary>> {
        loop {
            let folder = self.folder.read().await;
            if let Ok(folder) = RwLockReadGuard::try_map(folder, Option::as_ref) {
                return Ok(folder);
            }
            let mut folder = self.folder.write().await;
            if folder.is_none() {
                *folder = Some(Temporary::make(&self.root)?);
            }
        }
    }
}

/// Why a file could not be copied.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CopyTrouble {
    /// The disk it goes to.
    #[error(transparent)]
    Disk(#[from] io::Error),
    /// The store it comes from.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes the file of a document into `copy`.
pub(crate) async fn write_to(
    store: &Store,
    file: &DocumentFile,
    mut copy: File,
) -> Result<(), CopyTrouble> {
    let mut offset = 0;
    while offset < file.bytes {
        let piece = store.document_piece(file, offset, PIECE).await?;
        if piece.is_empty() {
            break;
        }
        offset += piece.len() as u64;
        let written = tokio::task::spawn_blocking(move || {
            copy.write_all(&piece)?;
            io::Result::Ok(copy)
        });
        copy = written.await.map_err(|_| io::Error::from(io::ErrorKind::Interrupted))??;
    }
    // Changed meanwhile, it is gone here, and half of it is none.
    if offset == file.bytes {
        Ok(())
    } else {
        Err(io::Error::from(io::ErrorKind::UnexpectedEof).into())
    }
}

fn owners_own(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_being_copied_when_all_is_cleared_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let copies = Copies::new(dir.path());
        let here = copies.folder().await.unwrap();
        let mut clearing = std::pin::pin!(copies.clear());
        assert!(futures::poll!(&mut clearing).is_pending(), "a copy is being made");
        fs::create_dir_all(here.path().join("d1")).unwrap();
        fs::write(here.path().join("d1/.part"), "%PDF-").unwrap();
        drop(here);
        clearing.await;
        assert!(!dir.path().join(FOLDER).exists());
        let next = copies.folder().await.unwrap();
        assert!(next.path().exists(), "and the next can be made");
    }
}
