//! The files of an account's folder.

use crate::StoreError;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Held while databases are made, migrated or set aside; gone when dropped.
pub(crate) struct FolderLock(#[expect(dead_code, reason = "closing it unlocks")] File);

/// Waits until no other process makes or replaces databases here.
pub(crate) fn lock_folder(folder: &Path) -> Result<FolderLock, StoreError> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join("open.lock"))?;
    file.lock()?;
    Ok(FolderLock(file))
}

/// Moves a database and what belongs to it to the first free `….damaged-<n>`.
pub(crate) fn set_aside(path: &Path) -> Result<(), StoreError> {
    let mut n = 1;
    // Also a name that only a part has is taken: what was set aside is never written over.
    while ["-wal", "-shm", ""]
        .iter()
        .any(|part| with_suffix(path, &format!(".damaged-{n}{part}")).exists())
    {
        n += 1;
    }
    // The database goes last: killed in between, the next start finds it damaged again.
    for part in ["-wal", "-shm", ""] {
        let from = with_suffix(path, part);
        match fs::rename(&from, with_suffix(path, &format!(".damaged-{n}{part}"))) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

/// `path` with `suffix` added to its name.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(suffix);
    PathBuf::from(name)
}

/// The address by which `SQLite` reads a file that nobody writes.
pub(crate) fn immutable_uri(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut uri = String::from("file:");
    if !text.starts_with('/') {
        uri.push('/');
    }
    for c in text.chars() {
        match c {
            '%' => uri.push_str("%25"),
            '?' => uri.push_str("%3f"),
            '#' => uri.push_str("%23"),
            c => uri.push(c),
        }
    }
    uri.push_str("?immutable=1");
    uri
}

/// What a database takes on disk, in bytes.
pub(crate) fn size_on_disk(path: &Path) -> u64 {
    ["", "-wal"]
        .into_iter()
        .filter_map(|part| fs::metadata(with_suffix(path, part)).ok())
        .map(|metadata| metadata.len())
        .sum()
}
