//! The app as a real process, driven through `WebDriver`.

use crate::desktop::Desktop;
use crate::home::Home;
use crate::page::Page;
use anyhow::{Context, Result, bail};
use fantoccini::ClientBuilder;
use fantoccini::wd::Capabilities;
use serde_json::json;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Between two looks.
const LOOK: Duration = Duration::from_millis(20);

/// After this long something is not slow but missing.
const MISSING: Duration = Duration::from_secs(90);

/// The app, its window open and in our hands.
pub struct Driven {
    /// Hands on the window.
    pub page: Page,
    driver: Driver,
}

/// The app's program: what `SCHRIFTJE_APP` names, else the one built beside this test.
pub fn app() -> PathBuf {
    std::env::var_os("SCHRIFTJE_APP").map_or_else(|| built("schriftje"), PathBuf::from)
}

/// A program built in the same folder as the one that runs.
pub fn built(name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    let folder = own.ancestors().find(|folder| folder.join(name).is_file());
    folder.map_or_else(|| PathBuf::from(name), |folder| folder.join(name))
}

impl Driven {
    /// Opens the app under `home` on `desktop` with these arguments.
    pub async fn open(
        desktop: &Desktop,
        home: &Home,
        app: &Path,
        arguments: &[String],
    ) -> Result<Self> {
        Self::open_with(desktop, home, app, arguments, &[]).await
    }

    /// The same with more environment, such as a dark theme.
    pub async fn open_with(
        desktop: &Desktop,
        home: &Home,
        app: &Path,
        arguments: &[String],
        more: &[(&str, &str)],
    ) -> Result<Self> {
        let program = std::env::var_os("SCHRIFTJE_DRIVER").unwrap_or_else(|| "tauri-driver".into());
        let [port, native] = free_ports()?;
        let process = Command::new(program)
            .env_clear()
            .envs(home.environment())
            .envs(desktop.environment())
            .envs(more.iter().copied())
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("tauri-driver is not installed: cargo install tauri-driver@2 --locked")?;
        let driver = Driver { process, home: home.path().to_owned() };

        let options = json!({ "application": app, "args": arguments });
        let capabilities: Capabilities =
            [("tauri:options".to_owned(), options)].into_iter().collect();
        let address = format!("http://127.0.0.1:{port}");
        answers(&address).await?;
        let mut builder = ClientBuilder::rustls()?;
        let opening = builder.capabilities(capabilities).connect(&address);
        // The driver waits for ever for a program that ended well.
        let client = tokio::time::timeout(MISSING, opening)
            .await
            .context("the window does not open")?
            .context("the window did not open")?;
        Ok(Self { page: Page::new(client), driver })
    }

    /// Ends the app and waits until nothing of it runs any more.
    pub async fn close(self) -> Result<()> {
        self.page.quit().await;
        self.ended().await
    }

    /// Waits until nothing of the app runs any more, since something else ended it.
    pub async fn ended(self) -> Result<()> {
        self.driver.ended(&["schriftje"]).await?;
        self.page.let_go().await;
        drop(self.driver);
        Ok(())
    }
}

/// The driver's process, and with it everything that lives in the same home.
struct Driver {
    process: Child,
    home: PathBuf,
}

impl Driver {
    /// Waits until none of these programs lives in the home any more.
    async fn ended(&self, programs: &[&str]) -> Result<()> {
        let began = Instant::now();
        while living_in(&self.home).iter().any(|(_, name)| programs.contains(&name.as_str())) {
            if began.elapsed() > MISSING {
                bail!("the app does not end");
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // What it started goes too: the native driver, the app, the web view's own processes.
        let living = living_in(&self.home);
        for (process, _) in &living {
            let _ = Command::new("kill").args(["-KILL", &process.to_string()]).output();
        }
        // While one still dies its name is taken, and the next start would hand over to it and end.
        let began = Instant::now();
        while !living.iter().all(|(process, _)| is_gone(*process)) && began.elapsed() < MISSING {
            std::thread::sleep(LOOK);
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Whether a process has let go of everything.
fn is_gone(process: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // Its name, in brackets, may hold anything; the state comes after.
    let ended = stat.rsplit_once(") ").is_none_or(|(_, state)| state.starts_with(['Z', 'X']));
    // The first of its threads can be gone while another still holds what is open.
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().count();
    ended && threads <= 1
}

/// The processes that live in a home folder, by number and name.
fn living_in(home: &Path) -> Vec<(u32, String)> {
    let mark = format!("HOME={}\0", home.display());
    let mut living = Vec::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(process) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        let environment = std::fs::read(entry.path().join("environ")).unwrap_or_default();
        if environment.windows(mark.len()).any(|part| part == mark.as_bytes()) {
            let name = std::fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
            living.push((process, name.trim().to_owned()));
        }
    }
    living
}

/// Waits until the driver answers at all.
async fn answers(address: &str) -> Result<()> {
    let began = Instant::now();
    while reqwest::get(format!("{address}/status")).await.is_err() {
        if began.elapsed() > MISSING {
            bail!("the driver does not answer");
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

/// Two ports that are free just now. The driver cannot pick them itself.
fn free_ports() -> Result<[u16; 2]> {
    let one = TcpListener::bind("127.0.0.1:0")?;
    let other = TcpListener::bind("127.0.0.1:0")?;
    Ok([one.local_addr()?.port(), other.local_addr()?.port()])
}
