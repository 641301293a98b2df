//! `cargo xtask run`: the app on the demo portal.

use crate::demo::{DemoPortal, Folder, Ports};
use crate::shell::{cargo, root, run as run_command, target};
use crate::system::{self, Purpose};
use crate::{disk, node, tools};
use anyhow::{Context, Result};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// How to run.
#[derive(clap::Args)]
pub struct Options {
    /// Build for speed instead of for changing.
    #[arg(long)]
    release: bool,
    /// How much the demo organisation holds.
    #[arg(long, default_value = "family", value_parser = ["small", "family", "large", "huge"])]
    size: String,
    /// Drive the main path on a virtual display, also when there is a real one.
    #[arg(long)]
    tour: bool,
}

/// Draws every screen in every language, theme and size for `docs/screens`.
pub fn screens() -> Result<()> {
    let options = Options { release: false, size: "family".into(), tour: true };
    disk::check(disk::TO_RUN)?;
    system::prepare(Purpose::VirtualWindow)?;
    node::prepare()?.build_interface()?;
    build(&options, &["schriftje", "schriftje-demo-portal", "schriftje-tests"])?;
    let sheets = root().join("docs/screens");
    drive(&options, &["--languages", "nl,en", "--sheets", &sheets.to_string_lossy()])
}

/// Builds everything, starts the demo portal and opens the window on it.
pub fn run(options: &Options) -> Result<()> {
    let tour = options.tour || !system::has_display();
    disk::check(disk::TO_RUN)?;
    system::prepare(if tour { Purpose::VirtualWindow } else { Purpose::Window })?;
    node::prepare()?.build_interface()?;
    // All in one call: features are settled together, and nothing is compiled twice.
    let hands = if tour { "schriftje-tests" } else { "schriftje-cli" };
    build(options, &["schriftje", "schriftje-demo-portal", hands])?;
    if tour { drive(options, &[]) } else { open(options) }
}

fn build(options: &Options, packages: &[&str]) -> Result<()> {
    let mut build = cargo();
    build.args(["build", "--locked"]);
    for package in packages {
        build.args(["--package", package]);
    }
    if options.release {
        build.arg("--release");
    }
    run_command(&mut build)
}

fn program(options: &Options, name: &str) -> PathBuf {
    let profile = if options.release { "release" } else { "debug" };
    target().join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn portal(options: &Options, ports: Ports, live: bool) -> Result<DemoPortal> {
    DemoPortal::start(&program(options, "demo-portal"), &options.size, ports, live)
}

/// The window of somebody who is signed in, on a portal where something happens.
fn open(options: &Options) -> Result<()> {
    let profile = if options.release { "app-release" } else { "app" };
    let folder = Folder::open(target().join("demo").join(profile).join(&options.size))?;
    let portal = portal(options, folder.ports(), true)?;
    println!("\n{}", portal.introduction());
    match sign_in(options, &portal, &folder) {
        Ok(username) => println!("You are signed in as {username}."),
        Err(error) => {
            eprintln!("\n    {error:#}");
            println!("Please sign in yourself, with one of the accounts above.");
        }
    }
    println!("While the window is open, the demo plays a day at the nursery: about every minute");
    println!("something new is posted. Close the window to end it.\n");
    let mut app = Command::new(program(options, "schriftje"));
    app.arg("--data-dir").arg(folder.data()).args(["--portal", portal.address()]);
    run_command(keys(&mut app, options, &folder))
}

/// Signs in at the demo as a parent would in the terminal; the window then begins signed in.
fn sign_in(options: &Options, portal: &DemoPortal, folder: &Folder) -> Result<String> {
    let account = portal.accounts().into_iter().next().context("the demo has no accounts")?;
    let mut cli = Command::new(program(options, "schriftje-cli"));
    cli.arg("--data-dir").arg(folder.data());
    keys(&mut cli, options, folder)
        .args(["login", "--portal", portal.address(), "--user", &account.username])
        .arg("--password-stdin")
        .stdin(Stdio::piped())
        .stdout(Stdio::null());
    let mut signing_in = cli.spawn().context("schriftje-cli did not start")?;
    let mut input = signing_in.stdin.take().context("schriftje-cli takes no password")?;
    writeln!(input, "{}", account.password)?;
    drop(input);
    let ended = signing_in.wait()?;
    anyhow::ensure!(ended.success(), "the demo account could not be signed in ({ended})");
    Ok(account.username)
}

/// A debug build keeps the demo's keys beside it. A release knows the system's credential store
/// alone.
fn keys<'a>(command: &'a mut Command, options: &Options, folder: &Folder) -> &'a mut Command {
    if !options.release {
        command.arg("--key-file").arg(folder.keys());
    }
    command
}

/// Without a display: a virtual one, the main path, and pictures of it.
fn drive(options: &Options, more: &[&str]) -> Result<()> {
    let portal = portal(options, Ports::default(), false)?;
    let shots = target().join("screenshots");
    run_command(
        Command::new(program(options, "tour"))
            .arg("--app")
            .arg(program(options, "schriftje"))
            .args(["--portal", &portal.ready.to_string()])
            .arg("--shots")
            .arg(&shots)
            .args(more)
            .env("SCHRIFTJE_DRIVER", tools::DRIVER.program()?),
    )?;
    println!("\n{}", portal.introduction());
    println!("There is no display here, so the main path was driven on a virtual one.");
    println!("Screenshots: {}", shots.display());
    Ok(())
}
