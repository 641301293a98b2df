//! A lock between processes: a file that one of them holds at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

/// Held until dropped; the system lets it go when the process dies.
#[derive(Debug)]
pub struct ProcessLock(#[expect(dead_code, reason = "closing it unlocks")] File);

impl ProcessLock {
    /// Waits until no other process, nor another part of this one, holds the lock at `path`.
    pub async fn acquire(path: &Path) -> io::Result<Self> {
        let mut wait = Duration::from_millis(5);
        loop {
            if let Some(lock) = Self::try_acquire(path).await? {
                return Ok(lock);
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(Duration::from_millis(40));
        }
    }

    /// Takes the lock if nobody holds it.
    pub async fn try_acquire(path: &Path) -> io::Result<Option<Self>> {
        let path = path.to_owned();
        let attempt = move || {
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
            match file.try_lock() {
                Ok(()) => Ok(Some(Self(file))),
                Err(TryLockError::WouldBlock) => Ok(None),
                Err(TryLockError::Error(error)) => Err(error),
            }
        };
        tokio::task::spawn_blocking(attempt).await.unwrap_or_else(|_| Ok(None))
    }
}
