//! The house has one direction: a lower room never knows a higher one.

use crate::shell::{cargo, read};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What each room may know of the others, directly or through them.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("schriftje-model", &[]),
    ("schriftje-konnect", &["schriftje-model"]),
    ("schriftje-store", &["schriftje-model"]),
    ("schriftje-sync", &["schriftje-model", "schriftje-konnect", "schriftje-store"]),
    (
        "schriftje-app",
        &["schriftje-model", "schriftje-konnect", "schriftje-store", "schriftje-sync"],
    ),
    ("schriftje-cli", BELOW_THE_HOSTS),
    ("schriftje", BELOW_THE_HOSTS),
    ("schriftje-demo-pictures", &[]),
    ("schriftje-demo-portal", &["schriftje-demo-pictures"]),
    ("xtask", &[]),
];

/// The hosts, window and terminal, stand on everything but each other.
const BELOW_THE_HOSTS: &[&str] =
    &["schriftje-model", "schriftje-konnect", "schriftje-store", "schriftje-sync", "schriftje-app"];

/// Which rooms may hold something of these libraries, directly or through others.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("tauri", &["schriftje"]),
    (
        "reqwest",
        &["schriftje-konnect", "schriftje-sync", "schriftje-app", "schriftje-cli", "schriftje"],
    ),
    (
        "rusqlite",
        &[
            "schriftje-store",
            "schriftje-sync",
            "schriftje-app",
            "schriftje-cli",
            "schriftje",
            "schriftje-demo-portal",
        ],
    ),
];

/// Checks every room's dependencies as cargo resolves them.
pub fn check() -> Result<()> {
    let text = read(cargo().args(["metadata", "--format-version", "1", "--locked", "--quiet"]))?;
    let metadata: Value = serde_json::from_str(&text).context("cargo metadata is not JSON")?;
    let names = names(&metadata);
    let graph = graph(&metadata);
    let members: BTreeSet<&str> =
        MAY_KNOW.iter().map(|(name, _)| *name).chain(["schriftje-tests"]).collect();
    let mut wrong = Vec::new();

    for id in
        metadata["workspace_members"].as_array().into_iter().flatten().filter_map(Value::as_str)
    {
        let name = names.get(id).copied().unwrap_or(id);
        if !members.contains(name) {
            wrong.push(format!("{name} has no place in the house: add it to xtask/src/rooms.rs"));
            continue;
        }
        let Some((_, allowed)) = MAY_KNOW.iter().find(|(room, _)| *room == name) else { continue };
        for known in reach(&graph, id).iter().filter_map(|id| names.get(id).copied()) {
            if members.contains(known) && known != name && !allowed.contains(&known) {
                wrong.push(format!("{name} knows {known}, which is above it"));
            }
            for (library, rooms) in ONLY_IN {
                if known == *library && !rooms.contains(&name) {
                    wrong.push(format!("{name} pulls in {library}"));
                }
            }
        }
    }
    if !wrong.is_empty() {
        bail!("the house is not in order:\n  {}", wrong.join("\n  "));
    }
    eprintln!("    the rooms keep their direction");
    Ok(())
}

fn names(metadata: &Value) -> BTreeMap<&str, &str> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .filter_map(|package| Some((package["id"].as_str()?, package["name"].as_str()?)))
        .collect()
}

/// What each package needs to be built and to run; what only its tests need is left out.
fn graph(metadata: &Value) -> BTreeMap<&str, Vec<&str>> {
    let nodes = metadata["resolve"]["nodes"].as_array().into_iter().flatten();
    nodes
        .filter_map(|node| {
            let needs = node["deps"].as_array().into_iter().flatten().filter(|dep| {
                dep["dep_kinds"].as_array().into_iter().flatten().any(|kind| kind["kind"].is_null())
            });
            Some((node["id"].as_str()?, needs.filter_map(|dep| dep["pkg"].as_str()).collect()))
        })
        .collect()
}

fn reach<'a>(graph: &BTreeMap<&'a str, Vec<&'a str>>, from: &'a str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(id) = next.pop() {
        if seen.insert(id) {
            next.extend(graph.get(id).into_iter().flatten());
        }
    }
    seen
}
