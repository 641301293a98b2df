//! Files on their way into the outbox: whether anybody is at it, and what is left of one that broke
//! off.

use crate::database::Database;
use crate::{Store, StoreError, out_files};
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

/// Held by whoever is adding files, and by whoever clears away what nobody is adding.
const LOCK: &str = "adding.lock";

/// Says to every process that files are being added; gone when dropped, and with its process.
#[derive(Debug)]
pub struct Adding(#[expect(dead_code, reason = "closing it unlocks")] File);

impl Store {
    /// Says that files are being added, from [`Store::begin_file`] or [`Store::begin_loose_file`]
    /// until they are finished or queued: without it they count as broken off.
    pub async fn adding(&self) -> Result<Adding, StoreError> {
        let folder = self.0.folder.clone();
        let locked = tokio::task::spawn_blocking(move || {
            let file = lock_file(&folder)?;
            file.lock_shared()?;
            Ok(Adding(file))
        });
        locked.await.unwrap_or_else(|_| Err(StoreError::Sql("adding panicked".into())))
    }

    /// Removes files that were never finished or never queued, unless somebody is adding files
    /// just now; whether there were any.
    pub async fn clear_broken_off(&self) -> Result<bool, StoreError> {
        let (folder, outbox) = (self.0.folder.clone(), self.0.outbox.clone());
        tokio::task::spawn_blocking(move || clear_broken_off(&folder, &outbox))
            .await
            .unwrap_or_else(|_| Err(StoreError::Sql("clearing panicked".into())))
    }
}

/// The same while the account is being opened. Blocking.
pub(crate) fn clear_broken_off(folder: &Path, outbox: &Database) -> Result<bool, StoreError> {
    let file = lock_file(folder)?;
    match file.try_lock() {
        Ok(()) => outbox.write_now(out_files::remove_broken_off),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

fn lock_file(folder: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(LOCK))
}
