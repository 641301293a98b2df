//! A portal, a device without a credential store, and what a script sees.

use schriftje_demo_portal::{Fault, FaultKind, Options, Origin, Running, Size, start};
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub const PASSWORD: &str = "welkom-demo";

/// A portal and a device without a credential store.
pub struct World {
    pub portal: Running,
    pub dir: tempfile::TempDir,
}

impl World {
    pub async fn new() -> Self {
        Self::with(|options| options).await
    }

    pub async fn with(change: impl FnOnce(Options) -> Options) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let options = Options::new(dir.path().join("portal"), Size::Small);
        let now = Some("2026-03-14T15:00:00Z".parse().unwrap());
        let portal = start(change(Options { now, ..options })).await.unwrap();
        Self { portal, dir }
    }

    /// Signs in and reads all texts; the pictures are gone, and not needed.
    pub async fn read_texts(&self, user: &str) {
        self.login(user, PASSWORD).await.json();
        let gone = Fault::always(FaultKind::Status { status: 404 });
        self.portal.faults().add(gone.on(Origin::Media));
        self.run(&["--json", "sync"]).await.json();
        self.portal.faults().clear();
    }

    /// The same device; its portal has stopped, and another one stands somewhere else.
    pub async fn without_network(self) -> Self {
        let Self { portal, dir } = self;
        portal.stop().await;
        let other = Options::new(dir.path().join("other"), Size::Small);
        Self { portal: start(other).await.unwrap(), dir }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_schriftje-cli"));
        command
            .env("LANG", "nl_NL.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .env("HOME", self.path("home"))
            .arg("--data-dir")
            .arg(self.path("data"))
            .arg("--key-file")
            .arg(self.path("sleutel"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub async fn run(&self, arguments: &[&str]) -> Answer {
        self.run_with(arguments, "").await
    }

    pub async fn run_with(&self, arguments: &[&str], input: &str) -> Answer {
        let mut child = self.command(arguments).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        finish(child).await
    }

    pub async fn login(&self, user: &str, password: &str) -> Answer {
        let portal = self.portal.portal.to_string();
        let login = ["--json", "login", "--portal", &portal, "--user", user, "--password-stdin"];
        self.run_with(&login, &format!("{password}\n")).await
    }
}

/// Waits away from the runtime, on which the portal answers.
pub async fn finish(child: std::process::Child) -> Answer {
    let done = tokio::task::spawn_blocking(move || child.wait_with_output()).await;
    Answer::from(done.unwrap().unwrap())
}

/// Waits until something is seen, for as long as the process that brings it about lives.
#[cfg(unix)]
pub async fn until(child: &mut std::process::Child, seen: impl Fn() -> bool) {
    while !seen() {
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none() || seen(), "the process ended early: {ended:?}");
        tokio::task::yield_now().await;
    }
}

/// What a script sees.
#[derive(Debug)]
pub struct Answer {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        assert_eq!(self.code, Some(0), "{self:?}");
        serde_json::from_str(&self.stdout).unwrap()
    }

    pub fn error(&self) -> Value {
        let error: Value = serde_json::from_str(&self.stderr).expect(&self.stderr);
        error["error"]["code"].clone()
    }
}

pub fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
