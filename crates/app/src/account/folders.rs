//! Where accounts live, and how one is removed so that being killed half way does no harm.

use schriftje_model::AccountId;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Stands in a folder whose account is being signed out.
const LEAVING: &str = "signing-out";
/// Stands in a folder whose key the system's credential store was given.
const KEY_IN_SYSTEM: &str = "key-in-system";

/// The folder of every account below `root`.
pub(crate) fn all(root: &Path) -> io::Result<Vec<(AccountId, PathBuf)>> {
    let entries = match fs::read_dir(root) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        if let Some(name) = name.to_str().filter(|name| uuid::Uuid::parse_str(name).is_ok())
            && entry.file_type()?.is_dir()
        {
            found.push((AccountId::from(name), entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

/// Makes the folder of a new account, for its owner's eyes alone.
pub(crate) fn make(root: &Path, id: &AccountId) -> io::Result<PathBuf> {
    let folder = root.join(id.as_str());
    fs::create_dir_all(&folder)?;
    #[cfg(unix)]
    fs::set_permissions(&folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(folder)
}

/// Notes that the key of this account is in the system's credential store, and in no key file.
pub(crate) fn note_key_in_system(folder: &Path) -> io::Result<()> {
    fs::File::create(folder.join(KEY_IN_SYSTEM)).map(drop)
}

/// Whether the key of this account is, or was, in the system's credential store.
pub(crate) fn is_key_in_system(folder: &Path) -> bool {
    folder.join(KEY_IN_SYSTEM).exists()
}

/// Notes that this account is being signed out: from here on there is no way back.
pub(crate) fn mark_leaving(folder: &Path) -> io::Result<()> {
    fs::File::create(folder.join(LEAVING))?.sync_all()
}

/// Whether signing out was begun.
pub(crate) fn is_leaving(folder: &Path) -> bool {
    folder.join(LEAVING).exists()
}

/// Removes what is in the folder, but for the note that it is leaving.
pub(crate) fn empty(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_name() == LEAVING {
            continue;
        }
        gone(if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())
        } else {
            fs::remove_file(entry.path())
        })?;
    }
    Ok(())
}

/// Removes the folder; the note that it is leaving goes last.
pub(crate) fn remove(folder: &Path) -> io::Result<()> {
    empty(folder)?;
    gone(fs::remove_file(folder.join(LEAVING)))?;
    gone(fs::remove_dir(folder))
}

fn gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_out_that_was_killed_can_be_finished_and_leaves_nothing() {
        let root = tempfile::tempdir().unwrap();
        let id = AccountId::from(uuid::Uuid::new_v4().to_string());
        let folder = make(root.path(), &id).unwrap();
        fs::write(folder.join("cache.db"), "cards").unwrap();
        fs::create_dir(folder.join("more")).unwrap();
        assert_eq!(all(root.path()).unwrap(), [(id, folder.clone())]);
        mark_leaving(&folder).unwrap();
        assert!(is_leaving(&folder));
        empty(&folder).unwrap();
        assert!(is_leaving(&folder) && fs::read_dir(&folder).unwrap().count() == 1);
        remove(&folder).unwrap();
        remove(&folder).unwrap();
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    }
}
