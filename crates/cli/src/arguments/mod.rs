//! What can be typed.

mod family;
mod place;

pub use family::{Account, AnswerConsent, Children, ChildrenDo, Consents, Notices, Observations};
pub use place::{Bulletins, Pages};

use clap::{Args, Parser, Subcommand, ValueEnum};
use schriftje_model::{AbsenceReason, Day, DocumentKind};
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
    /// Read the PIN of a locked app from standard input, before anything else
    #[arg(long, global = true)]
    pub pin_stdin: bool,
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
    Children(Children),
    /// Show the timeline, newest first, from what is here
    Timeline(Timeline),
    /// Photos and videos
    #[command(subcommand)]
    Photos(Photos),
    /// Invoices, annual statements, contracts and other documents, newest first, from what is here
    Documents(Documents),
    /// Show address, telephone numbers, opening hours and the team, from what is here
    Location,
    /// News of the organisation
    #[command(subcommand)]
    News(Bulletins),
    /// Newsletters of the organisation
    #[command(subcommand)]
    Newsletters(Bulletins),
    /// Pages of information of the organisation
    #[command(subcommand)]
    Pages(Pages),
    /// Your own details
    #[command(subcommand)]
    Account(Account),
    /// Consents and declarations
    #[command(subcommand)]
    Consents(Consents),
    /// Observations: forms about a child that staff filled in
    #[command(subcommand)]
    Observations(Observations),
    /// What the organisation tells you of
    #[command(subcommand)]
    Notices(Notices),
    /// Conversations with the group
    #[command(subcommand)]
    Messages(Messages),
    /// The diary
    #[command(subcommand)]
    Diary(Diary),
    /// What was written and is not at the portal yet
    #[command(subcommand)]
    Outbox(Outbox),
    /// Show the planning, from what is here
    Agenda(Days),
    /// The planning for calendar programs
    #[command(subcommand)]
    Calendar(Calendar),
    /// What was asked and told about the planning
    #[command(subcommand)]
    Requests(Requests),
    /// Ask for a day, swap one, or report an absence
    #[command(subcommand)]
    Request(Request),
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

/// What to do with documents.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Documents {
    /// Which
    #[command(flatten)]
    pub which: WhichDocuments,
    /// What else to do
    #[command(subcommand)]
    pub command: Option<DocumentsDo>,
}

/// What else to do with documents.
#[derive(Debug, Subcommand)]
pub enum DocumentsDo {
    /// Save them to a folder; what is there already is left alone
    Save {
        /// The folder
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
        /// Which
        #[command(flatten)]
        which: WhichDocuments,
    },
}

/// Which documents.
#[derive(Clone, Copy, Debug, Args)]
pub struct WhichDocuments {
    /// Only of this year
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i32>,
    /// Only of this kind
    #[arg(long)]
    pub kind: Option<Paper>,
}

/// A kind of document.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Paper {
    /// Invoices
    Factuur,
    /// Annual statements
    Jaaropgave,
    /// Contracts and other documents
    Document,
}

impl From<Paper> for DocumentKind {
    fn from(paper: Paper) -> Self {
        match paper {
            Paper::Factuur => Self::Invoice,
            Paper::Jaaropgave => Self::AnnualStatement,
            Paper::Document => Self::Other,
        }
    }
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

/// Which days of the planning.
#[derive(Debug, Args)]
pub struct Days {
    /// From this day on, such as 2026-03-14
    #[arg(long, value_name = "DAY")]
    pub from: Option<Day>,
    /// Up to and including this day
    #[arg(long, value_name = "DAY")]
    pub until: Option<Day>,
}

/// What to do with the planning as a calendar.
#[derive(Debug, Subcommand)]
pub enum Calendar {
    /// Write an iCalendar file; one that is there is replaced
    Export {
        /// The file
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Which days; all that are known unless given
        #[command(flatten)]
        days: Days,
    },
}

/// What to do with requests.
#[derive(Debug, Subcommand)]
pub enum Requests {
    /// Show requests and absences, newest first, from what is here
    List {
        /// How many at most
        #[arg(long, value_name = "COUNT", default_value_t = 20)]
        limit: u32,
    },
    /// Show one, with its lines
    Show {
        /// Which, as `list` names it
        id: String,
    },
    /// Cancel a line of a request or absence at the portal; a period goes whole
    Cancel {
        /// Which, as `list` names it
        id: String,
        /// Which line, as `show` names it, when there are several
        #[arg(long, value_name = "LINE")]
        line: Option<String>,
    },
}

/// What to ask or tell.
#[derive(Debug, Subcommand)]
pub enum Request {
    /// Report an absence for all that is planned then. It is registered at once
    Absence(Absence),
    /// Ask for an extra day
    Day(ExtraDay),
    /// Give in what is planned for another day
    Swap(SwapDay),
}

/// An absence.
#[derive(Debug, Args)]
pub struct Absence {
    /// These children, by first name or id
    #[arg(long, value_name = "NAME", required = true, num_args = 1..)]
    pub child: Vec<String>,
    /// The first day
    #[arg(long, value_name = "DAY")]
    pub from: Day,
    /// The last day; the first unless given
    #[arg(long, value_name = "DAY")]
    pub until: Option<Day>,
    /// Why
    #[arg(long)]
    pub reason: Reason,
    /// A remark for the group
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub remark: String,
}

/// Why a child stays away.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Reason {
    /// Ill
    Ziek,
    /// On holiday
    Vakantie,
    /// Something else
    Overig,
}

impl From<Reason> for AbsenceReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Ziek => Self::Ill,
            Reason::Vakantie => Self::Holiday,
            Reason::Overig => Self::Other,
        }
    }
}

/// An extra day.
#[derive(Debug, Args)]
pub struct ExtraDay {
    /// What is asked for
    #[command(flatten)]
    pub wanted: Wanted,
    /// Pay with this credit of the child; by invoice unless given
    #[arg(long, value_name = "ID")]
    pub credit: Option<String>,
}

/// A swap.
#[derive(Debug, Args)]
pub struct SwapDay {
    /// Give in what is planned on this day
    #[arg(long, value_name = "DAY")]
    pub give: Day,
    /// Up to and including this day
    #[arg(long, value_name = "DAY")]
    pub give_until: Option<Day>,
    /// What is asked for
    #[command(flatten)]
    pub wanted: Wanted,
}

/// What is asked for.
#[derive(Debug, Args)]
pub struct Wanted {
    /// For these children, by first name or id
    #[arg(long, value_name = "NAME", required = true, num_args = 1..)]
    pub child: Vec<String>,
    /// The day, or the first of a period
    #[arg(long, value_name = "DAY")]
    pub day: Day,
    /// The last day of a period
    #[arg(long, value_name = "DAY")]
    pub until: Option<Day>,
    /// These parts of the day, as the organisation calls them
    #[arg(long, value_name = "NAME", required = true, num_args = 1..)]
    pub part: Vec<String>,
    /// Only when every child can come; for a single day
    #[arg(long)]
    pub whole: bool,
    /// It expires by itself on this day
    #[arg(long, value_name = "DAY")]
    pub expires: Option<Day>,
    /// A remark
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub remark: String,
    /// Only show what it is worth; nothing is sent
    #[arg(long)]
    pub dry_run: bool,
}
