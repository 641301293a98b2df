//! `cargo xtask test`: every check and test, with where the time goes.

use crate::shell::{cargo, root, run, target};
use crate::system::{self, Purpose};
use crate::{disk, manual, node, parts, python, rooms, tools};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The Rust tests as cargo is asked for them; the window's own are ignored unless asked for.
/// `--tests` leaves out what says `test = false`: with `--lib` or `--bins` cargo would build test
/// runners without a test in them.
pub const TESTS: &[&str] = &["test", "--workspace", "--tests", "--locked", "--no-fail-fast"];

/// What to leave out while working on something.
#[derive(clap::Args)]
pub struct Options {
    /// Leave out the tests that open a real window.
    #[arg(long)]
    no_window: bool,
    /// Fetch the advisory database instead of using the one at hand.
    #[arg(long)]
    fetch_advisories: bool,
}

/// Runs everything; the first failure ends it.
pub fn test(options: &Options) -> Result<()> {
    let mut steps = Steps::default();
    steps.step("room on the disk", || disk::check(disk::TO_TEST))?;
    steps.step("system packages", || system::prepare(Purpose::Tests))?;
    let node = steps.step("Node.js and packages", || {
        let node = node::prepare()?;
        node.install_packages()?;
        Ok(node)
    })?;
    steps.step("readers of calendars", python::prepare)?;
    steps.step("formatting", || run(cargo().args(["fmt", "--all", "--check"])))?;
    steps.step("rooms", rooms::check)?;
    steps.step("list of parts", parts::check)?;
    steps.step("interface: types, lints, format", || {
        run(node.npm().args(["run", "--silent", "check"]))
    })?;
    steps.tests("interface tests", &mut manual::interface_tests(&node))?;
    steps.step("interface build", || node.build_interface())?;
    steps.step("licences and advisories", || licences(options.fetch_advisories))?;
    // The programs too: the window's tests start them, and cargo builds them for no test by itself.
    steps.step("lints, and building programs and tests", || {
        let all = ["--lib", "--bins", "--examples", "--tests", "--locked", "--quiet"];
        run(linting().args(["build", "--workspace"]).args(all))
    })?;
    steps.step("manual coverage", manual::check_against_reports)?;
    steps.tests("tests", linting().args(TESTS))?;
    if !options.no_window {
        let driver = steps.step("WebDriver", || tools::DRIVER.program())?;
        let mut window = linting();
        window
            .args(TESTS)
            // Each has a desktop of its own.
            .args(["--", "--ignored", "--test-threads=2", "--nocapture"])
            .env("SCHRIFTJE_APP", target().join("debug/schriftje"))
            .env("SCHRIFTJE_DRIVER", driver);
        steps.tests("real window", &mut window)?;
    }
    steps.summary();
    Ok(())
}

/// Cargo with clippy as the compiler, as `cargo clippy` itself calls it. Clippy is a compiler that
/// also lints: building with it spares a second reading of every dependency.
pub fn linting() -> Command {
    let mut command = cargo();
    command
        .env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver")
        .env("CLIPPY_ARGS", "-Dwarnings__CLIPPY_HACKERY__");
    command
}

fn licences(fetch: bool) -> Result<()> {
    let deny = tools::DENY.program()?;
    let check = |what: &[&str]| {
        run(Command::new(&deny).current_dir(root()).args(["--log-level", "error"]).args(what))
    };
    check(&["--offline", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"])?;
    if fetch {
        return check(&["check", "advisories"]);
    }
    if std::env::var_os("HOME")
        .is_some_and(|home| std::path::Path::new(&home).join(".cargo/advisory-dbs").exists())
    {
        return check(&["--offline", "check", "advisories"]);
    }
    eprintln!("    advisories NOT checked: no database here; --fetch-advisories fetches it");
    Ok(())
}

/// What ran, how long it took, and how the test runners closed.
#[derive(Default)]
struct Steps {
    times: Vec<(&'static str, Duration)>,
    closing: Vec<String>,
}

impl Steps {
    fn step<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        eprintln!("\n==> {name}");
        let start = Instant::now();
        let done = work().with_context(|| format!("{name} failed"))?;
        self.times.push((name, start.elapsed()));
        Ok(done)
    }

    /// A step whose runner's closing lines are repeated at the end.
    fn tests(&mut self, name: &'static str, command: &mut Command) -> Result<()> {
        let closing = self.step(name, || {
            let mut child = command.stdout(Stdio::piped()).spawn()?;
            let mut closing = Vec::new();
            let output = child.stdout.take().context("no output")?;
            for line in BufReader::new(output).lines() {
                let line = line?;
                println!("{line}");
                let plain = without_colours(&line);
                if plain.starts_with("test result:") && !plain.contains(" 0 passed; 0 failed;")
                    || plain.trim_start().starts_with("Tests ")
                {
                    closing.push(plain.trim().to_owned());
                }
            }
            let status = child.wait()?;
            if !status.success() {
                bail!("{status}");
            }
            Ok(closing)
        })?;
        self.closing.extend(closing);
        Ok(())
    }

    fn summary(&self) {
        eprintln!("\nWhere the time went:");
        for (name, time) in &self.times {
            eprintln!("  {:>7.1} s  {name}", time.as_secs_f64());
        }
        let total: Duration = self.times.iter().map(|(_, time)| *time).sum();
        eprintln!("  {:>7.1} s  in all\n", total.as_secs_f64());
        for line in &self.closing {
            println!("{line}");
        }
    }
}

fn without_colours(line: &str) -> String {
    let mut plain = String::new();
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            characters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(character);
        }
    }
    plain
}
