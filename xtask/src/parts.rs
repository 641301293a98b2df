//! `ui/src/lib/overig/over/parts.json` names what the app is made of, with the licence of each;
//! `licences.json` beside it holds the texts.

use crate::licences::{self, Texts};
use crate::shell::{cargo, read, root};
use anyhow::{Context, Result, ensure};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What is at hand to build with, and has a part in what is built.
const BUILT_IN: [&str; 2] = ["@sveltejs/kit", "@inlang/paraglide-js"];
/// The programs that ship.
const SHIPPED: [&str; 2] = ["schriftje", "schriftje-cli"];
const FOLDER: &str = "ui/src/lib/overig/over";

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    name: String,
    version: String,
    licence: String,
}

/// Where the source of a part is, and what its own description says.
#[derive(Clone)]
pub struct Source {
    /// Its folder.
    pub folder: PathBuf,
    /// Whose it is, as far as it says.
    pub holders: String,
    /// Whether code of others, in another language, may lie inside.
    pub links: bool,
}

/// Writes both lists anew.
pub fn write() -> Result<()> {
    for (file, text) in files()? {
        fs::write(&file, &text)?;
        eprintln!("    {}: {} KB", file.display(), text.len() / 1024);
    }
    Ok(())
}

/// Checks that both lists are true.
pub fn check() -> Result<()> {
    for (file, text) in files()? {
        ensure!(
            fs::read_to_string(&file).unwrap_or_default() == text,
            "{} is out of date: cargo xtask parts",
            file.display()
        );
    }
    Ok(())
}

fn files() -> Result<[(PathBuf, String); 2]> {
    let parts = list()?;
    let mut texts = Texts::default();
    for (part, source) in &parts {
        let name = format!("{} {}", part.name, part.version);
        texts.take(&name, &part.licence, source)?;
    }
    let own = licences::read(&root().join("LICENSE"))?;
    let licences = serde_json::to_string_pretty(&texts.told(own))? + "\n";
    let names: BTreeSet<&Part> = parts.keys().collect();
    let names = serde_json::to_string_pretty(&names)? + "\n";
    let folder = root().join(FOLDER);
    Ok([(folder.join("parts.json"), names), (folder.join("licences.json"), licences)])
}

/// What ships, on every system: what only builds or tests is not in it.
fn list() -> Result<BTreeMap<Part, Source>> {
    let metadata: Value = serde_json::from_str(&read(cargo().args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
    ]))?)?;
    let mut parts = crates(&metadata)?;
    let lock = fs::read_to_string(root().join("ui/package-lock.json"))?;
    let lock: Value = serde_json::from_str(&lock)?;
    for (place, package) in lock["packages"].as_object().context("no packages")? {
        let name = place.rsplit("node_modules/").next().unwrap_or_default();
        // Nor is what a package runs on one system only while it builds.
        let flags = ["dev", "devOptional", "optional", "extraneous"];
        let ships = BUILT_IN.contains(&name) || flags.iter().all(|flag| package[flag] != true);
        if name.is_empty() || !ships {
            continue;
        }
        let folder = root().join("ui").join(place);
        ensure!(folder.is_dir(), "{place} is not here: npm ci");
        let holders = format!("the authors of {name}");
        if let Some(part) = part(package, &Value::from(name)) {
            parts.insert(part, Source { folder, holders, links: false });
        }
    }
    Ok(parts)
}

/// The crates that the programs are built from.
fn crates(metadata: &Value) -> Result<BTreeMap<Part, Source>> {
    let by_id = |list: &Value| -> Result<BTreeMap<String, Value>> {
        let list = list.as_array().context("no packages")?;
        Ok(list
            .iter()
            .filter_map(|one| Some((one["id"].as_str()?.to_owned(), one.clone())))
            .collect())
    };
    let packages = by_id(&metadata["packages"])?;
    let nodes = by_id(&metadata["resolve"]["nodes"])?;
    let is_shipped = |package: &Value| SHIPPED.iter().any(|name| package["name"] == *name);
    let mut to_see: Vec<&str> =
        packages.iter().filter(|(_, one)| is_shipped(one)).map(|(id, _)| id.as_str()).collect();
    ensure!(to_see.len() == SHIPPED.len(), "a program is missing");
    let (mut seen, mut parts) = (BTreeSet::new(), BTreeMap::new());
    while let Some(id) = to_see.pop() {
        if !seen.insert(id) {
            continue;
        }
        for on in nodes[id]["deps"].as_array().into_iter().flatten() {
            let kinds = on["dep_kinds"].as_array();
            if kinds.into_iter().flatten().any(|kind| kind["kind"].is_null()) {
                to_see.extend(on["pkg"].as_str());
            }
        }
        let package = &packages[id];
        if package["source"].is_null() {
            continue;
        }
        if let Some(part) = part(package, &package["name"]) {
            parts.insert(part, source(package)?);
        }
    }
    Ok(parts)
}

fn source(package: &Value) -> Result<Source> {
    let manifest = package["manifest_path"].as_str().context("no manifest")?;
    let authors: Vec<&str> =
        package["authors"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let name = package["name"].as_str().unwrap_or_default();
    Ok(Source {
        folder: Path::new(manifest).parent().unwrap_or(Path::new("")).to_owned(),
        holders: if authors.is_empty() {
            format!("the authors of {name}")
        } else {
            authors.join(", ")
        },
        links: !package["links"].is_null(),
    })
}

fn part(package: &Value, name: &Value) -> Option<Part> {
    Some(Part {
        name: name.as_str()?.to_owned(),
        version: package["version"].as_str()?.to_owned(),
        licence: package["license"].as_str().unwrap_or("see its source").to_owned(),
    })
}
