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
    /// Conversations with the group
    #[command(subcommand)]
    Messages(Messages),
    /// The diary
    #[command(subcommand)]
    Diary(Diary),
    /// What was written and is not at the portal yet
    #[command(subcommand)]
    Outbox(Outbox),
    /// Find words in what is here, newest first
    Search(Search),
    /// Sign out and remove everything but saved photos
    Logout {
        /// Throw away what was written and not sent
        #[arg(long)]
        discard_unsent: bool,
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

/// What to do with conversations.
#[derive(Debug, Subcommand)]
pub enum Messages {
    /// Show the conversations, the one written in last first, from what is here
    List {
        /// How many at most
        #[arg(long, value_name = "COUNT", default_value_t = 20)]
        limit: u32,
    },
    /// Show a conversation, read anew where the portal can be reached; that marks it read
    Show {
        /// Which, as `list` names it
        id: String,
    },
    /// Write to the group. A message cannot be changed or deleted once it is sent
    Send(SendMessage),
    /// Answer in a conversation. An answer cannot be changed or deleted once it is sent
    Reply {
        /// In which, as `list` names it
        id: String,
        /// The text
        #[arg(long)]
        text: String,
        /// Photos and videos that go along
        #[command(flatten)]
        files: Files,
    },
}

/// A new message.
#[derive(Debug, Args)]
pub struct SendMessage {
    /// About this child, by first name or id
    #[arg(long, value_name = "NAME")]
    pub child: String,
    /// For this group, when the child has several
    #[arg(long, value_name = "NAME")]
    pub group: Option<String>,
    /// What it is about
    #[arg(long, value_name = "TEXT")]
    pub subject: String,
    /// The text
    #[arg(long)]
    pub text: String,
    /// Photos and videos that go along
    #[command(flatten)]
    pub files: Files,
}

/// Photos and videos that go along.
#[derive(Debug, Args)]
pub struct Files {
    /// A photo or video; can be given more than once
    #[arg(long, value_name = "FILE")]
    pub photo: Vec<PathBuf>,
    /// Leave the place where a photo was taken inside it; videos never keep theirs
    #[arg(long)]
    pub keep_place: bool,
}

/// What to do with the diary.
#[derive(Debug, Subcommand)]
pub enum Diary {
    /// Write an entry. The diary is not for exchanging messages with the group
    Write {
        /// About these children, by first name or id
        #[arg(long, value_name = "NAME", required = true, num_args = 1..)]
        child: Vec<String>,
        /// The text
        #[arg(long, default_value = "")]
        text: String,
        /// For this day; today unless given
        #[arg(long, value_name = "DAY")]
        day: Option<Day>,
        /// Photos and videos that go along
        #[command(flatten)]
        files: Files,
    },
}

/// What to do with what was written.
#[derive(Debug, Subcommand)]
pub enum Outbox {
    /// Show what waits, was refused, or needs a decision
    List,
    /// Send something again that was refused, or of which nobody knows whether it arrived
    Retry {
        /// Which, as `list` names it
        id: String,
    },
    /// Throw something away that was not sent
    Withdraw {
        /// Which, as `list` names it
        id: String,
    },
}

/// What to look for.
#[derive(Debug, Args)]
pub struct Search {
    /// Words, all of which are to be found
    #[arg(required = true)]
    pub words: Vec<String>,
    /// Which children and days
    #[command(flatten)]
    pub which: Which,
    /// How many at most
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub limit: u32,
}
