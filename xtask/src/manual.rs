//! `docs/manual-coverage.md` names, for every promise of the portal's manual, the test that shows it.

use crate::shell::{cargo, read, root};
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;

/// Checks that every test named there exists among the tests that run.
///
/// A test stands there as `` `rust:name` `` or `` `window:name` `` (its function, or `file::function`),
/// or as `` `ui:title` ``; a row that is not covered says "not yet" or "not the app's" instead.
pub fn check() -> Result<()> {
    let page = std::fs::read_to_string(root().join("docs/manual-coverage.md"))
        .context("docs/manual-coverage.md cannot be read")?;
    let rust = rust_tests()?;
    let ui = interface_tests()?;
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
        let mut covered = shown_by.contains("not yet") || shown_by.contains("not the app's");
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

/// Whether a listed test is the one meant: the same name, or the same end of its path.
fn is(known: &str, test: &str) -> bool {
    known == test || known.strip_suffix(test).is_some_and(|path| path.ends_with("::"))
}

/// Every Rust test that runs, also those that need a window.
fn rust_tests() -> Result<BTreeSet<String>> {
    let mut list = cargo();
    list.args(crate::test::TESTS).args(["--quiet", "--", "--list", "--format", "terse"]);
    let listed = read(&mut list)?;
    Ok(listed.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}

/// The titles of every interface test.
fn interface_tests() -> Result<BTreeSet<String>> {
    let mut titles = BTreeSet::new();
    let mut folders = vec![root().join("ui/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().contains(".test.") {
                let text = std::fs::read_to_string(&path)?;
                titles.extend(text.lines().filter_map(title).map(str::to_owned));
            }
        }
    }
    Ok(titles)
}

/// The title of the test that begins on this line: `test('title', …` or `it('title', …`.
fn title(line: &str) -> Option<&str> {
    let call = line.trim_start();
    let quoted =
        ["test(", "it(", "test.each("].iter().find_map(|begin| call.strip_prefix(begin))?;
    let quote = quoted.chars().next().filter(|quote| matches!(quote, '\'' | '"' | '`'))?;
    quoted[1..].split(quote).next()
}
