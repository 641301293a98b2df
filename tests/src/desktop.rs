//! A desktop without a screen: a session bus, a display, a window manager, a notification server
//! and a credential store of its own. It touches nothing of the session it is started from.

use crate::home::Home;
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use zbus::connection;

/// The display's size: the largest window with room for its frame.
const SCREEN: &str = "1400x1300x24";

/// After this long a window is not slow but missing.
const MISSING: Duration = Duration::from_mins(1);

/// A running desktop. Everything ends when it is dropped.
pub struct Desktop {
    /// The desktop's own home: its key ring is not the app's to leave clean.
    home: Home,
    display: String,
    bus: String,
    /// Nothing of the machine's own system is asked, which may be asleep or on a dear network.
    system_bus: String,
    processes: Vec<Running>,
}

impl Desktop {
    /// Starts all of it and returns when it can be used.
    pub fn start() -> Result<Self> {
        let mut desktop = Self::without_notifications()?;
        desktop.start_quietly("dunst", &[])?;
        Ok(desktop)
    }

    /// The same without a notification server: a test brings its own.
    pub fn without_notifications() -> Result<Self> {
        let home = Home::new()?;
        let mut desktop = Self {
            home,
            display: String::new(),
            bus: String::new(),
            system_bus: String::new(),
            processes: Vec::new(),
        };

        let bus = ["--session", "--nofork", "--print-address=1"];
        desktop.system_bus = desktop.start_and_hear("dbus-daemon", &bus)?;
        desktop.bus = desktop.start_and_hear("dbus-daemon", &bus)?;
        let display = ["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"];
        let number = desktop.start_and_hear("Xvfb", &display)?;
        desktop.display = format!(":{number}");

        desktop.start_quietly("openbox", &[])?;
        desktop.unlock_key_ring()?;
        Ok(desktop)
    }

    /// What a program needs to appear on it.
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        let mut environment = vec![
            ("GDK_BACKEND", "x11".into()),
            // There is no such service here, and waiting for it takes half a minute.
            ("GTK_USE_PORTAL", "0".into()),
            ("NO_AT_BRIDGE", "1".into()),
        ];
        if !self.display.is_empty() {
            environment.push(("DISPLAY", self.display.clone().into()));
        }
        if !self.bus.is_empty() {
            environment.push(("DBUS_SESSION_BUS_ADDRESS", self.bus.clone().into()));
        }
        if !self.system_bus.is_empty() {
            environment.push(("DBUS_SYSTEM_BUS_ADDRESS", self.system_bus.clone().into()));
        }
        environment
    }

    /// A place of one's own on the bus of the system behind it.
    pub fn system_bus(&self) -> Result<connection::Builder<'static>> {
        Ok(connection::Builder::address(self.system_bus.as_str())?)
    }

    /// A place of one's own on its bus.
    pub fn bus(&self) -> Result<connection::Builder<'static>> {
        Ok(connection::Builder::address(self.bus.as_str())?)
    }

    /// Whether a window with this title can be seen.
    pub fn shows(&self, title: &str) -> Result<bool> {
        let found = self.search(title).output().context("xdotool is not installed")?;
        Ok(!found.stdout.trim_ascii().is_empty())
    }

    /// Waits until the taskbar holds a window, minimised or not, or none any more.
    pub async fn until_in_taskbar(&self, there: bool) -> Result<()> {
        let began = Instant::now();
        loop {
            let listed = self.command("xprop").args(["-root", "_NET_CLIENT_LIST"]).output()?.stdout;
            if String::from_utf8_lossy(&listed).contains("0x") == there {
                return Ok(());
            }
            if began.elapsed() > MISSING {
                bail!("the taskbar is {}", if there { "empty" } else { "not empty" });
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until a window with this title can be seen, or cannot any more.
    pub async fn until_shows(&self, title: &str, shown: bool) -> Result<()> {
        let began = Instant::now();
        while self.shows(title)? != shown {
            if began.elapsed() > MISSING {
                bail!("the window {title} is {}", if shown { "not there" } else { "still there" });
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Closes a window as its cross does.
    pub fn close(&self, title: &str) -> Result<()> {
        let mut close = self.command("wmctrl");
        let closed = close.args(["-F", "-c", title]).status().context("wmctrl is not installed")?;
        if !closed.success() {
            bail!("there is no window {title} to close");
        }
        Ok(())
    }

    /// Presses a key, wherever the focus is.
    pub fn press(&self, key: &str) -> Result<()> {
        let pressed = self.command("xdotool").args(["key", key]).status()?;
        if !pressed.success() {
            bail!("{key} cannot be pressed");
        }
        Ok(())
    }

    fn search(&self, title: &str) -> Command {
        let mut command = self.command("xdotool");
        command.args(["search", "--onlyvisible", "--name", &format!("^{title}$")]);
        command
    }

    /// What the credential store holds of the app, as `secret-tool` prints it.
    pub fn credentials(&self, attribute: &str, value: &str) -> Result<String> {
        let output =
            self.command("secret-tool").args(["search", "--all", attribute, value]).output()?;
        let text = [output.stdout, output.stderr].concat();
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// Every item in the credential store, by its attributes, as the bus tells.
    pub fn all_credentials(&self) -> Result<Vec<String>> {
        let output = self
            .command("dbus-send")
            .args(["--session", "--print-reply", "--dest=org.freedesktop.secrets"])
            .args([
                "/org/freedesktop/secrets",
                "org.freedesktop.Secret.Service.SearchItems",
                "dict:string:string:",
            ])
            .output()?;
        if !output.status.success() {
            bail!("the credential store does not answer");
        }
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let items = text.lines().filter(|line| line.contains("object path"));
        Ok(items.map(|line| line.trim().to_owned()).collect())
    }

    /// The whole screen as a PNG.
    pub fn screenshot(&self, file: &Path) -> Result<()> {
        let status = self.command("import").args(["-window", "root"]).arg(file).status()?;
        if !status.success() {
            bail!("there is no picture of the screen");
        }
        Ok(())
    }

    /// A program on this desktop, at home in the desktop's own folder.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.home.environment()).envs(self.environment());
        command
    }

    /// Starts a program whose first line of output says that it is ready, and where.
    fn start_and_hear(&mut self, program: &str, arguments: &[&str]) -> Result<String> {
        let mut child = self
            .command(program)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("{program} is not installed"))?;
        let output = child.stdout.take().with_context(|| format!("{program} says nothing"))?;
        self.processes.push(Running(child));
        let mut said = String::new();
        BufReader::new(output).read_line(&mut said)?;
        if said.trim().is_empty() {
            bail!("{program} did not start");
        }
        Ok(said.trim().to_owned())
    }

    fn start_quietly(&mut self, program: &str, arguments: &[&str]) -> Result<()> {
        let child = self
            .command(program)
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("{program} is not installed"))?;
        self.processes.push(Running(child));
        Ok(())
    }

    /// A key ring with an empty password. Without the line end every write to it would fail.
    fn unlock_key_ring(&mut self) -> Result<()> {
        let mut child = self
            .command("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("gnome-keyring is not installed")?;
        child.stdin.take().context("gnome-keyring does not listen")?.write_all(b"\n")?;
        self.processes.push(Running(child));
        // It is ready when its name is on the bus; the bus itself does the waiting.
        let waited = self
            .command("gdbus")
            .args(["wait", "--session", "--timeout", "60", "org.freedesktop.secrets"])
            .status()
            .context("gdbus is not installed")?;
        if !waited.success() {
            bail!("the credential store did not start");
        }
        Ok(())
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        // The display goes last: programs on it complain when it goes first.
        while let Some(process) = self.processes.pop() {
            drop(process);
        }
    }
}

/// A process that ends with the value.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
