//! Room on the disk, asked for before anything is built rather than found out at the end.

use crate::shell::target;
use anyhow::{Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Gigabytes that `cargo xtask run` takes, its target folder included.
pub const TO_RUN: u64 = 5;
/// Gigabytes that `cargo xtask test` takes, its target folder included.
pub const TO_TEST: u64 = 10;

const GIGABYTE: u64 = 1_000_000_000;

/// Checks that there is room for `needed` gigabytes of building. What was built before counts.
/// Where free space cannot be told, nothing is said.
pub fn check(needed: u64) -> Result<()> {
    let target = target();
    let Some(free) = free(&target) else { return Ok(()) };
    let built = [target.join("debug/deps"), target.join("release/deps")];
    let here: u64 = built.iter().map(|folder| size(folder)).sum();
    match lack(needed, here, free) {
        Some(text) => bail!("{text}\n  ({} is where cargo builds)", target.display()),
        None => Ok(()),
    }
}

/// What to tell when there is not enough.
fn lack(needed: u64, here: u64, free: u64) -> Option<String> {
    let left = (needed * GIGABYTE).saturating_sub(here);
    let tenths =
        |bytes: u64| format!("{}.{} GB", bytes / GIGABYTE, bytes % GIGABYTE * 10 / GIGABYTE);
    (free < left).then(|| {
        format!(
            "the disk has {} free, and building takes about {} more.\n  Please make room \
             (`cargo clean` here frees what older builds left), or set CARGO_TARGET_DIR to a \
             folder on a larger disk.",
            tenths(free),
            tenths(left)
        )
    })
}

/// Bytes a user may still write where `path` is, or will be.
fn free(path: &Path) -> Option<u64> {
    let there = path.ancestors().find(|folder| folder.is_dir())?;
    let output = Command::new("df").arg("-Pk").arg(there).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    available(&text)
}

/// The fourth column of what POSIX `df -Pk` answers, in bytes.
fn available(df: &str) -> Option<u64> {
    let row = df.lines().nth(1)?;
    // A device's name may hold spaces; the mount point behind the percentage as well.
    let before = row.split('%').next()?;
    let kilobytes = before.split_whitespace().rev().nth(1)?;
    Some(kilobytes.parse::<u64>().ok()? * 1024)
}

fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|data| data.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_disk_is_told_with_its_numbers_and_what_was_built_counts() {
        let df = "Filesystem 1024-blocks Used Available Capacity Mounted on\n\
                  /dev/vda 263174212 51380224 4096000 54% /\n";
        assert_eq!(available(df), Some(4_194_304_000));
        assert_eq!(available("df: no such file"), None);
        let told = lack(10, 2 * GIGABYTE, 4_194_304_000).unwrap_or_default();
        assert!(told.contains("4.1 GB free") && told.contains("8.0 GB more"), "{told}");
        assert_eq!(lack(10, 7 * GIGABYTE, 4_194_304_000), None);
        assert_eq!(lack(10, 12 * GIGABYTE, 0), None);
    }
}
