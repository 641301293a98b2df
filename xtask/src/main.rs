//! `cargo xtask run`, `test` and `bench`: the project's only scripts.

mod bench;
mod demo;
mod disk;
mod licences;
mod manual;
mod node;
mod package;
mod parts;
mod python;
mod rooms;
mod run;
mod shell;
mod system;
mod test;
mod tools;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Builds, runs, tests and measures Schriftje.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is missing, build, start the demo portal and open the app on it.
    Run(run::Options),
    /// Install what is missing and run every check and test.
    Test(test::Options),
    /// Measure start-up, sync and queries, and print the table of docs/benchmarks.md.
    Bench(bench::Options),
    /// Draw every screen in every language, theme and size for docs/screens.
    Screens,
    /// Build the packages of this system: .deb and .rpm, .msi and .exe, or .dmg.
    Package,
    /// Write the list of what the app is made of, with licences.
    Parts,
    /// Check that no room knows a higher one.
    Rooms,
    /// Install what the tests open calendars with.
    Readers,
    /// Check that every test named in docs/manual-coverage.md exists.
    Manual,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Test(options) => test::test(&options),
        Command::Bench(options) => bench::bench(&options),
        Command::Screens => run::screens(),
        Command::Package => package::package(),
        Command::Parts => parts::write(),
        Command::Rooms => rooms::check(),
        Command::Readers => python::prepare(),
        Command::Manual => manual::check(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
