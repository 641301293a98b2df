//! What reads calendars for the tests, in a Python environment of its own.

use crate::shell::{root, run, target, version};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is installed, each at a version and with its hash.
const READERS: &str = "xtask/calendar-readers.txt";

/// Installs it below `target/tools`, where the tests look for it.
pub fn prepare() -> Result<()> {
    let folder = target().join("tools/calendar-readers");
    let wanted = std::fs::read_to_string(root().join(READERS))?;
    let installed = folder.join("installed.txt");
    if std::fs::read_to_string(&installed).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    let python = if cfg!(windows) { "python" } else { "python3" };
    if version(python).is_none() {
        bail!("Python 3.11 or newer is not installed");
    }
    eprintln!("    installing what reads calendars");
    run(Command::new(python).args(["-m", "venv", "--clear"]).arg(&folder))
        .context("no Python environment could be made")?;
    let mut install = Command::new(program(&folder));
    install
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        .args(["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r"])
        .arg(root().join(READERS));
    run(&mut install).context("what reads calendars could not be installed")?;
    std::fs::write(installed, wanted)?;
    Ok(())
}

fn program(folder: &Path) -> PathBuf {
    folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}
