//! `ui/src/lib/overig/over/parts.json` names what the app is made of, with the licence of each.

use crate::shell::{cargo, read, root};
use anyhow::{Context, Result, ensure};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    name: String,
    version: String,
    licence: String,
}

/// Writes the list anew.
pub fn write() -> Result<()> {
    Ok(fs::write(path(), list()?)?)
}

/// Checks that the list is true.
pub fn check() -> Result<()> {
    ensure!(
        fs::read_to_string(path()).unwrap_or_default() == list()?,
        "the list of parts is out of date: cargo xtask parts"
    );
    Ok(())
}

fn path() -> PathBuf {
    root().join("ui/src/lib/overig/over/parts.json")
}

fn list() -> Result<String> {
    let mut parts = BTreeSet::new();
    let metadata: Value = serde_json::from_str(&read(cargo().args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
    ]))?)?;
    for package in metadata["packages"].as_array().context("no packages")? {
        if !package["source"].is_null() {
            parts.extend(part(package, &package["name"], &package["license"]));
        }
    }
    let lock = fs::read_to_string(root().join("ui/package-lock.json"))?;
    let lock: Value = serde_json::from_str(&lock)?;
    for (place, package) in lock["packages"].as_object().context("no packages")? {
        let name = place.rsplit("node_modules/").next().unwrap_or_default();
        // What is only there to build and test with does not ship.
        if !name.is_empty() && package["dev"] != true {
            parts.extend(part(package, &Value::from(name), &package["license"]));
        }
    }
    Ok(serde_json::to_string_pretty(&parts)? + "\n")
}

fn part(package: &Value, name: &Value, licence: &Value) -> Option<Part> {
    Some(Part {
        name: name.as_str()?.to_owned(),
        version: package["version"].as_str()?.to_owned(),
        licence: licence.as_str().unwrap_or("see its source").to_owned(),
    })
}
