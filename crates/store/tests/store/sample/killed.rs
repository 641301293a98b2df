//! A process of its own that writes until it is killed.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const FOLDER: &str = "SCHRIFTJE_KILL_FOLDER";

/// Where that process writes; `None` in a process that is none.
pub fn folder() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}

/// Runs the test `child` of this program in a process of its own, and kills it as soon as `hear`
/// has heard enough of its lines.
pub fn after<T>(
    child: &str,
    folder: &Path,
    hear: impl FnOnce(&mut dyn Iterator<Item = String>) -> T,
) -> T {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", child, "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let heard = hear(&mut lines);
    child.kill().unwrap();
    child.wait().unwrap();
    heard
}
