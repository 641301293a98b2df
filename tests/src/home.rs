//! A home folder to throw away: everything the app keeps lies below it.

use anyhow::{Context, Result};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A home folder that goes with the value.
pub struct Home(TempDir);

impl Home {
    /// An empty one.
    pub fn new() -> Result<Self> {
        let home = Self(tempfile::Builder::new().prefix("schriftje-home-").tempdir()?);
        for folder in [home.run(), home.temporary()] {
            fs::create_dir_all(&folder)?;
            private(&folder)?;
        }
        Ok(home)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Where photos are saved to unless another folder is chosen.
    pub fn pictures(&self) -> PathBuf {
        self.path().join("Pictures/Schriftje")
    }

    /// Sockets of a session.
    fn run(&self) -> PathBuf {
        self.path().join(".run")
    }

    /// Temporary files, within the home folder so that nothing escapes a look.
    fn temporary(&self) -> PathBuf {
        self.path().join(".tmp")
    }

    /// What a program needs to live in it, and nothing of the developer's own session.
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        vec![
            ("PATH", path),
            ("HOME", self.path().into()),
            ("XDG_RUNTIME_DIR", self.run().into()),
            ("TMPDIR", self.temporary().into()),
            ("LANG", "nl_NL.UTF-8".into()),
        ]
    }

    /// Every file in it, by its path within, sorted.
    pub fn files(&self) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).with_context(|| format!("{}", folder.display()))? {
                let path = entry?.path();
                if path.is_dir() && !path.is_symlink() {
                    folders.push(path);
                } else {
                    files.push(path.strip_prefix(self.path())?.to_owned());
                }
            }
        }
        files.sort();
        Ok(files)
    }

    /// The files in which one of these texts can be read, in UTF-8 or UTF-16.
    pub fn readable(&self, texts: &[&str]) -> Result<Vec<(PathBuf, String)>> {
        let mut found = Vec::new();
        for file in self.files()? {
            // A socket or a file of another moment cannot be read and holds nothing.
            let Ok(bytes) = fs::read(self.path().join(&file)) else { continue };
            for text in texts {
                let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
                if holds(&bytes, text.as_bytes()) || holds(&bytes, &wide) {
                    found.push((file.clone(), (*text).to_owned()));
                }
            }
        }
        Ok(found)
    }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    !wanted.is_empty() && bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(unix)]
fn private(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?)
}

#[cfg(not(unix))]
fn private(_: &Path) -> Result<()> {
    Ok(())
}
