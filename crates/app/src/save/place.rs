//! Gets a file into a folder whole or not at all, under a name that nothing else has.

use super::name::FileName;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

const PART_PREFIX: &str = ".schriftje-";
const PART_SUFFIX: &str = ".part";
/// Numbers tried before giving up on a day.
const MOST_TRIES: u32 = 100_000;

/// A file on its way into a folder. Gone when dropped before it was placed.
#[derive(Debug)]
pub(crate) struct Place {
    // Dropped before the path, so that the file can be removed where open files cannot be.
    file: File,
    path: TempPath,
    folder: PathBuf,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Placed {
    /// It stands in the folder under this name.
    New(String),
    /// The same bytes stood there already.
    Already,
}

impl Place {
    /// A new file in `folder`, where it cannot be mistaken for a photo.
    pub(crate) fn new(folder: &Path) -> io::Result<Self> {
        let name = format!("{PART_PREFIX}{}{PART_SUFFIX}", uuid::Uuid::new_v4().simple());
        let path = folder.join(name);
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
        // The lock tells others that somebody still writes; a folder without locks does without.
        let _ = file.try_lock();
        let path = TempPath::try_from_path(path)?;
        Ok(Self { file, path, folder: folder.to_owned() })
    }

    /// The file to write to.
    pub(crate) fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Where the file is for now.
    #[cfg(test)]
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the file its name: with `number`, or when that is taken with the first free one above
    /// `beyond`. With `same`, a file of the same bytes under one of these names is enough.
    pub(crate) fn finish(
        mut self,
        name: &FileName,
        extension: &str,
        number: u32,
        beyond: u32,
        same: bool,
    ) -> io::Result<Placed> {
        self.file.sync_all()?;
        let spare = beyond.max(number).saturating_add(1);
        for number in std::iter::once(number).chain(spare..spare.saturating_add(MOST_TRIES)) {
            let file_name = name.with(number, extension);
            let target = self.folder.join(&file_name);
            if same && equal(&mut self.file, &target)? {
                return Ok(Placed::Already);
            }
            match put(self.path, &target) {
                Ok(()) => {
                    sync_folder(&self.folder);
                    return Ok(Placed::New(file_name));
                }
                Err((path, error)) if error.kind() == io::ErrorKind::AlreadyExists => {
                    self.path = path;
                }
                Err((_, error)) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

/// Whether a path is that of a file on its way.
pub(crate) fn is_part(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with(PART_PREFIX) && name.ends_with(PART_SUFFIX)
}

/// Removes a file that was on its way when its program was killed.
pub(crate) fn clear_if_left_over(path: &Path) {
    let Ok(file) = File::open(path) else { return };
    if file.try_lock().is_ok() {
        drop(file);
        let _ = fs::remove_file(path);
    }
}

fn put(path: TempPath, target: &Path) -> Result<(), (TempPath, io::Error)> {
    let path = match path.persist_noclobber(target) {
        Ok(()) => return Ok(()),
        Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => {
            return Err((failed.path, failed.error));
        }
        Err(failed) => failed.path,
    };
    // A file system that can neither link nor rename without replacing (some USB sticks): hold the
    // name with an empty file of our own, then replace that.
    if let Err(error) = OpenOptions::new().write(true).create_new(true).open(target) {
        return Err((path, error));
    }
    path.persist(target).map_err(|failed| {
        let _ = fs::remove_file(target);
        (failed.path, failed.error)
    })
}

fn equal(file: &mut File, other: &Path) -> io::Result<bool> {
    let Ok(mut other) = File::open(other) else { return Ok(false) };
    if file.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    io::Seek::rewind(file)?;
    let (mut left, mut right) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let count = file.read(&mut left)?;
        if count == 0 {
            return Ok(true);
        }
        other.read_exact(&mut right[..count])?;
        if left[..count] != right[..count] {
            return Ok(false);
        }
    }
}

/// Makes the new name itself survive a power cut, where the system can.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = folder;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn part(folder: &Path, text: &str) -> Place {
        let mut place = Place::new(folder).unwrap();
        place.file().write_all(text.as_bytes()).unwrap();
        place
    }

    fn name() -> FileName {
        FileName::new("2026-03-14".parse().unwrap(), &["Noortje".to_owned()])
    }

    #[test]
    fn nothing_is_ever_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("2026-03-14 Noortje 02.jpg"), "the parent's own").unwrap();
        let placed = part(dir.path(), "photo").finish(&name(), "jpg", 2, 5, false).unwrap();
        assert_eq!(placed, Placed::New("2026-03-14 Noortje 06.jpg".to_owned()));
        let own = std::fs::read_to_string(dir.path().join("2026-03-14 Noortje 02.jpg")).unwrap();
        assert_eq!(own, "the parent's own");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_file_that_carries_no_mark_is_known_by_its_bytes() {
        let dir = tempfile::tempdir().unwrap();
        part(dir.path(), "film").finish(&name(), "webm", 1, 1, true).unwrap();
        let again = part(dir.path(), "film").finish(&name(), "webm", 1, 1, true).unwrap();
        assert_eq!(again, Placed::Already);
        let other = part(dir.path(), "felm").finish(&name(), "webm", 1, 1, true).unwrap();
        assert_eq!(other, Placed::New("2026-03-14 Noortje 02.webm".to_owned()));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[test]
    fn nothing_half_is_left_behind_not_even_by_a_killed_program() {
        let dir = tempfile::tempdir().unwrap();
        drop(part(dir.path(), "stopped"));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
        let left = dir.path().join(".schriftje-0.part");
        std::fs::write(&left, "killed").unwrap();
        let writing = part(dir.path(), "another program");
        clear_if_left_over(&left);
        clear_if_left_over(writing.path());
        assert!(!left.exists() && writing.path().exists());
    }
}
