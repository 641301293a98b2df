//! What can be typed.

use clap::{Args, Parser, Subcommand};
use schriftje_model::Day;
use std::path::PathBuf;

/// Schriftje in a terminal: read a childcare portal offline and save its photos.
#[derive(Debug, Parser)]
#[command(name = "schriftje-cli", version, about, after_help = crate::exit::HELP)]
pub struct Arguments {
    /// Where everything is kept, instead of the place the window uses
    #[arg(long, value_name = "DIR", global = true)]
    pub data_dir: Option<PathBuf>,
    /// Keep keys in this file (made for its owner alone) instead of the credential store
    #[arg(long, value_name = "FILE", global = true)]
    pub key_file: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// A certificate authority to trust as well, in PEM (debug builds)
    #[cfg(debug_assertions)]
    #[arg(long, value_name = "FILE", global = true)]
    pub ca_file: Option<PathBuf>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sign in
    Login(Login),
    /// Read everything that is new, with pictures; stop with Ctrl-C and go on another time
    Sync,
    /// Show the accounts and how fresh everything is
    Status,
    /// Show the children
    Children,
    /// Show the timeline, newest first, from what is here
    Timeline(Timeline),
    /// Photos and videos
    #[command(subcommand)]
    Photos(Photos),
    /// Sign out and remove everything but saved photos
    Logout {
        /// Sign out of every account
        #[arg(long)]
        all: bool,
    },
}

/// How to sign in.
#[derive(Debug, Args)]
pub struct Login {
    /// The portal's address, as it stands in the welcome mail
    #[arg(long, value_name = "ADDRESS")]
    pub portal: String,
    /// The user name
    #[arg(long, value_name = "NAME")]
    pub user: String,
    /// Read the password from standard input instead of asking for it
    #[arg(long)]
    pub password_stdin: bool,
    /// Remember the password (encrypted), to sign in again when the session has ended
    #[arg(long)]
    pub remember: bool,
}

/// Which children and days.
#[derive(Debug, Args)]
pub struct Which {
    /// Only this child, by first name or id; can be given more than once
    #[arg(long, value_name = "CHILD")]
    pub child: Vec<String>,
    /// From this day on, such as 2026-03-14
    #[arg(long, value_name = "DAY")]
    pub from: Option<Day>,
    /// Up to and including this day
    #[arg(long, value_name = "DAY")]
    pub until: Option<Day>,
}

/// Which part of the timeline.
#[derive(Debug, Args)]
pub struct Timeline {
    /// Which children and days
    #[command(flatten)]
    pub which: Which,
    /// How many cards at most
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub limit: u32,
}

/// What to do with photos.
#[derive(Debug, Subcommand)]
pub enum Photos {
    /// Save originals to a folder; photos that are there already are left alone
    Save {
        /// The folder
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
        /// Which children and days
        #[command(flatten)]
        which: Which,
    },
}
