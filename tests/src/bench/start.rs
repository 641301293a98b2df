//! Cold starts of the app and of an empty window, in turn.

use super::Programs;
use super::processes::tree_pss;
use super::query::median;
use crate::desktop::Running;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Starts of each program.
const RUNS: usize = 7;

/// How the two compare.
pub struct Starts {
    empty: Vec<Start>,
    app: Vec<Start>,
}

struct Start {
    /// From the start of the process to the mark, in milliseconds.
    ms: f64,
    /// PSS of the process tree two seconds after the mark, in bytes.
    pss: u64,
}

/// Starts both in turn; the portal is gone by now, so the app is offline.
pub fn measure(programs: &Programs, data: &Path) -> Result<Starts> {
    let data = data.to_string_lossy();
    let mut starts = Starts { empty: Vec::new(), app: Vec::new() };
    // The first of each warms the disk and is not counted.
    for run in 0..=RUNS {
        eprintln!("cold start {run} of {RUNS}");
        let empty = start(&programs.empty, &[], "first-paint")?;
        let app = start(&programs.app, &["--data-dir", &data], "first-card")?;
        if run > 0 {
            starts.empty.push(empty);
            starts.app.push(app);
        }
    }
    Ok(starts)
}

fn start(program: &Path, arguments: &[&str], mark: &str) -> Result<Start> {
    let began = Instant::now();
    let mut process = Command::new(program)
        .args(arguments)
        .env("SCHRIFTJE_BENCH", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{} does not start", program.display()))?;
    let output = process.stdout.take().context("no output")?;
    let process = Running(process);
    for line in BufReader::new(output).lines() {
        if line?.starts_with(mark) {
            let ms = began.elapsed().as_secs_f64() * 1e3;
            std::thread::sleep(Duration::from_secs(2));
            return Ok(Start { ms, pss: tree_pss(process.0.id()) });
        }
    }
    bail!("{} ended before {mark}", program.display())
}

/// The table.
pub fn print(starts: &Starts) {
    println!("| | empty window | app | app / empty |");
    println!("|---|--:|--:|--:|");
    row("to the first card painted (ms)", starts, |start| start.ms);
    row("memory, PSS of the tree (MiB)", starts, |start| start.pss as f64 / (1024.0 * 1024.0));
}

fn row(what: &str, starts: &Starts, of: impl Fn(&Start) -> f64) {
    let empty: Vec<f64> = starts.empty.iter().map(&of).collect();
    let app: Vec<f64> = starts.app.iter().map(&of).collect();
    let ratio = median(app.iter().zip(&empty).map(|(app, empty)| app / empty).collect());
    println!("| {what} | {} | {} | {ratio:.2} |", spread(empty), spread(app));
}

fn spread(values: Vec<f64>) -> String {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(0.0, f64::max);
    format!("{:.0} ({least:.0}–{most:.0})", median(values))
}
