//! `cargo xtask bench`: builds what is measured and runs the measuring program.

use crate::node;
use crate::shell::{cargo, run, target};
use crate::system::{self, Purpose};
use anyhow::Result;
use std::process::Command;

/// What to measure.
#[derive(clap::Args)]
pub struct Options {
    /// Small accounts instead of large ones: to see that the bench works.
    #[arg(long)]
    quick: bool,
}

/// Prints the tables of docs/benchmarks.md.
pub fn bench(options: &Options) -> Result<()> {
    system::prepare(Purpose::VirtualWindow)?;
    node::prepare()?.build_interface()?;
    // All in one call: features are settled together, and nothing is compiled twice.
    let packages = ["--package", "schriftje", "--package", "schriftje-demo-portal"];
    let bench = ["--package", "schriftje-tests", "--bin", "bench"];
    let programs = ["--bin", "schriftje", "--bin", "demo-portal", "--example", "empty-window"];
    let mut build = cargo();
    build.args(["build", "--release", "--locked"]).args(packages).args(bench).args(programs);
    run(&mut build)?;
    let release = target().join("release");
    let mut bench = Command::new(release.join("bench"));
    bench.arg("--app").arg(release.join("schriftje"));
    bench.arg("--empty").arg(release.join("examples/empty-window"));
    bench.arg("--portal").arg(release.join("demo-portal"));
    bench.arg("--folder").arg(target().join("bench"));
    if options.quick {
        bench.arg("--quick");
    }
    run(&mut bench)
}
