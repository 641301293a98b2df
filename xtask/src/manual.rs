//! `docs/manual-coverage.md` names, for every promise of the portal's manual, the test that shows it.

use crate::node::{self, Node};
use crate::shell::{read, root, run, target};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

/// Runs the interface's tests, and checks the page.
pub fn check() -> Result<()> {
    let node = node::prepare()?;
    node.install_packages()?;
    run(&mut interface_tests(&node))?;
    check_against_reports()
}

/// Checks that every test named there exists among the tests that run; of the interface's tests
/// those count that the last run reports as passed.
///
/// A test stands there as `` `rust:name` `` or `` `window:name` `` (its function, or `file::function`),
/// or as `` `ui:title` ``; a row that is not covered says just "not yet" or "not the app's" instead,
/// with why in brackets.
pub fn check_against_reports() -> Result<()> {
    let page = std::fs::read_to_string(root().join("docs/manual-coverage.md"))
        .context("docs/manual-coverage.md cannot be read")?;
    let rust = rust_tests()?;
    let ran = std::fs::read_to_string(report())
        .context("the interface's tests left no report: run `cargo xtask manual`")?;
    let ui = passed(&serde_json::from_str(&ran)?);
    let mut wrong = Vec::new();
    let mut named = 0;
    for (number, line) in page.lines().enumerate().filter(|(_, line)| line.starts_with("| §")) {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [_, _, shown_by, ..] = cells.as_slice() else {
            wrong.push(format!(
                "line {}: a row has a place, a promise and what shows it",
                number + 1
            ));
            continue;
        };
        let mut covered = is_state(shown_by);
        for name in shown_by.split('`').skip(1).step_by(2) {
            let exists = match name.split_once(':') {
                Some(("rust" | "window", test)) => rust.iter().any(|known| is(known, test)),
                Some(("ui", title)) => ui.contains(title),
                Some(("picture", file)) => root().join(file).exists(),
                _ => continue,
            };
            covered = true;
            named += 1;
            if !exists {
                wrong.push(format!("line {}: there is no {name}", number + 1));
            }
        }
        if !covered {
            wrong.push(format!("line {}: nothing shows this promise", number + 1));
        }
    }
    if !wrong.is_empty() {
        bail!("docs/manual-coverage.md is not true:\n  {}", wrong.join("\n  "));
    }
    eprintln!("    {named} tests and pictures named in docs/manual-coverage.md exist");
    Ok(())
}

/// Whether a cell says that nothing shows a promise, and why: just one of the two states, and an
/// explanation in brackets at most.
fn is_state(cell: &str) -> bool {
    ["not yet", "not the app's"].iter().any(|state| {
        let rest = cell.strip_prefix(state);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" (") && rest.ends_with(')'))
    })
}

/// Whether a listed test is the one meant: the same name, or the same end of its path.
fn is(known: &str, test: &str) -> bool {
    known == test || known.strip_suffix(test).is_some_and(|path| path.ends_with("::"))
}

/// Every Rust test that runs, also those that need a window.
fn rust_tests() -> Result<BTreeSet<String>> {
    let mut list = crate::test::linting();
    list.args(crate::test::TESTS).args(["--quiet", "--", "--list", "--format", "terse"]);
    let listed = read(&mut list)?;
    Ok(listed.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}

/// Where the interface's tests report what ran, and how it ended.
fn report() -> PathBuf {
    target().join("interface-tests.json")
}

/// Runs the interface's tests, with a report of each.
pub fn interface_tests(node: &Node) -> Command {
    let mut tests = node.npm();
    // An older report would speak for tests that do not run any more. Mostly there is none.
    let _ = std::fs::remove_file(report());
    tests.args(["test", "--silent", "--", "--reporter=default", "--reporter=json"]);
    tests.arg(format!("--outputFile.json={}", report().display()));
    tests
}

/// The titles of every interface test that ran and passed: a skipped one shows nothing.
fn passed(report: &Value) -> BTreeSet<String> {
    let files = report["testResults"].as_array().into_iter().flatten();
    let tests = files.flat_map(|file| file["assertionResults"].as_array().into_iter().flatten());
    tests
        .filter(|test| test["status"] == "passed")
        .filter_map(|test| test["title"].as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_the_whole_cell_and_no_words_within_one() {
        for state in ["not yet", "not the app's", "not yet (packages are built by hand)"] {
            assert!(is_state(state), "{state}");
        }
        for words in ["", "not yet, but soon", "it is not yet", "shown, not the app's", "not yetx"]
        {
            assert!(!is_state(words), "{words}");
        }
    }

    #[test]
    fn a_test_that_is_skipped_shows_nothing() {
        let report = serde_json::json!({ "testResults": [{ "assertionResults": [
            { "title": "opens a report whole", "status": "passed" },
            { "title": "keeps the place", "status": "skipped" },
            { "title": "says why", "status": "failed" },
        ]}]});
        assert_eq!(passed(&report).into_iter().collect::<Vec<_>>(), ["opens a report whole"]);
    }
}
