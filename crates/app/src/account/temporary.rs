//! A folder for what stays only until the app closes: gone at exit, and when the app was killed, at
//! the next start.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const ALIVE: &str = "alive.lock";
/// A folder that is just being made has its lock file sooner than this.
const MADE: Duration = Duration::from_mins(1);

/// The folder of this run. Removed when dropped.
#[derive(Debug)]
pub(crate) struct Temporary {
    path: PathBuf,
    /// Locked as long as this run lives.
    alive: Option<File>,
}

impl Temporary {
    /// Makes the folder of this run below `root`, for its owner alone.
    pub(crate) fn make(root: &Path) -> io::Result<Self> {
        let path = root.join(uuid::Uuid::new_v4().to_string());
        fs::create_dir_all(&path)?;
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        let alive =
            OpenOptions::new().create(true).truncate(false).write(true).open(path.join(ALIVE))?;
        alive.lock()?;
        Ok(Self { path, alive: Some(alive) })
    }

    /// Where what is of this run goes.
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

/// Removes what runs that were killed left behind below `root`.
pub(crate) fn clear(root: &Path) {
    clear_at(root, SystemTime::now());
}

fn clear_at(root: &Path, now: SystemTime) {
    let Ok(entries) = fs::read_dir(root) else { return };
    for entry in entries.flatten() {
        let left = match File::open(entry.path().join(ALIVE)) {
            Ok(lock) => lock.try_lock().is_ok(),
            // A folder without its lock file is one that is just being made, or was nearly removed.
            Err(error) => {
                error.kind() == io::ErrorKind::NotFound && is_older(&entry, now).unwrap_or(false)
            }
        };
        if left {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    let _ = fs::remove_dir(root);
}

/// Whether nothing was put there for a while.
fn is_older(folder: &fs::DirEntry, now: SystemTime) -> io::Result<bool> {
    let touched = folder.metadata()?.modified()?;
    Ok(now.duration_since(touched).is_ok_and(|ago| ago > MADE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_removed_half_is_removed_whole_and_what_is_just_being_made_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("root");
        let half = root.join("half");
        fs::create_dir_all(half.join("d1")).unwrap();
        fs::write(half.join("d1/Factuur.pdf"), "%PDF-").unwrap();
        clear(&root);
        assert!(half.exists());
        clear_at(&root, SystemTime::now() + MADE * 2);
        assert!(!root.exists());
    }

    #[test]
    fn what_a_killed_run_left_is_removed_and_a_living_run_keeps_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("root");
        let mut killed = Temporary::make(&root).unwrap();
        let left = killed.path().to_owned();
        drop(killed.alive.take());
        std::mem::forget(killed);
        let living = Temporary::make(&root).unwrap();
        clear(&root);
        assert!(!left.exists() && living.path().exists());
        drop(living);
        assert!(!root.exists());
    }
}
