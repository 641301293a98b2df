//! `cargo xtask run`: the app on the demo portal.

use crate::shell::{cargo, run as run_command, target};
use crate::{node, system, tools};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

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

/// Builds everything, starts the demo portal and opens the window on it.
pub fn run(options: &Options) -> Result<()> {
    system::prepare()?;
    node::prepare()?.build_interface()?;
    let tour = options.tour || !system::has_display();
    // All in one call: features are settled together, and nothing is compiled twice.
    let hands: &[&str] = if tour { &["schriftje-tests"] } else { &[] };
    build(options, &[&["schriftje", "schriftje-demo-portal"], hands].concat())?;
    let mut portal = DemoPortal::start(options, !tour)?;
    let done = if tour { drive(options, &portal) } else { open(options, &portal) };
    portal.stop();
    done
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

fn program(options: &Options, name: &str) -> std::path::PathBuf {
    let profile = if options.release { "release" } else { "debug" };
    target().join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn open(options: &Options, portal: &DemoPortal) -> Result<()> {
    println!("\n{}", portal.introduction());
    run_command(Command::new(program(options, "schriftje")).args([
        "--data-dir".as_ref(),
        target().join("demo/app").as_os_str(),
        "--portal".as_ref(),
        portal.address().as_ref(),
    ]))
}

/// Without a display: a virtual one, the main path, and pictures of it.
fn drive(options: &Options, portal: &DemoPortal) -> Result<()> {
    let shots = target().join("screenshots");
    run_command(
        Command::new(program(options, "tour"))
            .arg("--app")
            .arg(program(options, "schriftje"))
            .args(["--portal", &portal.ready.to_string()])
            .arg("--shots")
            .arg(&shots)
            .env("SCHRIFTJE_DRIVER", tools::DRIVER.program()?),
    )?;
    println!("\n{}", portal.introduction());
    println!("There is no display here, so the main path was driven on a virtual one.");
    println!("Screenshots: {}", shots.display());
    Ok(())
}

/// The demo portal in a process of its own.
struct DemoPortal {
    process: Child,
    ready: Value,
}

impl DemoPortal {
    fn start(options: &Options, live: bool) -> Result<Self> {
        let mut command = Command::new(program(options, "demo-portal"));
        command
            .args(["--listen", "127.0.0.1:0", "--media-listen", "127.0.0.1:0", "--seed", "7"])
            .args(["--size", &options.size, "--data"])
            .arg(target().join("demo/portal").join(&options.size))
            .stdout(Stdio::piped());
        if live {
            command.arg("--live");
        }
        let mut process = command.spawn().context("the demo portal did not start")?;
        let mut said = String::new();
        let output = process.stdout.take().context("the demo portal says nothing")?;
        BufReader::new(output).read_line(&mut said)?;
        let Ok(ready) = serde_json::from_str(&said) else {
            bail!("the demo portal did not say where it is");
        };
        Ok(Self { process, ready })
    }

    fn address(&self) -> &str {
        self.ready["portal"].as_str().unwrap_or_default()
    }

    fn introduction(&self) -> String {
        let accounts = self.ready["accounts"].as_array().into_iter().flatten().map(|account| {
            let text = |key: &str| account[key].as_str().unwrap_or_default().to_owned();
            format!("  {:<14} {}", text("username"), text("password"))
        });
        format!(
            "Demo portal:  {}\n\nAccounts (user name, password):\n{}\n\n\
             For your own organisation, type its portal address (it stands in the welcome mail,\n\
             such as https://kdv.ouderportaal.nl) on the sign-in screen instead.\n",
            self.address(),
            accounts.collect::<Vec<_>>().join("\n"),
        )
    }

    fn stop(&mut self) {
        // Ended already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
