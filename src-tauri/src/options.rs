//! What the program is told when it starts.

#[cfg(windows)]
use crate::notify;
use std::path::PathBuf;

/// Flags of the program. A phone starts it without any.
#[derive(Clone, Debug, Default)]
#[cfg_attr(desktop, derive(clap::Parser))]
#[cfg_attr(desktop, command(name = "schriftje", version, about = "Het schriftje van de opvang"))]
pub struct Options {
    /// Keep everything in this folder instead of the system's place for it.
    #[cfg_attr(desktop, arg(long, value_name = "DIR"))]
    pub data_dir: Option<PathBuf>,

    /// Offer this portal address on the sign-in screen.
    #[cfg_attr(desktop, arg(long, value_name = "ADDRESS"))]
    pub portal: Option<String>,

    /// Begin in the tray, or minimised where there is none: how the system starts it by itself.
    #[cfg_attr(desktop, arg(long))]
    pub minimized: bool,

    /// Trust this certificate authority as well (debug builds).
    #[cfg(debug_assertions)]
    #[cfg_attr(desktop, arg(long, value_name = "FILE"))]
    pub ca_file: Option<PathBuf>,

    /// Keep keys in this file instead of the system's credential store (debug builds).
    #[cfg(debug_assertions)]
    #[cfg_attr(desktop, arg(long, value_name = "FILE"))]
    pub key_file: Option<PathBuf>,
}

impl Options {
    /// What it is told.
    pub fn told() -> Self {
        // Anybody can write a link, so that what comes along with one counts for nothing.
        #[cfg(windows)]
        if std::env::args_os()
            .nth(1)
            .is_some_and(|argument| notify::is_link(&argument.to_string_lossy()))
        {
            return Self::default();
        }
        #[cfg(desktop)]
        return <Self as clap::Parser>::parse();
        #[cfg(mobile)]
        Self::default()
    }

    /// The authority to trust besides the system's. Never in a release build.
    pub fn ca_file(&self) -> Option<&PathBuf> {
        #[cfg(debug_assertions)]
        return self.ca_file.as_ref();
        #[cfg(not(debug_assertions))]
        None
    }

    /// The file that keeps the keys. Never in a release build.
    pub fn key_file(&self) -> Option<&PathBuf> {
        #[cfg(debug_assertions)]
        return self.key_file.as_ref();
        #[cfg(not(debug_assertions))]
        None
    }
}
