//! `cargo xtask package`: what a parent installs, for the system it is made on.

use crate::shell::{root, run, target};
use crate::system::{self, Purpose};
use crate::{disk, node};
use anyhow::Result;

/// Builds the packages of this system and says where they are. None of them is signed.
pub fn package() -> Result<()> {
    disk::check(disk::TO_RUN)?;
    system::prepare(Purpose::Window)?;
    let node = node::prepare()?;
    node.build_interface()?;
    let tauri = root().join("ui/node_modules/@tauri-apps/cli/tauri.js");
    run(node
        .node()
        .arg(tauri)
        .args(["build", "--ci"])
        // It is built already, and the script would be looked for elsewhere.
        .args(["--config", r#"{"build":{"beforeBuildCommand":""}}"#, "--", "--locked"])
        .current_dir(root()))?;
    println!("\nPackages: {}", target().join("release/bundle").display());
    Ok(())
}
