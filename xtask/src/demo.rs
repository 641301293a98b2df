//! The demo: a portal in a process of its own, and the folder of the app that belongs to it.

use crate::shell::target;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Where the portal and its photos are served. An account is known by its portal's address, so a
/// second run needs the same ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ports {
    portal: u16,
    media: u16,
}

/// The app's folder of one demo, for as long as the demo is open.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Locked, so that a second run cannot disturb the first.
    _open: File,
    ports: Ports,
}

impl Folder {
    /// The folder in `path`: with the ports of last time when those are free, else emptied and
    /// with new ones.
    pub fn open(path: PathBuf) -> Result<Self> {
        fs::create_dir_all(&path)?;
        let open = File::create(path.join("open.lock"))?;
        if open.try_lock().is_err() {
            bail!("this demo is open already; close its window, or choose another --size");
        }
        let last = Ports::read(&path);
        let ports = match last {
            Some(ports) if ports.are_free() => ports,
            _ => {
                if last.is_some() {
                    eprintln!("    the demo's ports are taken: it starts anew on other ones");
                }
                forget(&path)?;
                let ports = Ports::pick()?;
                ports.write(&path)?;
                ports
            }
        };
        Ok(Self { path, _open: open, ports })
    }

    /// The data folder of the app.
    pub fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    /// Keeps the keys of the demo, so that nothing of it goes into the user's credential store.
    pub fn keys(&self) -> PathBuf {
        self.path.join("keys")
    }

    /// The ports that belong to it.
    pub fn ports(&self) -> Ports {
        self.ports
    }
}

/// Removes what the app kept of a portal that was somewhere else.
fn forget(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            fs::remove_dir_all(&path)?;
        } else if path.file_name().is_some_and(|name| name != "open.lock") {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

impl Ports {
    const FILE: &'static str = "ports.json";

    fn read(folder: &Path) -> Option<Self> {
        let text = fs::read_to_string(folder.join(Self::FILE)).ok()?;
        let ports: Value = serde_json::from_str(&text).ok()?;
        let port = |name: &str| u16::try_from(ports[name].as_u64()?).ok().filter(|&port| port > 0);
        Some(Self { portal: port("portal")?, media: port("media")? })
    }

    fn write(self, folder: &Path) -> Result<()> {
        let ports = serde_json::json!({ "portal": self.portal, "media": self.media });
        fs::write(folder.join(Self::FILE), ports.to_string()).context("the demo's folder")
    }

    fn pick() -> Result<Self> {
        // Both at once, so that they differ.
        let free = [listen(0)?, listen(0)?];
        let [portal, media] = free.map(|listener| listener.local_addr().map(|at| at.port()));
        Ok(Self { portal: portal?, media: media? })
    }

    fn are_free(self) -> bool {
        listen(self.portal).is_ok() && listen(self.media).is_ok()
    }
}

fn listen(port: u16) -> std::io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

/// The demo portal in a process of its own.
#[derive(Debug)]
pub struct DemoPortal {
    process: Child,
    /// What it said when it was ready.
    pub ready: Value,
}

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub username: String,
    pub password: String,
}

impl DemoPortal {
    /// Starts it. `live` plays a day at the nursery.
    pub fn start(program: &Path, size: &str, ports: Ports, live: bool) -> Result<Self> {
        let address = |port: u16| format!("127.0.0.1:{port}");
        let mut command = Command::new(program);
        command
            .args(["--listen", &address(ports.portal), "--media-listen", &address(ports.media)])
            .args(["--seed", "7", "--size", size, "--data"])
            .arg(target().join("demo/portal").join(size))
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

    /// What a parent types to find it.
    pub fn address(&self) -> &str {
        self.ready["portal"].as_str().unwrap_or_default()
    }

    /// Who can sign in; the first is the parent the demo is shown to.
    pub fn accounts(&self) -> Vec<Account> {
        let accounts = self.ready["accounts"].as_array().into_iter().flatten();
        let text =
            |account: &Value, key: &str| account[key].as_str().unwrap_or_default().to_owned();
        accounts
            .map(|account| Account {
                username: text(account, "username"),
                password: text(account, "password"),
            })
            .collect()
    }

    /// Where it is and who can sign in, for the reader.
    pub fn introduction(&self) -> String {
        let accounts = self
            .accounts()
            .into_iter()
            .map(|account| format!("  {:<14} {}", account.username, account.password));
        format!(
            "Demo portal:  {}\n\nAccounts (user name, password):\n{}\n\n\
             For your own organisation, type its portal address (it stands in the welcome mail,\n\
             such as https://kdv.ouderportaal.nl) on the sign-in screen instead.\n",
            self.address(),
            accounts.collect::<Vec<_>>().join("\n"),
        )
    }
}

impl Drop for DemoPortal {
    fn drop(&mut self) {
        // Ended already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_finds_the_account_of_the_first_at_the_same_address() {
        let folder = target().join("tmp").join(format!("demo-{}", std::process::id()));
        let first = Folder::open(folder.clone()).unwrap();
        let ports = first.ports();
        fs::create_dir_all(first.data()).unwrap();
        fs::write(first.keys(), "key").unwrap();
        let twice = Folder::open(folder.clone()).unwrap_err();
        assert!(twice.to_string().contains("open already"), "{twice}");
        drop(first);

        let second = Folder::open(folder.clone()).unwrap();
        assert_eq!(second.ports(), ports);
        assert!(second.data().is_dir() && second.keys().is_file());
        drop(second);

        // Somebody else listens there now: the account of that address is of no use any more.
        let _taken = listen(ports.media).unwrap();
        let third = Folder::open(folder.clone()).unwrap();
        assert_ne!(third.ports(), ports);
        assert!(!third.data().exists() && !third.keys().exists());
        assert_eq!(Ports::read(&folder), Some(third.ports()));
        drop(third);
        fs::remove_dir_all(folder).unwrap();
    }
}
