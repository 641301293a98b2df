//! A calendar as a file.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Writes the file, whole or not at all. One that is there is replaced and stays as readable to
/// others as it was. Blocking.
pub(crate) fn put(to: &Path, text: &str) -> io::Result<()> {
    // A link leads to the file that is meant.
    let to = fs::canonicalize(to).unwrap_or_else(|_| to.to_owned());
    let folder = to.parent().ok_or(io::ErrorKind::IsADirectory)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    if let Ok(there) = fs::metadata(&to) {
        file.as_file().set_permissions(there.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&to).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_written_leaves_the_old_one_and_nothing_half() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("opvang.ics");
        put(&file, "eerst").unwrap();
        put(&file, "daarna").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "daarna");
        assert!(put(&dir.path().join("weg/opvang.ics"), "niets").is_err());
        let taken = dir.path().join("map.ics");
        fs::create_dir(&taken).unwrap();
        assert!(put(&taken, "niets").is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_a_shared_file_stays_shared() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("opvang.ics"), dir.path().join("hier.ics"));
        fs::write(&file, "oud").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        symlink(&file, &link).unwrap();
        put(&link, "nieuw").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "nieuw");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o644);
    }
}
