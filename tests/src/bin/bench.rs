//! Measures start-up, sync and queries with real programs, and prints a table:
//! `bench --app BIN --empty BIN --portal BIN --folder DIR [--quick]`. What needs neither a window nor
//! other programs can be measured alone: `bench --newsletters`.

use anyhow::{Context, Result, bail};
use schriftje_tests::bench::{self, Programs};
use schriftje_tests::desktop::Desktop;
use schriftje_tests::home::Home;
use std::process::Command;

/// Set in the second of the two processes, the one that lives on the desktop.
const ON_THE_DESKTOP: &str = "SCHRIFTJE_BENCH_DESKTOP";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments == ["--newsletters"] {
        let measured = tokio::runtime::Runtime::new()?.block_on(bench::newsletter::measure())?;
        bench::newsletter::print(&measured);
        return Ok(());
    }
    if std::env::var_os(ON_THE_DESKTOP).is_some() {
        let programs = programs(&arguments)?;
        return tokio::runtime::Runtime::new()?.block_on(bench::run(&programs));
    }
    // The credential store and the display are found through the environment, which only a new
    // process can be given.
    let desktop = Desktop::start()?;
    let home = Home::new()?;
    let status = Command::new(std::env::current_exe()?)
        .args(&arguments)
        .env_clear()
        .envs(home.environment())
        .envs(desktop.environment())
        .env(ON_THE_DESKTOP, "1")
        .status()?;
    if !status.success() {
        bail!("the bench ended with {status}");
    }
    Ok(())
}

fn programs(arguments: &[String]) -> Result<Programs> {
    let after = |flag: &str| {
        let at = arguments.iter().position(|argument| argument == flag);
        let value = at.and_then(|at| arguments.get(at + 1));
        value.map(Into::into).with_context(|| format!("{flag} is missing"))
    };
    Ok(Programs {
        app: after("--app")?,
        empty: after("--empty")?,
        portal: after("--portal")?,
        folder: after("--folder")?,
        quick: arguments.iter().any(|argument| argument == "--quick"),
    })
}
