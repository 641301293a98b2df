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
use std::sync::{Mutex, PoisonError};

const FOLDER: &str = "opened";
/// Bytes that are copied in one go.
const PIECE: u64 = 1 << 20;

/// The copies of this run.
#[derive(Debug)]
pub(crate) struct Copies {
    root: PathBuf,
    folder: Mutex<Option<Temporary>>,
}

impl Copies {
    /// No copies yet. What runs that were killed left is removed.
    pub(crate) fn new(data_dir: &Path) -> Self {
        let root = data_dir.join(FOLDER);
        clear_temporary(&root);
        Self { root, folder: Mutex::default() }
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
        let folder = self.folder().map_err(|error| data_folder(&error))?.join(id.as_str());
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

    /// Removes them.
    pub(crate) fn clear(&self) {
        drop(self.folder.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    fn folder(&self) -> io::Result<PathBuf> {
        let mut folder = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        if folder.is_none() {
            *folder = Some(Temporary::make(&self.root)?);
        }
        Ok(folder.as_ref().map(|folder| folder.path().to_owned()).unwrap_or_default())
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
