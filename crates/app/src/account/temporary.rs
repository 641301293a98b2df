//! A folder for accounts that stay only until the app closes: gone at exit, and when the app was
//! killed, at the next start.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

const FOLDER: &str = "until-closed";
const ALIVE: &str = "alive.lock";

/// The folder of this run. Removed when dropped.
#[derive(Debug)]
pub(crate) struct Temporary {
    path: PathBuf,
    /// Locked as long as this run lives.
    alive: Option<File>,
}

impl Temporary {
    /// Makes the folder of this run.
    pub(crate) fn make(data_dir: &Path) -> io::Result<Self> {
        let path = data_dir.join(FOLDER).join(uuid::Uuid::new_v4().to_string());
        fs::create_dir_all(&path)?;
        let alive =
            OpenOptions::new().create(true).truncate(false).write(true).open(path.join(ALIVE))?;
        alive.lock()?;
        Ok(Self { path, alive: Some(alive) })
    }

    /// Where the accounts of this run go.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        drop(self.alive.take());
        let _ = fs::remove_dir_all(&self.path);
        // Goes only when no other run has a folder there.
        if let Some(parent) = self.path.parent() {
            let _ = fs::remove_dir(parent);
        }
    }
}

/// Removes what runs that were killed left behind.
pub(crate) fn clear(data_dir: &Path) {
    let Ok(entries) = fs::read_dir(data_dir.join(FOLDER)) else { return };
    for entry in entries.flatten() {
        let lock = entry.path().join(ALIVE);
        // A folder without its lock file is one that is just being made, or nearly removed.
        let Ok(lock) = File::open(lock) else { continue };
        if lock.try_lock().is_ok() {
            drop(lock);
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    let _ = fs::remove_dir(data_dir.join(FOLDER));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_run_left_is_removed_and_a_living_run_keeps_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let mut killed = Temporary::make(dir.path()).unwrap();
        let left = killed.path().to_owned();
        drop(killed.alive.take());
        std::mem::forget(killed);
        let living = Temporary::make(dir.path()).unwrap();
        clear(dir.path());
        assert!(!left.exists() && living.path().exists());
        drop(living);
        assert!(!dir.path().join(FOLDER).exists());
    }
}
