//! The demo portal as a process of its own.

use super::Programs;
use crate::desktop::Running;
use anyhow::{Context, Result};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A demo portal that runs.
pub struct Portal {
    process: Option<Running>,
    ready: Value,
    http: reqwest::Client,
}

/// What was asked of it since the last look.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Calls to the portal itself, by method and path.
    pub calls: Vec<String>,
    /// Pictures fetched.
    pub pictures: usize,
    /// Bytes of all answers.
    pub bytes: u64,
}

impl Portal {
    /// Starts one of this size that answers after `latency_ms`.
    pub fn start(programs: &Programs, size: &str, latency_ms: u32) -> Result<Self> {
        Self::start_in(programs, size, latency_ms, &programs.folder.join(size))
    }

    /// How long one of this size takes to start from nothing.
    pub fn time_to_start(programs: &Programs, size: &str) -> Result<Duration> {
        let nothing = tempfile::tempdir()?;
        let began = Instant::now();
        let portal = Self::start_in(programs, size, 0, nothing.path())?;
        let took = began.elapsed();
        drop(portal);
        Ok(took)
    }

    fn start_in(programs: &Programs, size: &str, latency_ms: u32, folder: &Path) -> Result<Self> {
        let mut process = Command::new(&programs.portal)
            .args(["--listen", "127.0.0.1:0", "--media-listen", "127.0.0.1:0", "--seed", "7"])
            .args(["--now", "2026-11-20T12:00:00+01:00", "--size", size])
            .args(["--latency-ms", &latency_ms.to_string(), "--data"])
            .arg(folder)
            .env_remove("SCHRIFTJE_DEMO_PICTURES")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("the demo portal does not start")?;
        let output = process.stdout.take().context("the demo portal says nothing")?;
        let mut said = String::new();
        BufReader::new(output).read_line(&mut said)?;
        let ready = serde_json::from_str(&said).context("the demo portal says no JSON")?;
        Ok(Self { process: Some(Running(process)), ready, http: reqwest::Client::new() })
    }

    /// Its address.
    pub fn address(&self) -> &str {
        self.ready["portal"].as_str().unwrap_or_default()
    }

    /// The first account: user name and password.
    pub fn account(&self) -> (String, String) {
        let text = |key| self.ready["accounts"][0][key].as_str().unwrap_or_default().to_owned();
        (text("username"), text("password"))
    }

    /// Draws every picture before a clock starts.
    pub async fn warm(&self) -> Result<()> {
        eprintln!("drawing pictures");
        self.http.post(self.staff("warm")).send().await?.error_for_status()?;
        Ok(())
    }

    /// Its CPU time so far, in seconds.
    pub async fn cpu(&self) -> Result<f64> {
        let answer: Value = self.http.get(self.staff("cpu")).send().await?.json().await?;
        Ok(answer["cpuSeconds"].as_f64().unwrap_or_default())
    }

    /// What was asked since the last call, and forgets it.
    pub async fn asked(&self) -> Result<Asked> {
        let answer: Value = self.http.get(self.staff("requests")).send().await?.json().await?;
        self.http.delete(self.staff("requests")).send().await?.error_for_status()?;
        let mut asked = Asked::default();
        for request in answer.as_array().or(answer["requests"].as_array()).into_iter().flatten() {
            asked.bytes += request["bytes"].as_u64().unwrap_or_default();
            if request["origin"] == "media" {
                asked.pictures += 1;
            } else {
                let text = |key: &str| request[key].as_str().unwrap_or_default().to_owned();
                asked.calls.push(format!("{} {}", text("method"), text("pathAndQuery")));
            }
        }
        Ok(asked)
    }

    /// Ends it.
    pub fn stop(&mut self) {
        self.process = None;
    }

    fn staff(&self, path: &str) -> String {
        format!("{}/{path}", self.ready["staff"].as_str().unwrap_or_default().trim_end_matches('/'))
    }
}
