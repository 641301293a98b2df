//! Cargo tools that checks need, at the versions they are known to work with.

use crate::shell::{cargo, run, target, version};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// A tool from the crate registry.
pub struct Tool {
    name: &'static str,
    version: &'static str,
}

/// Checks licences, sources and, where its database is at hand, advisories.
pub const DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2" };
/// Carries `WebDriver` to the window's web view.
pub const DRIVER: Tool = Tool { name: "tauri-driver", version: "2.1.0" };

impl Tool {
    /// Its program: the one on `PATH` when that is this very version, else installed below `target/tools`.
    pub fn program(&self) -> Result<PathBuf> {
        if version(self.name).is_some_and(|text| text.ends_with(self.version)) {
            return Ok(PathBuf::from(self.name));
        }
        let folder = target().join("tools").join(format!("{}-{}", self.name, self.version));
        let program =
            folder.join("bin").join(format!("{}{}", self.name, std::env::consts::EXE_SUFFIX));
        if !program.exists() {
            eprintln!("    installing {} {}", self.name, self.version);
            let build = target().join("tools/build");
            let mut install = cargo();
            install
                .args(["install", "--quiet", "--locked", "--debug", "--root"])
                .arg(&folder)
                .args([self.name, "--version", self.version])
                // Its own folder, so that it neither waits for nor disturbs the project's builds.
                .env("CARGO_TARGET_DIR", &build)
                .env("CARGO_PROFILE_DEV_DEBUG", "0");
            let installed = run(&mut install);
            // Nothing is built there twice, and it takes most of a gigabyte. Without it all is well.
            let _ = std::fs::remove_dir_all(build);
            installed.with_context(|| format!("{} could not be installed", self.name))?;
        }
        Ok(program)
    }
}
