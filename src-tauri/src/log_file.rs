//! The log: one file and the one before it, in the data folder. What is written there holds nothing
//! private; it goes when the last account signs out.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tracing_subscriber::fmt::MakeWriter;

/// A file grows to this many bytes before the next one begins.
const LARGEST: u64 = 1024 * 1024;

/// A log that keeps itself small and can be taken away while the app runs.
#[derive(Clone)]
pub struct LogFile(Arc<Mutex<State>>);

struct State {
    folder: PathBuf,
    file: Option<File>,
    size: u64,
}

impl LogFile {
    /// A log in `folder`. Neither folder nor file is made before there is something to say.
    pub fn in_folder(folder: &Path) -> Self {
        Self(Arc::new(Mutex::new(State { folder: folder.to_owned(), file: None, size: 0 })))
    }

    /// Removes what was written. A later line begins anew.
    pub fn remove(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.file = None;
        for file in [state.current(), state.previous()] {
            // What is not there need not be removed, and there is nowhere to report trouble to.
            let _ = fs::remove_file(file);
        }
        let _ = fs::remove_dir(&state.folder);
    }
}

impl State {
    fn current(&self) -> PathBuf {
        self.folder.join("schriftje.log")
    }

    fn previous(&self) -> PathBuf {
        self.folder.join("schriftje.1.log")
    }

    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        if self.file.is_some() && self.size >= LARGEST {
            self.file = None;
            fs::rename(self.current(), self.previous())?;
        }
        if self.file.is_none() {
            fs::create_dir_all(&self.folder)?;
            let file = OpenOptions::new().create(true).append(true).open(self.current())?;
            self.size = file.metadata()?.len();
            self.file = Some(file);
        }
        if let Some(file) = &mut self.file {
            file.write_all(line)?;
            self.size += line.len() as u64;
        }
        Ok(())
    }
}

/// One line on its way to the file.
pub struct Line<'a>(&'a LogFile);

impl Write for Line<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).write(line)?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for LogFile {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_takes_more_than_two_files() {
        let folder = tempfile::tempdir().unwrap();
        let log = LogFile::in_folder(&folder.path().join("logs"));
        let line = vec![b'x'; 100_000];
        for _ in 0..50 {
            log.make_writer().write_all(&line).unwrap();
        }
        let sizes: Vec<u64> = fs::read_dir(folder.path().join("logs"))
            .unwrap()
            .map(|file| file.unwrap().metadata().unwrap().len())
            .collect();
        assert_eq!(sizes.len(), 2);
        assert!(sizes.iter().all(|size| *size <= LARGEST + 100_000));
    }

    #[test]
    fn it_can_be_taken_away_and_begins_anew() {
        let folder = tempfile::tempdir().unwrap();
        let log = LogFile::in_folder(&folder.path().join("logs"));
        log.make_writer().write_all(b"one\n").unwrap();
        log.remove();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        log.make_writer().write_all(b"two\n").unwrap();
        assert_eq!(fs::read(folder.path().join("logs/schriftje.log")).unwrap(), b"two\n");
    }
}
