//! System packages. On Debian and Ubuntu they are installed; elsewhere the reader is told what to install.

use crate::shell::{read, run, version};
use anyhow::{Context, Result, bail};
use std::process::{Command, Stdio};

/// What the app and the demo portal are built with.
const TO_BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "perl",
    "libwebkit2gtk-4.1-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
    "libxdo-dev",
    "libdbus-1-dev",
];

/// What the web view plays films with.
const TO_PLAY: &[&str] =
    &["gstreamer1.0-plugins-base", "gstreamer1.0-plugins-good", "gstreamer1.0-libav"];

/// What shows the window without a display, and drives it. Some of it (a keyring, a notification
/// daemon, a window manager) would stand in the way of a desktop that has its own.
const TO_SHOW: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "dbus-x11",
    "gnome-keyring",
    "libsecret-tools",
    "dunst",
    "openbox",
    "xdotool",
    "wmctrl",
    "x11-utils",
    "imagemagick",
    "fonts-dejavu-core",
    "fonts-noto-color-emoji",
];

/// What the tests check saved photos, films and calendars with.
const TO_TEST: &[&str] = &["libimage-exiftool-perl", "ffmpeg", "python3", "python3-venv"];

/// What is to be done, which decides what it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Showing the window on the display that is here.
    Window,
    /// Showing it where there is no display.
    VirtualWindow,
    /// Testing everything.
    Tests,
}

impl Purpose {
    fn packages(self) -> Vec<&'static str> {
        match self {
            Self::Window => [TO_BUILD, TO_PLAY].concat(),
            Self::VirtualWindow => [TO_BUILD, TO_PLAY, TO_SHOW].concat(),
            Self::Tests => [TO_BUILD, TO_PLAY, TO_SHOW, TO_TEST].concat(),
        }
    }
}

/// Installs what is missing, or says what to install.
pub fn prepare(purpose: Purpose) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return elsewhere();
    }
    if version("dpkg-query").is_none() {
        bail!(
            "this installs system packages on Debian and Ubuntu only; here, install what matches:\n  {}",
            purpose.packages().join(" ")
        );
    }
    let missing: Vec<_> = purpose.packages().into_iter().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    install(&missing)
}

/// Installs packages of the distribution.
pub fn install(packages: &[&str]) -> Result<()> {
    eprintln!("    installing {}", packages.join(" "));
    let root = read(Command::new("id").arg("-u"))?.trim() == "0";
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(if root { "apt-get" } else { "sudo" });
        if !root {
            command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        }
        command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        command
    };
    run(&mut apt(&["update", "-qq"]))?;
    let mut install = apt(&["install", "-y", "-qq", "--no-install-recommends"]);
    install.args(packages).stdout(Stdio::null());
    run(&mut install).context("the system packages could not be installed")
}

/// Whether a display is there to open a window on.
pub fn has_display() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn installed(package: &str) -> bool {
    Command::new("dpkg-query")
        .args(["-W", "-f=${db:Status-Status}", package])
        .output()
        .is_ok_and(|answer| answer.stdout == b"installed")
}

fn elsewhere() -> Result<()> {
    if version("node").is_some() && version("npm").is_some() {
        return Ok(());
    }
    let needs = if cfg!(target_os = "macos") {
        "Xcode's command line tools (xcode-select --install), Node.js 20.19 or newer with npm 11, and for the tests exiftool and Python 3.11 or newer"
    } else {
        "Microsoft's C++ build tools, Strawberry Perl (for OpenSSL), the WebView2 runtime (part of Windows 11), \
         Node.js 20.19 or newer with npm 11, and for the tests exiftool and Python 3.11 or newer"
    };
    bail!("please install {needs}, then run this again")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_desktop_gets_no_second_keyring_notification_daemon_or_window_manager() {
        let window = Purpose::Window.packages();
        for foreign in ["gnome-keyring", "dunst", "openbox", "xvfb", "ffmpeg"] {
            assert!(!window.contains(&foreign), "{foreign}");
            assert!(Purpose::Tests.packages().contains(&foreign), "{foreign}");
        }
        assert!(!Purpose::VirtualWindow.packages().contains(&"ffmpeg"));
    }
}
